import SocialCRM

/// A graph read from an edge list, with the names of its nodes.
///
/// Memory is 24 bytes for each edge, and the names.
struct EdgeList {
  private(set) var rows = 0
  private(set) var rejected = 0
  private var index = NodeIndex<NodeName>()
  private var sources: [UInt32] = []
  private var targets: [UInt32] = []
  private var weights: [Double] = []

  /// Reads a whole file; a bad line is reported and left out.
  /// - Throws: ``CommandFailure`` when the file cannot be read, or at the first bad line when `isStrict`.
  init(_ name: String, isWeighted: Bool, isStrict: Bool, console: Console) throws {
    var reader = try InputReader(name, console: console)
    var splitter = LineSplitter()
    var progress = Progress(console: console, totalBytes: reader.size)
    while let chunk = try reader.read() {
      try take(splitter.push(chunk), of: reader.name, isWeighted, isStrict, console)
      progress.advance(bytes: chunk.count, rows: rows)
    }
    try take(splitter.finish(), of: reader.name, isWeighted, isStrict, console)
    progress.finish()
  }

  private mutating func take(
    _ lines: [InputLine], of name: String, _ isWeighted: Bool, _ isStrict: Bool, _ console: Console
  ) throws {
    for line in lines {
      do {
        guard let edge = try EdgeLine(try line.content.get(), isWeighted: isWeighted) else { continue }
        rows += 1
        sources.append(index.insert(edge.from))
        targets.append(index.insert(edge.to))
        if isWeighted { weights.append(edge.weight) }
      } catch {
        rows += 1
        rejected += 1
        let reason = (error as? InputError)?.reason ?? "\(error)"
        if isStrict { throw CommandFailure("\(name):\(line.number): \(reason)") }
        console.error("\(name):\(line.number): \(reason)\n")
      }
    }
  }

  /// The graph, its nodes in the order of their names: repeated edges are one (their weights added up), self-loops none.
  /// - Throws: ``CommandFailure`` when there are too many edges.
  consuming func graph(isUndirected: Bool) throws -> (names: [NodeName], graph: DenseGraph) {
    let names = index.nodes
    let order = names.indices.sorted { names[$0] < names[$1] }
    var number = [UInt32](repeating: 0, count: order.count)
    for (new, old) in order.enumerated() { number[old] = UInt32(new) }
    do throws(GraphError) {
      let graph = try DenseGraph(
        nodeCount: names.count, sources: sources.map { number[Int($0)] }, targets: targets.map { number[Int($0)] },
        weights: weights)
      let isWeighted = graph.isWeighted
      let simple = isWeighted ? graph.simplified(duplicates: .sum) : graph.unweighted()
      return (order.map { names[$0] }, isUndirected ? simple.undirected(combining: isWeighted ? .sum : nil) : simple)
    } catch { throw CommandFailure("the graph cannot be built: \(error)") }
  }
}
