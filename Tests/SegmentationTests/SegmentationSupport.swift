import DenseData
import Foundation
import SCRMModel
import Segmentation

/// Seeds of generated cases: a few in every run, many with `SCRM_SOAK=1`.
func seeds(from first: UInt64, _ count: UInt64, soak: UInt64) -> Range<UInt64> {
  first..<(first + (ProcessInfo.processInfo.environment["SCRM_SOAK"] == "1" ? soak : count))
}

let someone = PersonRecord(id: PersonID(high: 1, low: 2))

/// Noon of a day since 1970.
func noon(_ day: Int) -> Instant { Instant(secondsSinceEpoch: Int64(day) * 86_400 + 43_200) ?? .epoch }

func happened(_ kind: InteractionKind, on day: Int, id: String = "e") -> Interaction {
  Interaction(key: EventKey("test", id), kind: kind, actor: Party(.weibo, "1"), at: noon(day), received: noon(day))
}

/// One person's way through the stage: counts, evaluates, and goes through the stored form whenever asked to.
struct Keeper {
  let set: SegmentSet
  var session: any SegmentSession
  var stored: [StateRecord] = []
  var position = LogPosition.start

  init(_ set: SegmentSet) throws(SCRMError) {
    self.set = set
    session = try set.begin([])
  }

  mutating func count(_ kind: InteractionKind, on day: Int, sign: Int32 = 1) {
    position = position.next
    session.count(happened(kind, on: day), for: someone.id, sign: sign, at: position)
  }

  mutating func evaluate(on day: Int, scores: [String: Double] = [:]) -> SegmentOutcome {
    session.evaluate(someone, scores: scores, now: noon(day), at: position)
  }

  /// Writes the state and opens it again.
  mutating func reopen() throws(SCRMError) {
    for change in session.changes() {
      stored.removeAll { $0.key == change.record.key }
      if !change.isRemoval { stored.append(change.record) }
    }
    session = try set.begin(stored)
  }
}

/// A seeded random history: what happens on which day, in the order of time.
struct RandomDays {
  var events: [(kind: InteractionKind, day: Int)] = []

  /// - Parameter gaps: how likely it is, in percent, that nothing happens for longer than a window.
  init(seed: UInt64, count: Int, gaps: Int = 10) {
    let kinds: [InteractionKind] = [.view, .like, .comment, .post, .purchase, .click, "quiz"]
    var random = SeededGenerator(seed: seed)
    var day = 19_000
    for _ in 0..<count {
      day += random.below(100) < gaps ? random.below(60) : random.below(5)
      events.append((kind: kinds[random.below(kinds.count)], day: day))
    }
  }

  /// The same events, none arriving more than `late` days after a later one.
  func delivered(seed: UInt64, late: Int) -> [(kind: InteractionKind, day: Int)] {
    var random = SeededGenerator(seed: seed)
    return events.map { (event: $0, at: $0.day + random.below(late + 1)) }.sorted { $0.at < $1.at }.map(\.event)
  }
}
