public import SCRMModel
public import Segmentation
import StateCoding

extension SocialCRM {
  /// Decides everybody's segments anew from all they did, for definitions that are new or have changed.
  ///
  /// A loop that goes on under other definitions has not kept what only these look at: a new segment over 90 days knows
  /// what happens from now on. This reads the interactions again from the log, person by person, and leaves every state as
  /// if the definitions had always been in force. Tiers and heat are counted again too. Nothing is written to the log, rules
  /// are not set off, and a segment that is no longer defined loses its members.
  ///
  /// Each page of people is a commit of its own; what was interrupted is finished by calling it again, which reports only
  /// what it still changes. O(interactions).
  /// - Returns: who entered and who left, by person.
  /// - Throws: what the store throws; `SCRMError` when stored state cannot be read.
  public func backfillSegments() async throws -> SegmentBackfill {
    try await gate.enter()
    do {
      var whole = SegmentBackfill()
      var last: PersonID?
      var isDone = false
      while !isDone {
        try Task.checkCancellation()
        let start = last
        let (page, end) = try await committing { loaded throws in
          try await self.settleAdvance(before: loaded)
          return try await self.backfillPage(after: start, loaded)
        }
        whole.people += page.people
        whole.entered += page.entered
        whole.left += page.left
        whole.incomplete += page.incomplete
        last = end ?? last
        isDone = end == nil
      }
      await gate.leave()
      return whole
    } catch {
      await gate.leave()
      throw error
    }
  }

  private func backfillPage(
    after last: PersonID?, _ start: LoadedBatch
  ) async throws -> (changes: ChangeSet?, result: (page: SegmentBackfill, end: PersonID?)) {
    var loaded = start
    var page = SegmentBackfill()
    let all = try await store.people(after: last, limit: max(configuration.batchSize, 1))
    guard let end = all.last?.id, let clock = try loaded.loopRecord.map({ try LoopState($0) })?.clock else {
      return (nil, (page, nil))
    }
    let loader = BatchLoader(store: store, configuration: configuration)
    let records = all.filter { $0.mergedInto == nil }
    try await loader.load(statesOf: records.map(\.id), into: &loaded)
    let stored = try await store.memberships(of: records.map(\.id))
    var fold = try BatchFold(&loaded, configuration: configuration)
    let reckoning = Reckoning(
      AccountPassage(position: fold.base, moves: [], people: records), try await loader.loadHistories(of: records))
    let shard = try ShardFold(
      .init(
        activity: loaded.activity.compactMap { $0 }, scores: loaded.scoreRecords, reckonings: [fold.base: reckoning]),
      configuration: configuration)
    let decided = shard.restart(
      zip(records, stored).map { (person: $0, stored: $1) }, now: clock, at: fold.base, into: &page)
    // Whoever is decided as before is not written again: the same commit would be another one.
    let known = Dictionary(
      loaded.activity.compactMap { $0 }.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    var result = decided.result
    result.states.removeAll { change in
      guard let old = known[change.record.key], !change.isRemoval else { return false }
      return old.schema == change.record.schema && old.due == change.record.due && old.bytes == change.record.bytes
    }
    if result.states.isEmpty, decided.memberships.isEmpty { return (nil, (page, end)) }
    var hash = StableHash()
    for change in result.states {
      hash.text(change.record.key.text)
      hash.bytes(change.record.bytes)
      hash.word(change.replaces?.rawValue ?? .max)
    }
    for change in decided.memberships { hash.text("\(change)") }
    var changes = fold.changeSet(key: "segments-\(fold.base)-\(String(hash.value, radix: 16))", [result])
    changes.memberships = decided.memberships
    return (changes, (page, end))
  }

  /// Why a person is in a segment of a `LiveSegmentStage` or not, at the loop's time: what would have to change, and when
  /// it changes by itself.
  ///
  /// `nil` when the person is not known or did nothing yet, and when the segment is not one of the stage's catalogue.
  /// - Throws: what the store throws; `SCRMError` when stored state cannot be read.
  public func explain(_ segment: SegmentName, of id: PersonID) async throws -> SegmentExplanation? {
    guard let stage = configuration.segments as? LiveSegmentStage, let record = try await person(id) else { return nil }
    let loaded = try await BatchLoader(store: store, configuration: configuration).begin()
    let clock = try loaded.loopRecord.map { try LoopState($0) }?.clock ?? .distantPast
    guard let state = try await store.states(stage.stateKind, [.person(record.id)])[0] else { return nil }
    return try stage.explain(segment, state, at: clock)
  }
}
