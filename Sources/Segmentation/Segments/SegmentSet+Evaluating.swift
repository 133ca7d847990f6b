public import SCRMModel

extension SegmentSet {
  /// Counts interactions of one person and says which segments, tier and heat follow, without a store.
  ///
  /// ```swift
  /// let outcome = try segments.evaluate([purchase], of: person, at: now)
  /// print(outcome.facts.segments, outcome.changes.map(\.explanation.text))
  /// ```
  ///
  /// The person is new: every segment they are in is an entry. `begin` opens a session that goes on from stored state.
  /// - Throws: nothing in this version; see `SegmentStage.begin(_:)`.
  public func evaluate(
    _ interactions: [Interaction], of record: PersonRecord, scores: [String: Double] = [:], at now: Instant
  ) throws(SCRMError) -> SegmentOutcome {
    var session = try begin([])
    let position = LogPosition.start.next
    for interaction in interactions { session.count(interaction, for: record.id, sign: 1, at: position) }
    return session.evaluate(record, scores: scores, now: now, at: position)
  }

  /// Why somebody is in a segment or not, by the facts about them; `nil` when no segment has the name.
  public func explain(_ name: String, _ facts: PersonFacts) -> Explanation? {
    guard let definition = definitions.first(where: { $0.name == name }) else { return nil }
    let judgement = definition.judge(facts)
    return Explanation(
      "the condition of \(name) version \(definition.version) \(judgement.holds ? "holds" : "does not hold")",
      evidence: judgement.evidence.isEmpty ? CountedFacts(facts).evidence : judgement.evidence,
      otherwise: judgement.otherwise)
  }
}
