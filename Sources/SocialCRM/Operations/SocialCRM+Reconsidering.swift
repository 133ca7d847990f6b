import IdentityGraph
import SCRMModel

extension SocialCRM {
  /// What ``reconsider(reason:)`` would change; nothing is written.
  ///
  /// O(identifiers with evidence), and memory for what would change.
  /// - Throws: as ``reconsider(reason:)``.
  public func previewReconsideration() async throws -> ReconsiderationOutcome {
    try await reconsider(reason: "", isPreview: true)
  }

  /// Decides again who is who for everybody, as after a change of the identity policy, which by itself takes effect only
  /// where evidence arrives.
  ///
  /// Works through all identifiers with evidence in portions. A portion that changes anything is one entry of the log
  /// (`IdentityRuling`), so a replay under the same configurations gives the same. When it is interrupted, what was done
  /// stands, and a further call does the rest; a call that has nothing to change writes nothing. Afterwards people are
  /// what the policy makes of the evidence, whatever was in force when the evidence came.
  ///
  /// It also brings back values that a crowd once used: beyond twice its limit and 16 a value does not keep all neighbours,
  /// so when withdrawals take it below its limit it goes on joining nobody until it is read again from all sides here.
  ///
  /// O(identifiers with evidence · their components).
  /// - Parameter reason: why, without personal data.
  /// - Throws: what the store throws; `SCRMError` with `unsupported` when the identity stage keeps no evidence.
  @discardableResult
  public func reconsider(reason: String) async throws -> ReconsiderationOutcome {
    try await reconsider(reason: reason, isPreview: false)
  }

  /// How many states are read for one portion.
  private static let portion = 256

  private func reconsider(reason: String, isPreview: Bool) async throws -> ReconsiderationOutcome {
    guard let kind = configuration.identity.stateKind else {
      throw SCRMError(.unsupported, subject: "identity stage", "expected one that keeps evidence")
    }
    var outcome = ReconsiderationOutcome()
    var rows = isPreview ? PendingRows(ChangeSet(key: "", base: .start)) : nil
    // First whoever was a crowd gets its neighbours back, so that it can be decided.
    for isGathering in [true, false] {
      var last: StateKey?
      while true {
        let page = try await store.states(kind, after: last, limit: Self.portion)
        guard let end = page.last else { break }
        last = end.key
        let accounts = EvidenceResolver.accounts(of: page)
        if accounts.isEmpty { continue }
        if !isGathering { outcome.identifiers += accounts.count }
        let decision = isGathering ? IdentityRuling.Decision.gather(accounts) : .reconsider(accounts)
        if let portion = try await carryOut(decision, reason: reason, on: &rows) { outcome.add(portion) }
      }
    }
    return outcome
  }

  /// Carries out one portion on the store, or on rows that are not written; `nil` when it changes nothing.
  private func carryOut(
    _ decision: IdentityRuling.Decision, reason: String, on rows: inout PendingRows?
  ) async throws -> UnmergeOutcome? {
    try await gate.enter()
    do {
      let seen = rows
      let decided: Portion? = try await committing { loaded throws in
        if seen == nil { _ = try await self.settleAdvance(before: loaded) }
        let ruling = IdentityRuling(decision, reason: reason, time: try loaded.time)
        let decided = try await self.decide(ruling, loaded, seeing: seen)
        guard let changes = decided.changes, changes.changesPeople else { return (nil, nil) }
        return (seen == nil ? changes : nil, Portion(changes: changes, outcome: decided.result))
      }
      if let decided { rows?.add(decided.changes) }
      await gate.leave()
      return decided?.outcome
    } catch {
      await gate.leave()
      throw error
    }
  }

  private struct Portion: Sendable {
    var changes: ChangeSet
    var outcome: UnmergeOutcome
  }
}

extension ChangeSet {
  /// Whether it does more than to note a decision in the log.
  fileprivate var changesPeople: Bool {
    !identities.isEmpty || !people.isEmpty || !merges.isEmpty || !states.isEmpty || !memberships.isEmpty
      || !cancellations.isEmpty
  }
}
