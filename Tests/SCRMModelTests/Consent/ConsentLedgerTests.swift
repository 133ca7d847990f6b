import DenseData
import Foundation
import SCRMModel
import Testing

@Suite struct ConsentLedgerTests {
  private let start = Instant.testNow
  private let ann = AccountID(high: 1, low: 0)
  private let bob = AccountID(high: 2, low: 0)

  private func record(
    _ decision: ConsentStatement.Decision, _ account: AccountID, day: Int, channel: String? = nil,
    expires: Int? = nil, event: String = "1"
  ) -> ConsentRecord {
    ConsentRecord(
      statement: ConsentStatement(
        decision, .marketing, channel: channel, evidence: "form",
        expires: expires.map { start.advanced(by: .days($0)) }),
      account: account, time: start.advanced(by: .days(day)), event: EventKey("s", event))
  }

  private func allows(_ records: [ConsentRecord], channel: String? = "sms", day: Int) -> Bool {
    var ledger = ConsentLedger()
    for record in records { ledger.add(record) }
    return ledger.decide(.marketing, channel: channel, at: start.advanced(by: .days(day))).isAllowed
  }

  @Test func silenceFollowsThePolicy() {
    let ledger = ConsentLedger()
    #expect(ledger.isEmpty)
    for purpose in [Purpose.marketing, .sharing, .automatedDecision] {
      let decision = ledger.decide(purpose, channel: nil, at: start)
      #expect(!decision.isAllowed && decision.basis == .noStatement && decision.record == nil)
      #expect(decision.reason == "\(purpose) needs consent and none was stated")
    }
    for purpose in [Purpose.service, .profiling, .analytics, "other"] {
      #expect(ledger.decide(purpose, channel: "sms", at: start).isAllowed)
    }
    #expect(ledger.decide(.marketing, channel: nil, at: start, policy: ConsentPolicy(requiresGrant: [])).isAllowed)
  }

  @Test func theLatestStatementCounts() {
    let history = [record(.granted, ann, day: 1), record(.denied, ann, day: 3), record(.granted, ann, day: 5)]
    #expect([0, 1, 2, 3, 4, 5].map { allows(history, day: $0) } == [false, true, true, false, false, true])
  }

  @Test func oneRefusalOfAnyAccountIsEnough() {
    #expect(!allows([record(.granted, ann, day: 2), record(.denied, bob, day: 1)], day: 3))
    #expect(allows([record(.granted, ann, day: 2), record(.granted, bob, day: 1)], day: 3))
  }

  @Test func channelsAndAll() {
    let all = [record(.denied, ann, day: 1), record(.granted, ann, day: 2, channel: "sms")]
    #expect(!allows(all, day: 3) && !allows(all, channel: "mail", day: 3))
    let one = [record(.granted, ann, day: 1), record(.denied, ann, day: 2, channel: "sms")]
    #expect(!allows(one, day: 3) && allows(one, channel: "mail", day: 3) && allows(one, channel: nil, day: 3))
    let only = [record(.granted, ann, day: 1, channel: "sms")]
    #expect(allows(only, day: 1) && !allows(only, channel: nil, day: 1))
    let empty = [record(.granted, ann, day: 1, channel: "")]
    #expect(!allows(empty, channel: nil, day: 1) && allows(empty, channel: "", day: 1))
    let composed = [record(.granted, ann, day: 1, channel: "caf\u{E9}")]
    #expect(!allows(composed, channel: "cafe\u{301}", day: 1))
  }

  @Test func statementsExpire() {
    let grant = [record(.granted, ann, day: 1, expires: 4)]
    #expect([1, 3, 4].map { allows(grant, day: $0) } == [true, true, false])
    let pause = [record(.granted, ann, day: 1), record(.denied, ann, day: 2, expires: 5)]
    #expect([1, 2, 4, 5].map { allows(pause, day: $0) } == [true, false, false, true])
  }

