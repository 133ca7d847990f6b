import ArgumentParser
import SocialCRM

/// What `scrm graph` can measure.
enum GraphMeasure: String, CaseIterable, ExpressibleByArgument {
  case pagerank
  case personalizedPagerank = "personalized-pagerank"
  case hits
  case components
  case core
  case betweenness
  case harmonic
  case closeness
  case constraint
  case effectiveSize = "effective-size"
  case clustering
  case triangles
  case louvain
  case leiden
  case labelPropagation = "label-propagation"
  case jaccard
  case adamicAdar = "adamic-adar"
  case overlap

  static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

extension GraphMeasure {
  /// An option that changes some measures only.
  enum Option: String {
    case damping, tolerance, source, samples, resolution, hubs, strong, lengths
  }

  /// The options of that kind that it takes.
  var options: Set<Option> {
    switch self {
    case .pagerank: [.damping, .tolerance]
    case .personalizedPagerank: [.damping, .tolerance, .source]
    case .hits: [.tolerance, .hubs]
    case .components: [.strong]
    case .betweenness, .harmonic, .closeness: [.samples, .lengths]
    case .louvain, .leiden: [.resolution]
    case .core, .constraint, .effectiveSize, .clustering, .triangles, .labelPropagation, .jaccard, .adamicAdar,
      .overlap:
      []
    }
  }

  /// Whether weights count.
  var readsWeights: Bool {
    switch self {
    case .pagerank, .personalizedPagerank, .hits, .constraint, .effectiveSize, .louvain, .leiden: true
    default: false
    }
  }
}

/// What a measure needs to know besides the graph.
struct MeasureOptions {
  var damping: Double
  var tolerance: Double
  var sources: [Int]
  var samples: Int?
  var resolution: Double
  var seed: UInt64
  var picksHubs: Bool
  var picksStrong: Bool
  /// Whether weights are lengths.
  var usesLengths: Bool
  var work: GraphWork
}

/// A value for each node or tie, as it is written, and what is worth saying about all of them.
struct Measured {
  var values: [String]
  var note: String
  /// The two ends of what each value belongs to, for measures of ties.
  var ties: [(from: Int, to: Int)]?

  init(_ values: [String], _ note: String) {
    self.values = values
    self.note = note
  }

  init(_ found: TieOverlap) {
    values = found.values.map(\.description)
    note = "\(found.values.count) ties"
    ties = zip(found.sources, found.targets).map { (Int($0), Int($1)) }
  }

  init(_ scores: NodeScores) {
    values = scores.values.map(\.description)
    var words = ["\(scores.iterations) rounds"]
    if scores.residual > 0 { words.append("residual \(scores.residual)") }
    if let bound = scores.errorBound, bound > 0 {
      // What is drawn may be off by more, if rarely: the confidence that the SDK takes unless told otherwise.
      words.append("error at most \(bound)" + (scores.seed == nil ? "" : " with a confidence of 95 %"))
    }
    if !scores.converged { words.append("not converged") }
    note = words.joined(separator: ", ")
  }

  init(_ found: CommunityResult) {
    values = found.partition.groups.map(\.description)
    note =
      "\(found.partition.count) communities, modularity \(found.modularity)"
      + (found.converged ? "" : ", not converged")
  }
}

extension GraphMeasure {
  func measure(_ graph: DenseGraph, _ options: MeasureOptions) throws(GraphError) -> Measured {
    let work = options.work
    switch self {
    case .pagerank:
      return Measured(
        try graph.pageRank(PageRank(damping: options.damping, tolerance: options.tolerance), work: work))
    case .personalizedPagerank:
      var restart = [Double](repeating: 0, count: graph.nodeCount)
      for source in options.sources { restart[source] = 1 }
      let settings = PageRank(damping: options.damping, tolerance: options.tolerance)
      return Measured(try graph.pageRank(settings, restart: restart, work: work))
    case .hits:
      let found = try graph.hubsAndAuthorities(tolerance: options.tolerance, work: work)
      return Measured(options.picksHubs ? found.hubs : found.authorities)
    case .components:
      let found = try options.picksStrong ? graph.strongComponents(work: work) : graph.weakComponents(work: work)
      return Measured(
        found.groups.map(\.description), "\(found.count) components, the largest of \(found.sizes.max() ?? 0)")
    case .core:
      let found = try graph.coreNumbers(work: work)
      return Measured(found.map(\.description), "the deepest core is \(found.max() ?? 0)")
    case .betweenness: return Measured(try betweenness(graph, options))
    case .harmonic: return try harmonic(graph, options)
    case .closeness: return try closeness(graph, options)
    case .constraint:
      let found = try graph.brokerage(work: work).constraint
      // A node without ties has none.
      return Measured(found.map { $0?.description ?? "" }, "of \(found.count { $0 != nil }) nodes with ties")
    case .effectiveSize:
      return Measured(try graph.brokerage(work: work).effectiveSize.map(\.description), "of \(graph.nodeCount) nodes")
    case .clustering:
      let found = try graph.triangles(work: work)
      return Measured(found.clustering.map(\.description), "mean \(found.meanClustering)")
    case .triangles:
      let found = try graph.triangles(work: work)
      return Measured(found.counts.map(\.description), "\(found.total) triangles")
    case .louvain: return Measured(try graph.louvain(resolution: options.resolution, seed: options.seed, work: work))
    case .leiden: return Measured(try graph.leiden(resolution: options.resolution, seed: options.seed, work: work))
    case .jaccard: return Measured(try graph.tieOverlap(.jaccard, work: work))
    case .adamicAdar: return Measured(try graph.tieOverlap(.adamicAdar, work: work))
    case .overlap: return Measured(try graph.tieOverlap(.neighbourhood, work: work))
    case .labelPropagation:
      let found = try graph.labelPropagation(work: work)
      return Measured(
        found.partition.groups.map(\.description),
        "\(found.partition.count) communities after \(found.iterations) rounds"
          + (found.converged ? "" : ", not converged"))
    }
  }
}
