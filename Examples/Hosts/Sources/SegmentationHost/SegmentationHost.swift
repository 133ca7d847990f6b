import Segmentation

/// Follows one customer through a quarter.
@main struct SegmentationHost {
  static func main() throws {
    let segments = try SegmentSet([
      SegmentDefinition("buyers", version: 1) { $0.count(.purchase, days: 30) > 0 },
      SegmentDefinition("engaged", version: 1) { person in
        Judgement(
          person.heat >= 5, evidence: [.init("heat = \(Int(person.heat)), 5 needed")], otherwise: "a heat below 5")
      },
      SegmentDefinition("lapsed-buyers", version: 1) { person in
        person.activity.count(.purchase) > 0 && person.count(.purchase, days: 60) == 0
      },
    ])
    let start = try Instant(rfc3339: "2024-04-01T09:00:00Z")
    let customer = Party(.loyalty("club"), "C1")
    let did: [(InteractionKind, Int)] = [(.view, 0), (.purchase, 1), (.comment, 2), (.share, 9), (.like, 10)]
    let history = did.enumerated().map { index, entry in
      let time = start.advanced(by: .days(entry.1))
      return Interaction(
        key: EventKey("app", "e-\(index)"), kind: entry.0, actor: customer, at: time, received: time)
    }
    let person = PersonRecord(id: PersonID(high: 0, low: 1))
    for day in [0, 2, 10, 40, 90] {
      let now = start.advanced(by: .days(day))
      let outcome = try segments.evaluate(history.filter { $0.occurred <= now }, of: person, at: now)
      print("day \(day): \(outcome.facts.tier.rawValue), in \(outcome.facts.segments)")
    }
    let end = start.advanced(by: .days(10))
    for change in try segments.evaluate(history, of: person, at: end).changes { print(change.explanation.text) }
  }
}