  @Test func atOneMomentTheRestrictiveStatementCounts() {
    let both = [record(.denied, ann, day: 1), record(.granted, ann, day: 1)]
    #expect(!allows(both, day: 1) && !allows(both.reversed(), day: 1))
    let grants = [record(.granted, ann, day: 1, expires: 9), record(.granted, ann, day: 1, expires: 3)]
    let refusals = [record(.denied, ann, day: 1, expires: 9), record(.denied, ann, day: 1)]
    for order in [grants, grants.reversed()] { #expect(allows(order, day: 2) && allows(order, day: 4)) }
    for order in [refusals, refusals.reversed()] { #expect(!allows(order, day: 10)) }
  }

  @Test func reasonsHoldNoEvidence() throws {
    var ledger = ConsentLedger()
    ledger.add(record(.denied, ann, day: 0, event: "e7"))
    let decision = ledger.decide(.marketing, channel: "sms", at: start)
    #expect(decision.reason == "consent for marketing was refused at \(start) by s/e7")
    #expect(decision.record?.statement.evidence == "form")
  }

  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func randomLedgersAgreeWithTheOracle(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let records = (0..<random.below(30)).map { _ in random.consent(from: start) }
    var ledger = ConsentLedger()
    for record in records { ledger.add(record) }
    for _ in 0..<3 {
      var shuffled = ConsentLedger()
      for record in records.shuffled(using: &random) { shuffled.add(record) }
      #expect(shuffled == ledger && shuffled.records == ledger.records)
      #expect(try StrictJSONEncoder().encode(shuffled) == StrictJSONEncoder().encode(ledger))
      #expect(
        try StrictJSONDecoder().decode(
          ConsentLedger.self,
          from: Array("{\"records\":[\(records.shuffled(using: &random).map(Self.json).joined(separator: ","))]}".utf8))
          == ledger)
    }
    for _ in 0..<40 {
      let time = start.advanced(by: .days(random.below(14) - 1))
      let channel = random.pick([nil, "sms", "mail", ""])
      let purpose = random.pick([Purpose.marketing, .service])
      let decision = ledger.decide(purpose, channel: channel, at: time)
      let expected = Self.oracle(records, purpose, channel, time)
      #expect(decision.basis == expected, "seed \(seed) \(purpose) \(channel ?? "all") \(time)")
      #expect(decision.isAllowed == (expected == .granted || expected == .noStatement && purpose == .service))
      if let record = decision.record { #expect(records.contains(record) && record.statement.purpose == purpose) }
    }
    let chosen = Set([AccountID(high: 0, low: 0), AccountID(high: 2, low: 0)])
    var (left, right) = ledger.split(accounts: chosen)
    #expect(left.records.allSatisfy { chosen.contains($0.account) })
    #expect(right.records.allSatisfy { !chosen.contains($0.account) })
    var reversed = right
    reversed.merge(left)
    left.merge(right)
    #expect(left == ledger && reversed == ledger)
    right.merge(right)
    left.merge(ledger)
    #expect(left == ledger)
  }

  private static func json(_ record: ConsentRecord) -> String {
    (try? StrictJSONEncoder().encode(record)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  /// By the words of the documentation, one question at a time.
  private static func oracle(
    _ records: [ConsentRecord], _ purpose: Purpose, _ channel: String?, _ time: Instant
  ) -> ConsentDecision.Basis {
    var verdicts: [ConsentStatement.Decision] = []
    for account in Set(records.map(\.account)) {
      for scope in channel == nil ? [nil] : [nil, channel] {
        let live = records.filter {
          $0.account == account && $0.statement.purpose == purpose && $0.statement.channel == scope && $0.time <= time
            && ($0.statement.expires.map { time < $0 } ?? true)
        }
        guard let last = live.map(\.time).max() else { continue }
        let latest = live.filter { $0.time == last }
        guard let event = latest.map(\.event).max() else { continue }
        let tied = latest.filter { $0.event == event }
        verdicts.append(tied.contains { $0.statement.decision == .denied } ? .denied : .granted)
      }
    }
    return verdicts.contains(.denied) ? .denied : (verdicts.isEmpty ? .noStatement : .granted)
  }
}

extension SeededGenerator {
  fileprivate mutating func consent(from start: Instant) -> ConsentRecord {
    ConsentRecord(
      statement: ConsentStatement(
        chance(50) ? .granted : .denied, pick([.marketing, .service]), channel: pick([nil, "sms", "mail", ""]),
        evidence: pick(["", "form", "caf\u{E9}", "cafe\u{301}"]),
        expires: maybe { start.advanced(by: .days($0.below(12))) }),
      account: AccountID(high: UInt64(below(4)), low: 0), time: start.advanced(by: .days(below(8))),
      event: EventKey("s", pick(["1", "2", "\u{E9}", "e\u{301}"])))
  }
}
