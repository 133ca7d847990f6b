public import SCRMModel

extension SocialCRM {
  /// Tells the rules which actions of the outbox were given up or ran out, so that what these took from caps and budgets is
  /// given back and their rules may act again.
  ///
  /// What becomes of actions is not known to the log until it is reported, as an interaction of the kind `undelivered` by
  /// automation, addressed to the person; a host may as well report it itself (`RuleVocabulary.undelivered`). Each action
  /// is reported once. Of a person without identifiers, such as one who was erased, nothing is reported.
  ///
  /// - Parameters:
  ///   - last: the last action that need not be looked at, as a former call gave it; `nil` for all of the outbox.
  ///   - now: the time of the report.
  /// - Returns: how many actions were reported, and the last of the outbox before the first that may still be carried out,
  ///   from which the next call may go on.
  /// - Complexity: O(actions after `last`).
  /// - Throws: what the store throws; `SCRMError` when the loop refuses a report, such as for a time long ago.
  public func reportUndelivered(
    after last: ActionID? = nil, at now: Instant
  ) async throws -> (reported: Int, last: ActionID?) {
    var (cursor, resume) = (last, last)
    var (isLeading, reported) = (true, 0)
    while true {
      let page = try await store.actions(after: cursor, limit: 1_000)
      guard let final = page.last else { return (reported, resume) }
      cursor = final.action.id
      var reports: [Interaction] = []
      for item in page {
        switch item.status {
        case .pending, .claimed: isLeading = false
        case .suppressed, .done, .cancelled: break
        case .dead: if let report = try await report(of: item.action, at: now) { reports.append(report) }
        }
        if isLeading { resume = item.action.id }
      }
      let known = try await store.entries(for: reports.map(\.key))
      let new = zip(reports, known).filter { $0.1 == nil }.map(\.0)
      reported += new.count
      for outcome in try await ingest(new) { if let refusal = outcome.refusal { throw refusal } }
    }
  }

  private func report(of action: ProposedAction, at now: Instant) async throws -> Interaction? {
    guard let account = try await person(action.person)?.accounts.first else { return nil }
    return Interaction(
      key: EventKey("scrm.outbox", action.id.description), kind: RuleVocabulary.undelivered,
      actor: Party(.handle("scrm"), "outbox", role: .automation),
      target: Party(account.key.namespace, account.rawValue),
      context: InteractionContext(channel: action.channel, cause: .init(rule: action.rule, action: action.id)),
      at: now, received: now)
  }
}
