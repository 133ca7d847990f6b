public import InfluenceScoring
public import SCRMModel

extension SocialCRM {
  /// Publishes facts that were computed apart, such as influence scores, to the loop.
  ///
  /// They are in the log, so a replay sees the same. Conditions read them from the next interaction of a person on, and
  /// when the person is next due. Since they were computed, people may have turned out to be one, or been erased: scores go
  /// to the survivor, of several the highest, and those of nobody known are left out.
  public func publish(_ snapshot: PublishedSnapshot) async throws {
    try await gate.enter()
    do {
      let loader = BatchLoader(store: store, configuration: configuration)
      _ = try await committing { loaded throws in
        try await self.settleAdvance(before: loaded)
        let snapshot = try await loader.current(snapshot)
        let known = try await loader.scores(named: snapshot.name)
        var loaded = loaded
        var fold = try BatchFold(&loaded, configuration: self.configuration)
        fold.fold(snapshot, replacing: known)
        return (fold.changeSet(key: "snapshot-\(snapshot.name)-\(loaded.base)"), ())
      }
      await gate.leave()
    } catch {
      await gate.leave()
      throw error
    }
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
