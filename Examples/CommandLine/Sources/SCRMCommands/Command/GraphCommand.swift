import ArgumentParser
import Foundation
import SocialCRM

/// `scrm graph`: measures of a social graph.
struct GraphCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "graph", abstract: "An edge list in; a value for each node or tie out.",
    discussion: """
      Edges are lines of two or three columns, separated by blanks and tabs or by a comma; a line that begins with # is a \
      comment, and a first line such as from,to, or of names above whole numbers, is a header. An edge leads from who pays attention to who gets it: from a \
      follower to the one who is followed. Repeated edges are one, self-loops are left out, their nodes stay. The output is \
      CSV: node,value in the order of the nodes, whole numbers first; from,to,value for jaccard, adamic-adar and overlap.
      """)

  @Argument(help: "What to measure: \(GraphMeasure.names).")
  var measure: GraphMeasure

  @Option(help: ArgumentHelp("The file of edges; - is standard input.", valueName: "file"))
  var edges: String

  @Flag(help: "Every edge holds both ways.")
  var undirected = false

  @Flag(help: "The third column is a weight; the weights of repeated edges are added up.")
  var weighted = false

  @Flag(
    help: """
      The third column is a length, for betweenness, harmonic and closeness; of repeated edges the shortest counts.
      """)
  var lengths = false

  @Option(
    help: """
      What an edge from A to B says: attention, A pays attention to B, or influence, A reaches B: then every edge is turned \
      round before anything is measured.
      """, transform: Self.meaning)
  var meaning: EdgeMeaning = .attention

  @Option(help: ArgumentHelp("Where the result goes, as CSV; - is standard output.", valueName: "file"))
  var output: String = "-"

  @Option(
    help: """
      The probability of going on along an edge, for pagerank and personalized-pagerank (default: \(Defaults.damping)).
      """)
  var damping: Double?

  @Option(
    help: """
      Rounds end when the sum of changes is below this, for pagerank, personalized-pagerank and hits (default: \
      \(Defaults.tolerance)).
      """)
  var tolerance: Double?

  @Option(
    help: ArgumentHelp("A node where walks restart, for personalized-pagerank; may be repeated.", valueName: "node"))
  var source: [String] = []

  @Option(help: "Estimate from so many nodes drawn at random, for betweenness, harmonic and closeness.")
  var samples: Int?

  @Option(help: "Above 1 gives smaller communities, for louvain and leiden (default: \(Defaults.resolution)).")
  var resolution: Double?

  @Option(help: "The seed of everything that is drawn.")
  var seed: UInt64 = 0

  @Flag(help: "Hub values instead of authority values, for hits.")
  var hubs = false

  @Flag(help: "Components along the direction of edges, for components.")
  var strong = false

  @Option(help: "At most how many threads (default: all cores); the result does not depend on it.")
  var threads: Int?

  @Flag(help: "Stop at the first bad line, with status 1.")
  var strict = false

  @Option(help: ArgumentHelp("Where the seconds per phase go, as one JSON object.", valueName: "file"))
  var timings: String?

  private enum Defaults {
    static let damping = 0.85
    static let tolerance = 1e-10
    static let resolution = 1.0
  }

  private static func meaning(_ name: String) throws -> EdgeMeaning {
    guard let meaning = EdgeMeaning(rawValue: name) else { throw ValidationError("expected attention or influence") }
    return meaning
  }

  /// The options of single measures that were given.
  private var chosen: [GraphMeasure.Option] {
    let given: [(GraphMeasure.Option, Bool)] = [
      (.damping, damping != nil), (.tolerance, tolerance != nil), (.source, !source.isEmpty),
      (.samples, samples != nil), (.resolution, resolution != nil), (.hubs, hubs), (.strong, strong),
      (.lengths, lengths),
    ]
    return given.filter(\.1).map(\.0)
  }

  func validate() throws {
    for option in chosen where !measure.options.contains(option) {
      let takers = GraphMeasure.allCases.filter { $0.options.contains(option) }.map(\.rawValue)
      throw ValidationError(
        "--\(option.rawValue) is for \(takers.joined(separator: ", ")), not for \(measure.rawValue)")
    }
    if measure == .personalizedPagerank, source.isEmpty {
      throw ValidationError("personalized-pagerank expects --source")
    }
    if let twice = source.first(where: { name in source.count { $0 == name } > 1 }) {
      throw ValidationError("--source \(twice) is given twice, expected different nodes")
    }
    if lengths, weighted { throw ValidationError("--weighted and --lengths: expected one meaning of the third column") }
    if lengths, samples != nil, measure == .closeness {
      throw ValidationError("closeness by --lengths has no estimate: expected no --samples")
    }
    if let samples, samples < 1 { throw ValidationError("--samples expects 1 or more") }
    if let threads, threads < 1 { throw ValidationError("--threads expects 1 or more") }
    if let damping, !(damping >= 0 && damping < 1) {
      throw ValidationError("--damping expects 0 or more and less than 1")
    }
    if let tolerance, !(tolerance > 0 && tolerance.isFinite) {
      throw ValidationError("--tolerance expects a number above 0")
    }
    if let resolution, !(resolution >= 0 && resolution.isFinite) {
      throw ValidationError("--resolution expects 0 or more")
    }
    if timings == "-" { throw ValidationError("--timings expects a file") }
    try OutputFile.check(results: [output, timings], inputs: [edges])
  }

  func run(on console: Console) async throws {
    var phases = PhaseTimings()
    for path in [output == "-" ? nil : output, timings].compactMap({ $0 }) { try OutputFile.checkFolder(of: path) }
    let third: ThirdColumn = lengths ? .length : weighted ? .weight : .ignored
    let list = try phases.measure("read") {
      try EdgeList(edges, third: third, isStrict: strict, console: console)
    }
    let (rows, rejected) = (list.rows, list.rejected)
    let (names, built) = try phases.measure("build") { try list.graph(isUndirected: undirected) }
    let graph = meaning == .attention ? built : built.reversed
    let progress = MeasureProgress(of: measure.rawValue, on: console)
    var work = GraphWork(threads: threads ?? ProcessInfo.processInfo.activeProcessorCount)
    if console.isWatched { work.progress = { part in progress.show(part) } }
    let options = MeasureOptions(
      damping: damping ?? Defaults.damping, tolerance: tolerance ?? Defaults.tolerance,
      sources: try numbers(of: source, in: names), samples: samples, resolution: resolution ?? Defaults.resolution,
      seed: seed, picksHubs: hubs, picksStrong: strong, usesLengths: lengths, work: work)
    let found = try phases.measure("measure") {
      defer { progress.finish() }
      do throws(GraphError) { return try measure.measure(graph, options) } catch {
        throw CommandFailure("\(measure.rawValue): \(error)")
      }
    }
    try await phases.measure("write") { try await write(found, names, to: console) }
    if let timings {
      let counts = [("rejected", rejected), ("nodes", names.count), ("edges", graph.edgeCount)]
      let json = phases.json(rows: rows, counts: counts, threads: work.threads)
      try OutputFile.write(json.bytes + [0x0A], to: timings)
    }
    if weighted, !measure.readsWeights {
      let advice = measure.options.contains(.lengths) ? "; --lengths takes the third column as a length" : ""
      console.error("weights do not count for \(measure.rawValue)\(advice)\n")
    }
    console.error(
      "\(names.count) nodes, \(graph.edgeCount) edges from \(rows) lines, \(rejected) unreadable; \(found.note)\n")
  }

  private func write(_ found: Measured, _ names: [NodeName], to console: Console) async throws {
    try await OutputFile.write(to: output, on: console) { file in
      if let ties = found.ties {
        file.row(["from", "to", "value"])
        for (tie, value) in zip(ties, found.values) {
          file.row([names[tie.from].text, names[tie.to].text, value])
          try file.flushIfLarge()
        }
        return
      }
      file.row(["node", "value"])
      for (name, value) in zip(names, found.values) {
        file.row([name.text, value])
        try file.flushIfLarge()
      }
    }
  }

  private func numbers(of sources: [String], in names: [NodeName]) throws -> [Int] {
    try sources.map { source in
      guard let number = names.firstIndex(of: NodeName(source.utf8)) else {
        throw CommandFailure("--source \(source): there is no such node among the edges")
      }
      return number
    }
  }
}
