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
  /// Where an edge between two names stands that is followed by edges between whole numbers alone: most likely a header.
  private var likelyHeader: String?

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
    if sources.count == 1 { likelyHeader = nil }
    if let likelyHeader {
      rows -= 1
      Self.tellHeader(likelyHeader, console)
    }
  }

  private static func tellHeader(_ place: String, _ console: Console) {
    console.error("\(place): taken as the header, not as an edge\n")
  }

  private mutating func take(_ line: InputLine, of name: String, _ console: Console) throws {
    let place = "\(name):\(line.number)"
    do {
      guard let columns = try EdgeLine.columns(of: line.content.get()) else { return }
      let wasFirst = isFirst
      isFirst = false
      if wasFirst, let header = EdgeHeader(columns) {
        isTurned = header.isTurned
        return Self.tellHeader(place, console)
      }
      let edge = try EdgeLine(columns, third: third)
      if wasFirst {
        likelyHeader = edge.from.isNumber || edge.to.isNumber || edge.from == edge.to ? nil : place
      } else if !edge.from.isNumber || !edge.to.isNumber {
        likelyHeader = nil
      }
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
    // The names of a header came first.
    let skipped = likelyHeader == nil ? 0 : 1
    let order = names.indices.dropFirst(skipped * 2).sorted { names[$0] < names[$1] }
    var number = [UInt32](repeating: 0, count: names.count)
    for (new, old) in order.enumerated() { number[old] = UInt32(new) }
    let combine = third == .length ? DuplicateRule.minimum : .sum
    do throws(GraphError) {
      let graph = try DenseGraph(
        nodeCount: order.count, sources: sources.dropFirst(skipped).map { number[Int($0)] },
        targets: targets.dropFirst(skipped).map { number[Int($0)] }, weights: Array(weights.dropFirst(skipped)))
      let isWeighted = graph.isWeighted
      let simple = isWeighted ? graph.simplified(duplicates: combine) : graph.unweighted()
      return (order.map { names[$0] }, isUndirected ? simple.undirected(combining: isWeighted ? combine : nil) : simple)
    } catch { throw CommandFailure("the graph cannot be built: \(error)") }
  }
}
