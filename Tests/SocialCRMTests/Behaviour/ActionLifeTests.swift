import SCRMTesting
import SocialCRM
import Testing

@Suite struct ActionLifeTests {
  @Test func `an import greets nobody`() async throws {
    let (crm, store) = try await openPlain()
    let outcome = try await crm.ingest(one: done(.purchase, id: "1"), mode: .backfill)
    #expect(outcome.segments.map(\.segment) == ["buyers"])
    #expect(outcome.actions.map(\.disposition) == [.suppressed(.backfill), .suppressed(.backfill)])
    #expect(try await store.claim(limit: 9, worker: "w", at: hour(1), lease: .minutes(1)).isEmpty)
  }

  @Test func `what is later than the lateness changes state and proposes nothing`() async throws {
    let (crm, _) = try await openPlain { $0.lateness = .hours(10) }
    _ = try await crm.ingest(one: done(.like, id: "1", at: 20))
    let onTime = try await crm.ingest(one: done(.purchase, id: "2", by: "berta", at: 10, received: 20))
    #expect(!onTime.isLate && onTime.proposed == ["first-order", "welcome"])
    let late = try await crm.ingest(
      one: done(.purchase, id: "3", by: "carla", at: 9, received: 20) {
        $0.occurred = hour(10).advanced(by: .seconds(-1))
      })
    #expect(late.isLate && late.segments.map(\.segment) == ["buyers"])
    #expect(late.actions.allSatisfy { $0.disposition == .suppressed(.late) } && late.actions.count == 2)
  }

  /// What may come to light after an action was proposed, and the rule it concerns.
  enum Cause: CaseIterable {
    case lateEvent, retraction, edit, consent

    var rule: String {
      switch self {
      case .lateEvent: "first-order"
      case .retraction, .edit: "refund"
      case .consent: "offer"
      }
    }

    var before: [Interaction] {
      [
        done(.purchase, id: "p1", at: 10), done(.comment, "refund!", id: "c1", at: 11),
        done(.consent, id: "g1", at: 12) { $0.consents = [ConsentStatement(.granted, .marketing)] },
        done(.view, id: "v1", at: 13),
      ]
    }

    var after: Interaction {
      switch self {
      case .lateEvent: done(.purchase, id: "p0", at: 9, received: 20)
      case .retraction: done(.retract, id: "r1", at: 20) { $0.revision = .retracts("c1") }
      case .edit: done(.comment, "all is well", id: "c2", at: 20) { $0.revision = .replaces("c1") }
      case .consent: done(.consent, id: "g2", at: 20) { $0.consents = [ConsentStatement(.denied, .marketing)] }
      }
    }
  }

  @Test(arguments: Cause.allCases, [1, 1_000]) func `what comes to light cancels what nobody has claimed`(
    cause: Cause, batchSize: Int
  ) async throws {
    let (crm, store) = try await openPlain(batchSize: batchSize)
    let proposed = try await crm.ingest(cause.before).flatMap(\.proposed)
    #expect(proposed == ["first-order", "welcome", "refund", "offer"])
    let outcome = try await crm.ingest(one: cause.after)
    let item = try #require(try await store.actions(after: nil, limit: .max).first { $0.action.rule == cause.rule })
    #expect(outcome.cancellations.map(\.action) == [item.action.id])
    guard case .cancelled(let reason) = item.status else {
      Issue.record("\(item.status)")
      return
    }
    #expect(reason == outcome.cancellations.first?.reason && reason.hasPrefix("\(cause.after.key): "))
    // The others wait as before.
    let claims = try await store.claim(limit: 9, worker: "w", at: hour(21), lease: .minutes(1))
    #expect(claims.map(\.action.rule) == proposed.filter { $0 != cause.rule })
    // It is decided once.
    #expect(try await crm.ingest(one: cause.after).cancellations.isEmpty)
  }

  @Test(arguments: Cause.allCases) func `what is claimed is not cancelled`(cause: Cause) async throws {
    let (crm, store) = try await openPlain()
    _ = try await crm.ingest(cause.before)
    let claims = try await store.claim(limit: 9, worker: "w", at: hour(14), lease: .hours(100))
    #expect(claims.count == 4)
    _ = try await crm.ingest(one: cause.after)
    #expect(try await store.statuses(of: cause.rule) == [.claimed(worker: "w", until: hour(114))])
    for claim in claims { try await store.acknowledge(claim) }
    #expect(try await store.statuses(of: cause.rule) == [.done])
  }

  @Test func `an edit is looked at anew`() async throws {
    let (crm, store) = try await openPlain()
    _ = try await crm.ingest(one: done(.comment, "hello", id: "1"))
    let edited = try await crm.ingest(
      one: done(.comment, "refund", id: "2", at: 1) { $0.revision = .replaces("1") })
    #expect(edited.proposed == ["refund"])
    // An earlier edit that arrives later does not count and triggers nothing.
    let older = try await crm.ingest(
      one: done(.comment, "refund now", id: "3", at: 0, received: 2) { $0.revision = .replaces("1") })
    #expect(older.isAccepted && older.actions.isEmpty && older.cancellations.isEmpty)
    #expect(try await store.statuses(of: "refund") == [.pending(notBefore: nil)])
    let facts = try await crm.facts(of: try #require(edited.person))
    #expect(facts?.activity.count(.comment) == 1)
  }

  @Test func `what was taken back before it arrived triggers nothing`() async throws {
    let (crm, store) = try await openPlain()
    let early = try await crm.ingest(one: done(.retract, id: "r", at: 1) { $0.revision = .retracts("c") })
    let comment = try await crm.ingest(one: done(.comment, "refund", id: "c", at: 0, received: 2))
    #expect(comment.isAccepted && comment.actions.isEmpty)
    #expect(try await store.statuses(of: "refund").isEmpty)
    #expect(try await crm.facts(of: try #require(early.person))?.activity.count(.comment) == 0)
  }

  @Test func `a scenario of a late refusal`() async throws {
    let report = try await Scenario(plainConfiguration(), startingAt: hour(0))
      .given(.person("anna", .weibo, "anna").granting(.marketing))
      .when("anna", .view).expect(.action("coupon", by: "offer"))
      .after(.hours(1))
      .when("anna", .denied, .marketing).expect(.cancellation(of: "offer"))
      .when("anna", .view).expect(.suppressed(.consent, by: "offer"))
      .run()
    #expect(report.passed, "\(report)")
  }
}
