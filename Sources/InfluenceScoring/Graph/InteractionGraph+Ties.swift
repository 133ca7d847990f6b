public import SCRMModel

extension InteractionGraph {
  /// Projects ties between accounts to the people behind them.
  ///
  /// - Parameters:
  ///   - ties: the ties.
  ///   - people: which person each account belongs to; ties of accounts without a person (brands, staff) are left out.
  ///   - time: the time at which strengths are taken.
  ///   - measure: how strong a tie is.
  ///   - keeper: the stage that kept the ties.
  /// - Throws: `SCRMError` when a tie cannot be decoded.
  public init(
    ties: [TieRecord], people: [AccountID: PersonID], at time: Instant, measure: TieStrength = TieStrength(),
    keeper: TieKeeper = TieKeeper()
  ) throws(SCRMError) {
    var edges: [Edge] = []
    edges.reserveCapacity(ties.count)
    for tie in ties {
      guard let from = people[tie.key.from], let to = people[tie.key.to] else { continue }
      let history = try keeper.decode(tie)
      edges.append(
        Edge(
          from: from, to: to, weight: measure.strength(of: history, at: time),
          amplification: measure.strength(of: history, at: time, only: .share)))
    }
    self.init(edges)
  }
}
