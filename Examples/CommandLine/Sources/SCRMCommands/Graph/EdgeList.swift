import SocialCRM

/// A graph read from an edge list, with the names of its nodes.
///
/// Memory at its peak, while the graph is built, is about 30 bytes for each edge, 65 with weights, and the names.
struct EdgeList {
  private(set) var rows = 0
  private(set) var rejected = 0
  private let third: ThirdColumn
  private let isStrict: Bool
  private var index = NodeIndex<NodeName>()
  private var sources: [UInt32] = []
  private var targets: [UInt32] = []
  private var weights: [Double] = []
  private var isFirst = true
  /// Whether the header names where edges lead to first.
  private var isTurned = false

  /// Reads a whole file; a bad line is reported and left out.
  /// - Throws: ``CommandFailure`` when the file cannot be read, or at the first bad line when `isStrict`.
  init(_ name: String, third: ThirdColumn, isStrict: Bool, console: Console) throws {
    self.third = third
    self.isStrict = isStrict
    var reader = try InputReader(name, console: console)
    var splitter = LineSplitter()
    var progress = Progress(console: console, totalBytes: reader.size)
    defer { progress.finish() }
    while let chunk = try reader.read() {
      for line in splitter.push(chunk) { try take(line, of: reader.name, console) }
      progress.advance(bytes: chunk.count, rows: rows)
    }
    for line in splitter.finish() { try take(line, of: reader.name, console) }
  }

  private mutating func take(_ line: InputLine, of name: String, _ console: Console) throws {
    let place = "\(name):\(line.number)"
    do {
      guard let columns = try EdgeLine.columns(of: line.content.get()) else { return }
      let header = isFirst ? EdgeHeader(columns) : nil
      isFirst = false
      if let header {
        isTurned = header.isTurned
        return console.error("\(place): taken as the header, not as an edge\n")
      }
      let edge = try EdgeLine(columns, third: third)
      rows += 1
      sources.append(index.insert(isTurned ? edge.to : edge.from))
      targets.append(index.insert(isTurned ? edge.from : edge.to))
      if third != .ignored { weights.append(edge.weight) }
    } catch {
      isFirst = false
      rows += 1
      rejected += 1
      let reason = (error as? InputError)?.reason ?? "\(error)"
      if isStrict { throw CommandFailure("\(place): \(reason)") }
      console.error("\(place): \(reason)\n")
    }
  }

  /// The graph, its nodes in the order of their names: repeated edges are one, self-loops none.
  ///
  /// Weights of repeated edges are added up; of lengths the shortest counts.
  /// - Throws: ``CommandFailure`` when there are too many edges.
  consuming func graph(isUndirected: Bool) throws -> (names: [NodeName], graph: DenseGraph) {
    let names = index.nodes
    let order = names.indices.sorted { names[$0] < names[$1] }
    var number = [UInt32](repeating: 0, count: order.count)
    for (new, old) in order.enumerated() { number[old] = UInt32(new) }
    let combine = third == .length ? DuplicateRule.minimum : .sum
    do throws(GraphError) {
      let graph = try DenseGraph(
        nodeCount: names.count, sources: sources.map { number[Int($0)] }, targets: targets.map { number[Int($0)] },
        weights: weights)
      let isWeighted = graph.isWeighted
      let simple = isWeighted ? graph.simplified(duplicates: combine) : graph.unweighted()
      return (order.map { names[$0] }, isUndirected ? simple.undirected(combining: isWeighted ? combine : nil) : simple)
    } catch { throw CommandFailure("the graph cannot be built: \(error)") }
  }
}
