import SCRMModel
import Segmentation

/// Segments alone: what one person did, which segments, tier and heat follow, and how time changes them.
@main struct SegmentationExample {
  static func main() throws {
    let segments = try SegmentSet([
      SegmentDefinition("buyers", version: 1) { person in
        let count = person.count(.purchase, days: 30)
        return Judgement(
          count > 0, evidence: [.init("purchases in 30 days = \(count)")], otherwise: "a purchase in the last 30 days")
      },
      SegmentDefinition("big-spenders", version: 1) { person in
        let spent = person.spent("CNY", days: 365)
        return Judgement(
          (spent?.approximateAmount ?? 0) >= 1_000,
          evidence: [.init("spent in 365 days = \(spent?.description ?? "too much to count"), 1000 CNY needed")])
      },
      SegmentDefinition("regulars", version: 1) { $0.tier >= .occasional },
    ])
    let start = try Instant(rfc3339: "2024-05-01T08:00:00Z")
    let person = PersonRecord(id: PersonID(high: 1, low: 1))
    func did(_ kind: InteractionKind, day: Int, _ amount: String? = nil) throws -> Interaction {
      let time = start.advanced(by: .days(day))
      return Interaction(
        key: EventKey("shop", "\(kind)-\(day)"), kind: kind, actor: Party(.loyalty(), "C1"),
        amount: try amount.map { try Money($0, currency: "CNY") }, at: time, received: time)
    }
    let history = [
      try did(.view, day: 0), try did(.purchase, day: 1, "899.00"), try did(.comment, day: 2),
      try did(.purchase, day: 3, "350.50"), try did(.refund, day: 5, "350.50"),
    ]
    for (count, day) in [(4, 3), (5, 5), (5, 20), (5, 40)] {
      let now = start.advanced(by: .days(day))
      let outcome = try segments.evaluate(history.prefix(count).map { $0 }, of: person, at: now)
      let facts = outcome.facts
      let heat = (facts.heat * 10).rounded() / 10
      print("\(now): \(facts.tier.rawValue), heat \(heat), in \(facts.segments)")
      for name in ["buyers", "big-spenders"] where !facts.isIn(name) {
        print("  not in \(name):", segments.explain(name, facts)?.text.replacing("\n", with: "\n    ") ?? "")
      }
    }
    let now = start.advanced(by: .days(3))
    for change in try segments.evaluate(Array(history.prefix(4)), of: person, at: now).changes {
      print(change.explanation.text)
    }
  }
}
