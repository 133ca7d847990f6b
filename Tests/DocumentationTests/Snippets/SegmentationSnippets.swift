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

// `SegmentCondition`
func conditionSnippet() throws {
  let written = try SegmentCondition(parsing: "count('purchase', days(30)) >= 3 && person.city == '上海'")
  let built =
    Measure.count("purchase", in: .days(30)) >= 3
    && .facts(ExpressionTerm<String>(variable: "person.city") == "上海")
  print(written == built)  // true
}

// `SegmentCatalogue`
func catalogueSnippet() throws -> SegmentCatalogue {
  let catalogue = try SegmentCatalogue(
    [Segment("buyers", parsing: "count('purchase', days(30)) >= 1")], facts: .standard)
  return catalogue
}

// `RankDefinition`
func rankDefinitionSnippet() throws -> RankDefinition {
  let best = try RankDefinition("best", by: "sum('purchase', event.amount, days(90))", .percentile(0.9, 1))
  return best
}

// `LiveSegments`
func liveSnippet(
  catalogue: SegmentCatalogue, start: Instant, id: PersonID, now: Int64, tomorrow: Int64
) throws {
  var live = try LiveSegments(catalogue, at: start)
  let person = live.person(id)
  live.record(SegmentEvent("purchase", at: now, amount: 42), for: person)
  live.advance(to: tomorrow)
  for change in live.takeChanges() { print(change.time, change.isEntry) }
}

// `BatchSegments`
func batchSnippet(catalogue: SegmentCatalogue, population: Population, now: Instant) throws {
  let engine = BatchSegments(catalogue)
  let memberships = try engine.memberships(in: population, at: now)
  print(memberships[0].count)
}

// `PopulationBuilder`
func populationSnippet(schema: FactSchema) throws -> Population {
  var builder = PopulationBuilder(facts: schema)
  let ada = try builder.add([.string("上海"), .int(34)])
  try builder.add(SegmentEvent("purchase", at: 1_750_000_000_000, amount: 30), of: ada)
  let population = try builder.finish()
  return population
}

// `MembershipSet`
func membershipSetSnippet() {
  let buyers: MembershipSet = [1, 2, 3, 70_000]
  let fans: MembershipSet = [2, 3, 4]
  print(buyers.intersectionCount(fans), buyers.jaccardIndex(fans))  // 2 0.4
}

// `OverlapMatrix`
func overlapSnippet(buyers: MembershipSet, fans: MembershipSet) {
  let matrix = OverlapMatrix([("buyers", buyers), ("fans", fans)])
  print(matrix.common(0, 1), matrix.jaccardIndex(0, 1))
}

// `VennReport`
func vennSnippet(buyers: MembershipSet, fans: MembershipSet) {
  for region in VennReport([("buyers", buyers), ("fans", fans)]).regions {
    print(region.names.joined(separator: " and "), region.count)
  }
}
