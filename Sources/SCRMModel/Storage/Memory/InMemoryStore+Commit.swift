import DenseData
import SCRMExpressions

extension InMemoryStore {
  /// Writes everything or nothing; see ``Committing``.
  public func commit(_ changes: ChangeSet) throws -> CommitReceipt {
    try Task.checkCancellation()
    let fingerprint = changes.fingerprint
    if let known = receipts[changes.key] {
      guard known.fingerprint == fingerprint else {
        throw StorageError(.keyReused, "the commit key was used with another body")
      }
      return CommitReceipt(key: changes.key, head: known.head)
    }
    let places = try check(changes)
    apply(changes, places)
    receipts.record(changes.key, fingerprint: fingerprint, head: head())
    return CommitReceipt(key: changes.key, head: head())
  }

  // MARK: Checking

  /// Where the rows of a change set stand, looked up once for checking and writing; −1 for rows that are not there.
  private struct Places {
    var identities: [Int]
    var people: [Int]
    var ties: [Int]
    var states: [Int]
    /// The states of one kind that stand side by side.
    var runs: [Range<Int>]
  }

  private func check(_ changes: ChangeSet) throws(StorageError) -> Places {
    guard changes.base == head() else {
      throw StorageError(.conflict, "the log ends at \(head()), the change set was decided at \(changes.base)")
    }
    try checkEntries(changes)
    for action in changes.actions where outboxIndex[action.id] != nil {
      throw StorageError(.malformed, "an action with this id is already in the outbox")
    }
    if let record = changes.repeatedRecord {
      throw StorageError(.malformed, "the change set names the same \(record) twice")
    }
    let runs = changes.states.runsOfOneKind
    warm(changes, runs)
    return Places(
      identities: try tables.identities.places(of: changes.identities[...], "identity"),
      people: try tables.people.places(of: changes.people[...], "person"),
      ties: try tables.ties.places(of: changes.ties[...], "tie"), states: try statePlaces(changes.states, runs),
      runs: runs)
  }

  /// Reads ahead the rows that are replaced.
  private func warm(_ changes: ChangeSet, _ runs: [Range<Int>]) {
    warmth &+= tables.identities.warm(changes.identities.map(\.record.rowHash))
    warmth &+= tables.people.warm(changes.people.map(\.record.rowHash))
    warmth &+= tables.ties.warm(changes.ties.map(\.record.rowHash))
    for run in runs {
      guard let table = tables.states[changes.states[run.lowerBound].record.kind] else { continue }
      warmth &+= table.records.warm(changes.states[run].map(\.record.rowHash))
    }
  }

  private func checkEntries(_ changes: ChangeSet) throws(StorageError) {
    warmth &+= eventIndex.warm(changes.entries.compactMap(\.eventHash))
    var position = changes.base
    var newEvents = HashIndex(capacity: changes.entries.count)
    for (row, entry) in changes.entries.enumerated() {
      position = position.next
      guard entry.position == position else {
        throw StorageError(.malformed, "log positions have a gap at \(position)")
      }
      guard let key = entry.eventKey else { continue }
      let hash = key.indexHash
      guard !holds(key), newEvents.find(hash, { changes.entries[$0].isEvent(key) }) == nil else {
        throw StorageError(.duplicateEvent, "an event key is already in the log, at entry \(position)")
      }
      newEvents.insert(hash, row: row)
    }
  }

  private func holds(_ key: EventKey) -> Bool {
    place(of: key) != nil || hasErasures && place(of: EventKey(key.source, Tombstone.erasedID(key))) != nil
  }

  private func statePlaces(
    _ changes: [Change<StateRecord>], _ runs: [Range<Int>]
  ) throws(StorageError) -> [Int] {
    var places: [Int] = []
    places.reserveCapacity(changes.count)
    for run in runs {
      let table = tables.states[changes[run.lowerBound].record.kind] ?? StateTable()
      places += try table.records.places(of: changes[run], "state")
    }
    return places
  }

  // MARK: Writing

  private func apply(_ changes: ChangeSet, _ places: Places) {
    for place in changes.entries.indices {
      if let hash = changes.entries[place].eventHash { eventIndex.insert(hash, row: log.count + place) }
      if case .tombstone(let tombstone) = changes.entries[place].body, tombstone.reason == .erased {
        hasErasures = true
      }
    }
    log += changes.entries
    tables.identities.apply(changes.identities, at: places.identities)
    if tables.people.apply(changes.people, at: places.people) { peopleOrder.invalidate() }
    tables.merges.append(contentsOf: changes.merges)
    if tables.ties.apply(changes.ties, at: places.ties) { tieOrder.invalidate() }
    apply(changes.states, places.runs, at: places.states)
    apply(changes.memberships)
    for action in changes.actions {
      outboxIndex[action.id] = outbox.count
      outbox.append(
        OutboxItem(action: action, status: action.isProposed ? .pending(notBefore: action.due) : .suppressed))
    }
    for cancellation in changes.cancellations {
      guard let index = outboxIndex[cancellation.action], case .pending = outbox[index].status else { continue }
      outbox[index].status = .cancelled(reason: cancellation.reason)
    }
  }

  private func apply(_ changes: [Change<StateRecord>], _ runs: [Range<Int>], at places: [Int]) {
    for run in runs {
      let kind = changes[run.lowerBound].record.kind
      // Taken out and put back, so that the rows of one kind are written without looking the kind up for each.
      var table = tables.states.removeValue(forKey: kind) ?? StateTable()
      if table.apply(changes[run], at: places[run]) { stateOrder[kind]?.invalidate() }
      tables.states[kind] = table
    }
  }

  private func apply(_ changes: [MembershipChange]) {
    // Segment by segment, so that each is looked up once and its rows are read ahead.
    var bySegment: [StoredName: [Int]] = [:]
    for place in changes.indices {
      bySegment[StoredName(changes[place].membership.segment), default: []].append(place)
    }
    for (name, places) in bySegment {
      memberOrder[name]?.invalidate()
      // Taken out and put back, so that it is not copied.
      var members = tables.segments.removeValue(forKey: name) ?? KeyedRows()
      warmth &+= members.warm(places.map { changes[$0].membership.rowHash })
      for place in places {
        if changes[place].isEntry {
          members.put(changes[place].membership)
        } else {
          members.remove(changes[place].membership.person)
        }
      }
      tables.segments[name] = members
    }
  }
}

extension [Change<StateRecord>] {
  /// The places of changes of one kind that stand side by side.
  fileprivate var runsOfOneKind: [Range<Int>] {
    var runs: [Range<Int>] = []
    var start = 0
    for place in indices.dropFirst() where !self[place].record.isSameKind(as: self[start].record) {
      runs.append(start..<place)
      start = place
    }
    if !isEmpty { runs.append(start..<count) }
    return runs
  }
}
