import DenseData
import InfluenceScoring
import SCRMModel
import Testing

@Suite struct TieTests {
  private let key = TieKey(from: AccountID(high: 0, low: 1), to: AccountID(high: 0, low: 2))

  private func noon(_ day: Int) -> Instant { Instant(secondsSinceEpoch: Int64(day) * 86_400 + 43_200) ?? .epoch }

  private func done(_ kind: InteractionKind, on day: Int) -> Interaction {
    Interaction(
      key: EventKey("test", "e"), kind: kind, actor: Party(.weibo, "1"), target: Party(.weibo, "2"), at: noon(day),
      received: noon(day))
  }

  private func tie(_ key: TieKey, _ done: [(kind: InteractionKind, day: Int, sign: Int32)]) throws -> TieRecord {
    var session = try TieKeeper().begin([])
    for (index, entry) in done.enumerated() {
      session.count(self.done(entry.kind, on: entry.day), on: key, sign: entry.sign, at: LogPosition(UInt64(index + 1)))
    }
    return try #require(session.changes().first).record
  }

  @Test func `interactions are counted, decayed and taken back`() throws {
    let record = try tie(key, [(.share, 100, 1), (.comment, 100, 1), (.like, 40, 1), ("quiz", 100, 1)])
    #expect(record.key == key && record.version == LogPosition(4))
    let history = try TieKeeper().decode(record)
    #expect(history.total == 4)
    let measure = TieStrength()
    // 3 + 2 + 1 of the day, and a like one half-life old.
    #expect(abs(measure.strength(of: history, at: noon(100)) - 6.5) < 1e-12)
    #expect(abs(measure.strength(of: history, at: noon(160)) - 3.25) < 1e-12)
    #expect(abs(measure.strength(of: history, at: noon(100), only: .share) - 3) < 1e-12)
    let less = try tie(
      key, [(.share, 100, 1), (.comment, 100, 1), (.like, 40, 1), ("quiz", 100, 1), (.share, 100, -1)])
    #expect(abs(measure.strength(of: try TieKeeper().decode(less), at: noon(100)) - 3.5) < 1e-12)
    // Noted only: nothing is counted.
    let noted = try tie(key, [(.share, 100, 0)])
    #expect(measure.strength(of: try TieKeeper().decode(noted), at: noon(100)) == 0)
  }

  @Test(arguments: 1...10 as ClosedRange<UInt64>) func `the state does not depend on order or batches`(seed: UInt64)
    throws
  {
    var random = SeededGenerator(seed: seed)
    let kinds: [InteractionKind] = [.like, .share, .comment, "quiz"]
    var entries = (0..<40).map { _ in (kind: kinds[random.below(4)], day: 100 + random.below(50), sign: Int32(1)) }
    entries += entries.prefix(10).map { (kind: $0.kind, day: $0.day, sign: -1) }
    var states: Set<[UInt8]> = []
    for _ in 0..<4 {
      entries.shuffle(using: &random)
      var stored: [TieRecord] = []
      for start in stride(from: 0, to: entries.count, by: 7) {
        var session = try TieKeeper().begin(stored)
        for entry in entries[start..<min(start + 7, entries.count)] {
          session.count(done(entry.kind, on: entry.day), on: key, sign: entry.sign, at: LogPosition(1))
        }
        let change = try #require(session.changes().first)
        #expect(change.replaces == stored.first?.version)
        stored = [change.record]
      }
      states.insert(stored[0].bytes)
    }
    #expect(states.count == 1)
  }

  @Test func `an opened tie without news is not written`() throws {
    let record = try tie(key, [(.like, 100, 1)])
    #expect(try TieKeeper().begin([record]).changes().isEmpty)
  }

  @Test func `ties are projected to the people behind accounts`() throws {
    func account(_ number: UInt64) -> AccountID { AccountID(high: 0, low: number) }
    // Accounts 1 and 2 are one person, 3 another, 4 a brand.
    let people = [account(1): node(1), account(2): node(1), account(3): node(3)]
    let ties = try [
      tie(TieKey(from: account(1), to: account(3)), [(.like, 100, 1)]),
      tie(TieKey(from: account(2), to: account(3)), [(.share, 40, 1)]),
      tie(TieKey(from: account(1), to: account(2)), [(.share, 100, 1)]),
      tie(TieKey(from: account(3), to: account(4)), [(.comment, 100, 1)]),
    ]
    for order in [ties, ties.reversed()] {
      let graph = try InteractionGraph(ties: order, people: people, at: noon(100))
      #expect(graph.people == [node(1), node(3)] && graph.edgeCount == 1)
      let score = InfluenceScorer().scores(of: graph)[1]
      #expect(score.audience == 1)
      // In the unit of strength: the share is one half-life old.
      #expect(abs(score.amplification - 1.5) < 1e-12)
    }
  }

  @Test func `amplification is never more than the tie`() throws {
    let record = try tie(key, [(.share, 1, 1), (.share, 390, 1)])
    let graph = try InteractionGraph(
      ties: [record], people: [key.from: node(1), key.to: node(2)], at: noon(400),
      measure: TieStrength(weights: [.share: 0.5]))
    let history = try TieKeeper().decode(record)
    let strength = TieStrength(weights: [.share: 0.5]).strength(of: history, at: noon(400))
    #expect(InfluenceScorer().scores(of: graph)[1].amplification == strength)
  }

  @Test func `wrong schemas and corrupt ties are typed errors that name the ends`() throws {
    var record = try tie(key, [(.like, 100, 1)])
    record.schema = 7
    let schema = #expect(throws: SCRMError.self) { try TieKeeper().begin([record]) }
    #expect(schema?.code == .unsupportedSchema && schema?.subject == "tie \(key.from)→\(key.to)")
    record.schema = 1
    record.bytes.removeLast()
    let corrupt = #expect(throws: SCRMError.self) {
      try InteractionGraph(ties: [record], people: [key.from: node(1), key.to: node(2)], at: .epoch)
    }
    #expect(corrupt?.code == .corruptState)
  }
}
