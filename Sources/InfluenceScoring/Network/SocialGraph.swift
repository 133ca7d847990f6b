/// A directed graph of named nodes, such as accounts or people, whose edges have a declared meaning.
///
/// Nodes are numbered in ascending order, so results do not depend on the order of the edges. Edges of one kind between the
/// same two nodes are one edge, by the ``DuplicateRule``. A graph is immutable; ``LiveGraph`` takes
/// changes.
public struct SocialGraph<Node: Hashable & Sendable>: Sendable {
  /// The ids of the nodes by number.
  public let nodes: [Node]
  /// Which way influence goes along the edges.
  public let meaning: EdgeMeaning
  /// The edges as they were given, by number; kinds are merged in it, with their weights added.
  public let dense: DenseGraph
  @usableFromInline let numbers: [Node: UInt32]
  @usableFromInline let ties: TieColumns

  @usableFromInline
  init(nodes: [Node], meaning: EdgeMeaning, numbers: [Node: UInt32], ties: TieColumns, isWeighted: Bool) {
    self.nodes = nodes
    self.meaning = meaning
    self.numbers = numbers
    self.ties = ties
    dense = ties.graph(nodeCount: nodes.count, isWeighted: isWeighted)
  }

  /// The number of a node; O(1) expected.
  @inlinable
  public func number(of node: Node) -> Int? { numbers[node].map(Int.init) }

  /// Edges from those who pay attention to those who get it: what authority is measured on, such as PageRank and HITS.
  public var attention: DenseGraph { meaning == .attention ? dense : dense.reversed }

  /// Edges from those who have influence to those whom it reaches: what spread and reach are measured on.
  public var influence: DenseGraph { meaning == .influence ? dense : dense.reversed }

  /// Values given by id as one for each node by number, 0 for nodes that are not named: what measures take as `restart` or
  /// `start`.
  ///
  /// O(nodes). ``DenseGraph/pageRank(_:restart:start:work:)`` checks the values.
  /// - Throws: ``GraphError`` with `unknownNode` for an id that is not in the graph.
  @inlinable
  public func values(of named: [Node: Double]) throws(GraphError) -> [Double] {
    var values = [Double](repeating: 0, count: nodes.count)
    var strangers: [String] = []
    for (node, value) in named {
      if let number = numbers[node] { values[Int(number)] = value } else { strangers.append(String(describing: node)) }
    }
    // The same one whatever the order of the dictionary.
    if let first = strangers.min() {
      throw GraphError(.unknownNode, subject: "node \(first)", "is not in the graph, expected one of its nodes")
    }
    return values
  }

  /// The nodes with the highest values, highest first, equal ones in the order of numbers.
  ///
  /// O(nodes log nodes). Values that are no numbers are left out.
  /// - Parameters:
  ///   - values: a value for each node.
  ///   - top: how many at most; all, without it.
  public func ranking(of values: [Double], top: Int? = nil) -> [(node: Node, value: Double)] {
    let order = values.indices.prefix(nodes.count).filter { !values[$0].isNaN }
      .sorted { values[$0] == values[$1] ? $0 < $1 : values[$0] > values[$1] }
    return order.prefix(max(top ?? order.count, 0)).map { (nodes[$0], values[$0]) }
  }
}
