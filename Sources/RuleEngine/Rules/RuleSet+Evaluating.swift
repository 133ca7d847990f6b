public import SCRMModel

extension RuleSet {
  /// What the rules propose for a single input, without a store: for tests of rules and for hosts that keep no state.
  ///
  /// ```swift
  /// let actions = try rules.evaluate(RuleInput(interaction: complaint, person: facts))
  /// print(actions.map(\.explanation.text))
  /// ```
  ///
  /// No rule is in its cooldown, because nothing is known of earlier proposals; `begin` opens a session that remembers.
  /// - Returns: the proposals in registration order, suppressed ones included.
  /// - Throws: nothing in this version; see `RuleStage.begin(_:)`.
  public func evaluate(_ input: RuleInput) throws(SCRMError) -> [ProposedAction] {
    var session = try begin([])
    return session.evaluate(input, at: LogPosition.start.next)
  }
}
