import SCRMModel
import Segmentation

// `SegmentDefinition`
func definitionSnippet() -> SegmentDefinition {
  let buyers = SegmentDefinition("recent-buyers", version: 1) { person in
    person.count(.purchase, days: 30) >= 1
  }
  return buyers
}

// `SegmentSet`
func segmentSetSnippet() throws -> SegmentSet {
  let segments = try SegmentSet([
    SegmentDefinition("buyers", version: 1) { $0.count(.purchase, days: 365) > 0 }
  ])
  return segments
}

// `SegmentSet.evaluate(_:of:scores:at:)`
func evaluatingSnippet(segments: SegmentSet, purchase: Interaction, person: PersonRecord, now: Instant) throws {
  let outcome = try segments.evaluate([purchase], of: person, at: now)
  print(outcome.facts.segments, outcome.changes.map(\.explanation.text))
}

// README.md
func segmentationSnippet(history: [Interaction], person: PersonRecord, now: Instant) throws {
  let segments = try SegmentSet([
    SegmentDefinition("buyers", version: 1) { $0.count(.purchase, days: 30) > 0 },
    SegmentDefinition("regulars", version: 1) { $0.tier >= .occasional },
  ])
  let outcome = try segments.evaluate(history, of: person, at: now)
  print(outcome.facts.segments)  // ["buyers", "regulars"]
  print(outcome.changes[0].explanation.conclusion)  // enters buyers version 1: the condition holds
}

// The catalogue.
func judgementSnippet() -> SegmentDefinition {
  let shoppers = SegmentDefinition("window-shoppers", version: 1) { person in
    let views = person.count(.view, days: 14)
    return Judgement(
      views >= 5, evidence: [.init("views in 14 days = \(views), 5 needed")], otherwise: "fewer than 5 views")
  }
  return shoppers
}
