import SocialCRM

// Documentation/Segments.md: Live

func liveTutorial(ada: PersonID, noon: Instant) throws -> LiveSegments {
  let catalogue = try SegmentCatalogue(
    [
      Segment("buyers", parsing: "count('purchase', days(30)) >= 2"),
      Segment("sleepers", parsing: "segment('buyers') && recency('view') >= days(7)"),
    ], facts: .standard, events: .amount)
  var live = try LiveSegments(catalogue, at: noon, lateness: .hours(1))
  let person = live.person(ada)
  let start = noon.millisecondsSinceEpoch
  live.record(SegmentEvent("view", at: start + 1_000), for: person)
  live.record(SegmentEvent("purchase", at: start + 2_000, amount: 30), for: person)
  live.record(SegmentEvent("purchase", at: start + 3_000, amount: 12), for: person)
  live.advance(to: start + 40 * 86_400_000)
  for change in live.takeChanges() {
    let segment = catalogue.segments[change.segment].name
    print((change.time - start) / 86_400_000, segment, change.isEntry ? "entered" : "left")
  }
  return live
}

// Documentation/Segments.md: Explanations, `SegmentExplanation`

func explanationTutorial(live: LiveSegments, person: Int) throws {
  var live = live
  guard let explanation = live.explain("buyers", of: person) else { return }
  print(explanation.isMember, explanation.terms[0].readings[0].value?.intValue ?? 0)
  print(explanation.suggestions[0])
  for step in explanation.suggestions[0].steps { live.apply(step, for: person) }
  print(live.isMember(person, of: 0))
}

func explanationSnippet(start: LiveSegments, person: Int) {
  var live = start
  if let explanation = live.explain("buyers", of: person) {
    for term in explanation.terms where term.isDeciding { print(term.condition, term.holds) }
    if let suggestion = explanation.suggestions.first {
      for step in suggestion.steps { live.apply(step, for: person) }  // now the membership is the other one
    }
  }
}

// `SegmentExplainer`
func explainerSnippet(catalogue: SegmentCatalogue, live: LiveSegments, person: Int) throws -> SegmentExplanation? {
  let explainer = try SegmentExplainer(catalogue, "buyers")
  let explanation = explainer.explain(person, in: live)
  return explanation
}

// `ReadySegments`
func readySnippet() throws {
  let catalogue = try SegmentCatalogue(ReadySegments.standard)
  print(ReadySegments.standard[0].condition)
  _ = catalogue
}

// Documentation/Segments.md: Ready segments
func readyTutorial() throws -> SegmentCatalogue {
  var lifecycle = LifecycleSegments()
  lifecycle.activeDays = 365
  let tiers = ParticipationSegments(ParticipationPolicy(windowDays: 7))
  let catalogue = try SegmentCatalogue(lifecycle.segments + tiers.segments)
  return catalogue
}

// `LiveSegmentStage`
func liveStageSnippet() throws -> LiveSegmentStage {
  let catalogue = try SegmentCatalogue([Segment("buyers", parsing: "did('purchase', days(30))")])
  let stage = try LiveSegmentStage(catalogue, beside: SegmentSet())
  return stage
}

// Documentation/Segments.md: In the loop
func loopTutorial(interaction: Interaction, later: Instant) async throws {
  let catalogue = try SegmentCatalogue([Segment("buyers", parsing: "did('purchase', days(30))")])
  let stage = try LiveSegmentStage(catalogue, beside: SegmentSet(), lateness: .days(2))
  let crm = try await SocialCRM(store: InMemoryStore(), configuration: .init(segments: stage, rules: RuleSet([])))
  let outcome = try await crm.ingest([interaction])[0]
  let advance = try await crm.advance(to: later)
  print(outcome.segments.map(\.segment), advance.segments.map(\.isEntry))
  if let person = outcome.person, let explanation = try await crm.explain("buyers", of: person) {
    print(explanation.isMember, explanation.suggestions.count)
  }
}

// Documentation/Segments.md: Batch, previews and export
func batchTutorial(old: SegmentCatalogue, catalogue: SegmentCatalogue, population: Population, now: Instant) throws {
  let engine = BatchSegments(catalogue)
  for preview in try engine.preview(in: population, at: now, sampling: 10_000) {
    print(preview.segment, preview.estimate, preview.interval)
  }
  let report = try engine.differences(from: BatchSegments(old), in: population, at: now)
  for difference in report.changed { print(difference.segment, difference.entered.count, difference.left.count) }
  let spent = try engine.values(of: .sum("purchase", in: .days(90)), in: population, at: now)
  let best = PopulationRank("best", .percentile(0.9, 1)).members(spent)
  let members = try engine.memberships(in: population, at: now, snapshots: ["best": best])
  print(members.map(\.count))
}

func exportTutorial(members: MembershipSet, now: Instant, ledgers: [UInt32: ConsentLedger]) -> [UInt8] {
  let audience = members.consenting(to: .marketing, at: now) { ledgers[$0] }
  print(audience.allowed.count, audience.refused)
  return audience.allowed.portableBytes()
}
