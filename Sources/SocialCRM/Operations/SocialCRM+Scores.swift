public import InfluenceScoring
public import SCRMModel

extension SocialCRM {
  /// Publishes facts that were computed apart, such as influence scores, to the loop.
  ///
  /// They are in the log, so a replay sees the same. Conditions read them from the next interaction of a person on, and
  /// when the person is next due; rules that watch the score are asked at once. Since they were computed, people may have turned out to be one, or been erased: scores go
  /// to the survivor, of several the highest, and those of nobody known are left out.
  /// - Returns: what followed from it.
  @discardableResult
  public func publish(_ snapshot: PublishedSnapshot) async throws -> AdvanceOutcome {
    try await gate.enter()
    do {
      let loader = BatchLoader(store: store, configuration: configuration)
      _ = try await committing { loaded throws in
        try await self.settleAdvance(before: loaded)
        let snapshot = try await loader.current(snapshot)
        let known = try await loader.scores(named: snapshot.name)
        var loaded = loaded
        var fold = try BatchFold(&loaded, configuration: self.configuration)
        let notes = try await self.notes(of: snapshot, replacing: known, before: loaded)
        fold.fold(snapshot, replacing: known, noting: notes)
        return (fold.changeSet(key: "snapshot-\(snapshot.name)-\(loaded.base)"), ())
      }
      let outcome = try await finishAdvance()
      await gate.leave()
      return outcome
    } catch {
      await gate.leave()
      throw error
    }
  }

  /// The rule states of people in which it is noted that a watched score of theirs changes with a snapshot.
  func notes(
    of snapshot: PublishedSnapshot, replacing known: [StateRecord], before loaded: LoadedBatch
  ) async throws -> [Change<StateRecord>] {
    let stage = configuration.rules
    guard stage.watchedScores.contains(snapshot.name),
      let clock = try loaded.loopRecord.map({ try LoopState($0) })?.clock
    else { return [] }
    var scores: [PersonID: (before: Double?, after: Double?)] = [:]
    for record in known {
      if case .person(let person) = record.key { scores[person] = (try PublishedScore.decode(record), nil) }
    }
    for score in snapshot.scores { scores[score.person, default: (nil, nil)].after = score.value }
    let changed = scores.filter { $0.value.before != $0.value.after }.keys.sorted()
    var notes: [Change<StateRecord>] = []
    for start in stride(from: 0, to: changed.count, by: 10_000) {
      let people = changed[start..<min(start + 10_000, changed.count)]
      for (person, record) in zip(people, try await store.states(stage.stateKind, people.map { .person($0) })) {
        let change = ScoreChange(snapshot.name, before: scores[person]?.before, after: scores[person]?.after)
        guard let note = try stage.noting(change, of: person, in: record, now: clock, at: loaded.base.next)
        else { continue }
        notes.append(Change(note, replaces: record?.version))
      }
    }
    return notes
  }

  /// Computes influence on the stored ties and publishes it.
  ///
  /// O(ties × iterations) in time, O(ties) in memory.
  /// - Returns: the scores with their parts, ordered by person.
  /// - Throws: what the store throws; `SCRMError` when a tie cannot be decoded.
  public func refreshInfluence(
    asOf time: Instant, measure: TieStrength = TieStrength(), scorer: InfluenceScorer = InfluenceScorer()
  ) async throws -> [InfluenceScore] {
    let scores = scorer.scores(of: try await interactionGraph(at: time, measure: measure))
    try await publish(scorer.snapshot(of: scores, asOf: time))
    return scores
  }

  /// The graph of who pays attention to whom, from the stored ties projected to people.
  public func interactionGraph(at time: Instant, measure: TieStrength = TieStrength()) async throws -> InteractionGraph
  {
    var owners: [AccountID: PersonID] = [:]
    var lastPerson: PersonID?
    while true {
      let page = try await store.people(after: lastPerson, limit: 10_000)
      for person in page { for link in person.accounts { owners[link.account] = person.id } }
      guard let last = page.last else { break }
      lastPerson = last.id
    }
    var ties: [TieRecord] = []
    var lastTie: TieKey?
    while true {
      let page = try await store.ties(after: lastTie, limit: 10_000)
      ties += page
      guard let last = page.last else { break }
      lastTie = last.key
    }
    return try InteractionGraph(ties: ties, people: owners, at: time, measure: measure)
  }
}

extension BatchLoader {
  /// A snapshot with the people as they are known now.
  func current(_ snapshot: PublishedSnapshot) async throws -> PublishedSnapshot {
    var found: [PublishedSnapshot.Score] = []
    var open = snapshot.scores
    // Each round follows one redirect of everyone who still has one; a redirect never leads in a circle.
    while !open.isEmpty {
      var redirected: [PublishedSnapshot.Score] = []
      for start in stride(from: 0, to: open.count, by: 10_000) {
        let part = open[start..<min(start + 10_000, open.count)]
        for (score, record) in zip(part, try await store.people(part.map(\.person))) {
          guard let record else { continue }
          if let survivor = record.mergedInto {
            redirected.append(.init(person: survivor, value: score.value))
          } else {
            found.append(score)
          }
        }
      }
      open = redirected
    }
    // Of several for one person the first counts.
    found.sort { $0.value > $1.value }
    return PublishedSnapshot(name: snapshot.name, asOf: snapshot.asOf, scores: found)
  }

  /// All stored scores of one name.
  func scores(named name: String) async throws -> [StateRecord] {
    var all: [StateRecord] = []
    while true {
      let page = try await store.states(PublishedScore.kind(name), after: all.last?.key, limit: 10_000)
      if page.isEmpty { return all }
      all += page
    }
  }
}
