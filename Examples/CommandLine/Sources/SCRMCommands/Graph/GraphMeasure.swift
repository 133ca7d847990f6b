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
    if let bound = scores.errorBound, bound > 0 { words.append("error at most \(bound)") }
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
    case .betweenness:
      guard let samples = options.samples else { return Measured(try graph.betweenness(work: work)) }
      return Measured(try graph.sampledBetweenness(draws: samples, seed: options.seed, work: work))
    case .harmonic:
      guard let samples = options.samples else { return Measured(try graph.harmonicCloseness(work: work)) }
      return Measured(try graph.sampledHarmonicCloseness(pivots: samples, seed: options.seed, work: work))
    case .closeness:
      if let samples = options.samples {
        return Measured(try graph.sampledCloseness(pivots: samples, seed: options.seed, work: work))
      }
      return Measured(
        try graph.closeness(of: Array(0..<graph.nodeCount), work: work).map(\.description),
        "of \(graph.nodeCount) nodes")
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
