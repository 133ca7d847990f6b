/// The measures for which it matters which way influence goes, by ids: they follow the declared meaning of the edges, so that
/// nobody has to turn the graph.
///
/// Authority is measured along attention, from those who pay it to those who get it; reach along influence, from those who have it
/// to those whom it reaches. Results are by number, see ``SocialGraph/nodes`` and ``SocialGraph/ranking(of:top:)``. Measures for
/// which direction does not matter, such as communities, cores and betweenness, are those of ``SocialGraph/dense``.
extension SocialGraph {
  /// The PageRank of every node: who gets the attention of those who get attention.
  ///
  /// See ``DenseGraph/pageRank(_:restart:start:work:)``.
  /// - Parameters:
  ///   - settings: damping, tolerance and rules.
  ///   - restart: how likely a walk restarts at nodes, as weights by id, 0 for others; the same everywhere, without them.
  ///   - start: ranks to start from, by id, 0 for others.
  ///   - work: threads and progress.
  /// - Throws: ``GraphError`` with `unknownNode`, `invalidSetting`, `invalidWeight` or `cancelled`.
  public func pageRank(
    _ settings: PageRank = PageRank(), restart: [Node: Double]? = nil, start: [Node: Double]? = nil,
    work: GraphWork = GraphWork()
  ) throws(GraphError) -> NodeScores {
    let weights = try restart.map { named throws(GraphError) in try values(of: named) }
    let ranks = try start.map { named throws(GraphError) in try values(of: named) }
    return try attention.pageRank(settings, restart: weights, start: ranks, work: work)
  }

  /// The personalised PageRank of the nodes near one, by local push: whose attention reaches whom from there.
  ///
  /// See ``DenseGraph/nearbyPageRank(from:damping:threshold:work:)``.
  /// - Throws: ``GraphError`` with `unknownNode`, `invalidSetting` or `cancelled`.
  public func nearbyPageRank(
    from node: Node, damping: Double = 0.85, threshold: Double = 1e-7, work: GraphWork = GraphWork()
  ) throws(GraphError) -> NearbyScores {
    try attention.nearbyPageRank(from: knownNumber(of: node), damping: damping, threshold: threshold, work: work)
  }

  /// Hubs, who pay attention to authorities, and authorities, who get that of hubs.
  ///
  /// See ``DenseGraph/hubsAndAuthorities(tolerance:maximumIterations:work:)``.
  /// - Throws: ``GraphError`` with `cancelled`.
  public func hubsAndAuthorities(
    tolerance: Double = 1e-10, maximumIterations: Int = 1_000, work: GraphWork = GraphWork()
  ) throws(GraphError) -> HubsAndAuthorities {
    try attention.hubsAndAuthorities(tolerance: tolerance, maximumIterations: maximumIterations, work: work)
  }

  /// How near everybody is whom a node reaches, as the mean of 1 ÷ steps of influence, of every node.
  ///
  /// See ``DenseGraph/harmonicCloseness(work:)``.
  /// - Throws: ``GraphError`` with `cancelled`.
  public func harmonicReach(work: GraphWork = GraphWork()) throws(GraphError) -> NodeScores {
    try influence.harmonicCloseness(work: work)
  }

  /// In how many steps the influence of a node reaches every other; `nil` where it does not.
  ///
  /// See ``DenseGraph/distances(from:work:)``.
  /// - Throws: ``GraphError`` with `unknownNode` or `cancelled`.
  public func reach(of node: Node, work: GraphWork = GraphWork()) throws(GraphError) -> [Int?] {
    try influence.distances(from: knownNumber(of: node), work: work)
  }

  private func knownNumber(of node: Node) throws(GraphError) -> Int {
    guard let number = number(of: node) else {
      throw GraphError(.unknownNode, subject: "node \(node)", "is not in the graph, expected one of its nodes")
    }
    return number
  }
}
