import ArgumentParser
import Foundation
import SocialCRM

/// `scrm graph`: measures of a social graph.
struct GraphCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "graph", abstract: "An edge list in; a value for each node or tie out.",
    discussion: """
      Edges are lines of two or three columns, separated by blanks, tabs or a comma; # begins a comment. An edge leads from \
      who pays attention to who gets it: from a follower to the one who is followed. Repeated edges are one, self-loops are \
      left out, their nodes stay. The output is CSV: node,value in the order of the nodes, whole numbers first; from,to,value \
      for jaccard, adamic-adar and overlap.
      """)

  @Argument(help: "What to measure: \(GraphMeasure.names).")
  var measure: GraphMeasure

  @Option(help: "The file of edges; - is standard input.")
  var edges: String

  @Flag(help: "Every edge holds both ways.")
  var undirected = false

  @Flag(help: "The third column is a weight; the weights of repeated edges are added up.")
  var weighted = false

  @Option(help: ArgumentHelp("Where the result goes, as CSV; - is standard output.", valueName: "file"))
  var output: String = "-"

  @Option(help: "The probability of going on along an edge, for pagerank and personalized-pagerank.")
  var damping: Double = 0.85

  @Option(help: "Rounds end when the sum of changes is below this, for pagerank, personalized-pagerank and hits.")
  var tolerance: Double = 1e-10

  @Option(
    help: ArgumentHelp("A node where walks restart, for personalized-pagerank; may be repeated.", valueName: "node"))
  var source: [String] = []

  @Option(help: "Estimate from so many nodes drawn at random, for betweenness, harmonic and closeness.")
  var samples: Int?

  @Option(help: "Above 1 gives smaller communities, for louvain and leiden.")
  var resolution: Double = 1

  @Option(help: "The seed of everything that is drawn.")
  var seed: UInt64 = 0

  @Flag(help: "Hub values instead of authority values, for hits.")
  var hubs = false

  @Flag(help: "Components along the direction of edges, for components.")
  var strong = false

  @Option(help: "How many threads (default: all cores); the result does not depend on it.")
  var threads: Int?

  @Flag(help: "Stop at the first bad line, with status 1.")
  var strict = false

  @Option(help: ArgumentHelp("Where the seconds per phase go, as one JSON object.", valueName: "file"))
  var timings: String?

  func validate() throws {
    if measure == .personalizedPagerank, source.isEmpty {
      throw ValidationError("personalized-pagerank expects --source")
    }
    if measure != .personalizedPagerank, !source.isEmpty {
      throw ValidationError("--source is for personalized-pagerank")
    }
    if let samples, samples < 1 { throw ValidationError("--samples expects 1 or more") }
    if let threads, threads < 1 { throw ValidationError("--threads expects 1 or more") }
    guard damping >= 0, damping < 1 else { throw ValidationError("--damping expects 0 or more and less than 1") }
    guard tolerance > 0 else { throw ValidationError("--tolerance expects more than 0") }
    guard resolution >= 0, resolution.isFinite else { throw ValidationError("--resolution expects 0 or more") }
    if timings == "-" { throw ValidationError("--timings expects a file") }
    if let timings, timings == output { throw ValidationError("two results would go to one file") }
  }

  func run(on console: Console) async throws {
    var phases = PhaseTimings()
    for path in [output == "-" ? nil : output, timings].compactMap({ $0 }) { try OutputFile.checkFolder(of: path) }
    let list = try phases.measure("read") {
      try EdgeList(edges, isWeighted: weighted, isStrict: strict, console: console)
    }
    let (rows, rejected) = (list.rows, list.rejected)
    let (names, graph) = try phases.measure("build") { try list.graph(isUndirected: undirected) }
    let workers = threads ?? ProcessInfo.processInfo.activeProcessorCount
    let options = MeasureOptions(
      damping: damping, tolerance: tolerance, sources: try numbers(of: source, in: names), samples: samples,
      resolution: resolution, seed: seed, picksHubs: hubs, picksStrong: strong, work: work(workers, console))
    let found = try phases.measure("measure") {
      do throws(GraphError) { return try measure.measure(graph, options) } catch {
        throw CommandFailure("\(measure.rawValue): \(error)")
      }
    }
    try await phases.measure("write") {
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
    if let timings {
      try OutputFile.write(phases.json(rows: rows, threads: workers).bytes + [0x0A], to: timings)
    }
    console.error(
      "\(names.count) nodes, \(graph.edgeCount) edges from \(rows) lines, \(rejected) unreadable; \(found.note)\n")
  }

  private func numbers(of sources: [String], in names: [NodeName]) throws -> [Int] {
    try sources.map { source in
      guard let number = names.firstIndex(of: NodeName(source.utf8)) else {
        throw CommandFailure("--source: there is no such node among the edges")
      }
      return number
    }
  }

  private func work(_ threads: Int, _ console: Console) -> GraphWork {
    guard console.isWatched else { return GraphWork(threads: threads) }
    return GraphWork(threads: threads) { part in
      console.error(part < 1 ? "\r\(measure.rawValue): \(Int(part * 100)) %\u{1B}[K" : "\r\u{1B}[K")
    }
  }
}
