import DenseData
import SCRMExpressions

extension InMemoryStore {
  /// Erases people; see ``Upkeep``.
  ///
  /// O(log).
  public func erase(_ request: ErasureRequest) throws -> ErasureReceipt {
    try Task.checkCancellation()
    if let base = request.base, base != head() { throw StorageError(.conflict, "the log does not end at \(base)") }
    let accounts = Set(request.accounts)
    let people = Set(request.people)
    var receipt = ErasureReceipt()
    let events = eraseLog(accounts: accounts, people: people, receipt: &receipt)
    tables.erase(request, accounts: accounts, people: people, events: events, receipt: &receipt)
    var unused = ErasureReceipt()
    baseline.tables.erase(request, accounts: accounts, people: people, events: events, receipt: &unused)
    let kept = outbox.filter { !people.contains($0.action.person) }
    receipt.actions = outbox.count - kept.count
    outbox = kept
    outboxIndex = [:]
    for index in outbox.indices {
      outbox[index].action = events.renamed(outbox[index].action)
      outboxIndex[outbox[index].action.id] = index
    }
    invalidateOrders()
    if receipt != ErasureReceipt() { log.append(LogEntry(position: head().next, body: .erasure(receipt))) }
    return receipt
  }

  private func eraseLog(
    accounts: Set<AccountID>, people: Set<PersonID>, receipt: inout ErasureReceipt
  ) -> ErasedEvents {
    var erased = ErasedEvents()
    for index in log.indices {
      switch log[index].body {
      case .interaction(let interaction, let mode):
        if let actor = log[index].actor, accounts.contains(actor) {
          erased.insert(interaction.key)
          bury(index, interaction.key)
          receipt.interactions += 1
        } else if let addressee = log[index].addressee, accounts.contains(addressee) {
          var redacted = interaction
          redacted.target = interaction.target.map { Party([], role: $0.role) }
          redacted.raw = nil
          log[index].body = .interaction(redacted, mode)
          log[index].addressee = nil
          receipt.redactedInteractions += 1
        }
      case .tombstone(let tombstone) where log[index].actor.map(accounts.contains) ?? false:
        erased.insert(tombstone.key)
        bury(index, tombstone.key)
        receipt.interactions += 1
      case .tombstone(var tombstone) where log[index].addressee.map(accounts.contains) ?? false:
        // The digest was taken over the erased identifiers.
        tombstone.digest = ""
        log[index].body = .tombstone(tombstone)
        log[index].addressee = nil
        receipt.redactedInteractions += 1
      case .snapshot(let snapshot):
        let kept = snapshot.scores.filter { !people.contains($0.person) }
        guard kept.count < snapshot.scores.count else { continue }
        receipt.scores += snapshot.scores.count - kept.count
        log[index].body = .snapshot(PublishedSnapshot(name: snapshot.name, asOf: snapshot.asOf, scores: kept))
      default: continue
      }
    }
    guard !erased.names.isEmpty else { return erased }
    hasErasures = true
    for index in log.indices {
      guard case .interaction(let interaction, let mode) = log[index].body, let renamed = erased.renamed(interaction)
      else { continue }
      log[index].body = .interaction(renamed, mode)
    }
    return erased
  }

  private func bury(_ index: Int, _ key: EventKey) {
    let tombstone = Tombstone(key: EventKey(key.source, Tombstone.erasedID(key)), digest: "", reason: .erased)
    log[index] = LogEntry(position: log[index].position, body: .tombstone(tombstone))
    eventIndex.remove(key.indexHash, row: index)
    eventIndex.insert(tombstone.key.indexHash, row: index)
  }

  /// Replaces old content by tombstones and takes the present state as the baseline; see ``Upkeep``.
  ///
  /// O(log).
  public func compact(before time: Instant) throws -> Int {
    try Task.checkCancellation()
    var count = 0
    for index in log.indices {
      guard case .interaction(let interaction, _) = log[index].body, interaction.received < time else { continue }
      // Of an interaction whose target was erased, the content that is left says nothing about a repeated delivery.
      let isRedacted = interaction.target?.identifiers.isEmpty ?? false
      let tombstone = Tombstone(
        key: interaction.key, digest: isRedacted ? "" : interaction.contentDigest, reason: .compacted)
      log[index].body = .tombstone(tombstone)
      count += 1
    }
    baseline = (head(), tables)
    return count
  }

  /// Everything stored about people; see ``Upkeep``.
  ///
  /// O(log).
  public func export(_ request: ErasureRequest) -> PersonExport {
    let accounts = Set(request.accounts)
    let people = Set(request.people)
    let interactions = log.compactMap { entry -> Interaction? in
      guard case .interaction(let interaction, _) = entry.body, let actor = entry.actor, accounts.contains(actor)
      else { return nil }
      return interaction
    }
    var states: [StateRecord] = []
    for kind in tables.states.keys.sorted() {
      for person in people.sorted() {
        if let record = tables.states[kind]?.records[.person(person)] { states.append(record) }
      }
    }
    return PersonExport(
      people: people.sorted().compactMap { tables.people[$0] }, interactions: interactions,
      memberships: memberships(of: people.sorted()).flatMap { $0 },
      actions: outbox.filter { people.contains($0.action.person) }, states: states,
      ties: tables.ties.values.filter { accounts.contains($0.key.from) || accounts.contains($0.key.to) }
        .sorted { $0.key < $1.key })
  }

  /// A store that holds what a replay of this one starts from: the baseline and the log up to it.
  ///
  /// Replaying the rest of the log into it gives the state of this store.
  public func replayStart() -> InMemoryStore {
    let log = Array(log[..<min(log.count, Int(clamping: baseline.position.rawValue))])
    return InMemoryStore(workspace: workspace, log: log, tables: baseline.tables, baseline: baseline)
  }
}

extension StoreTables {
  fileprivate mutating func erase(
    _ request: ErasureRequest, accounts: Set<AccountID>, people: Set<PersonID>, events: ErasedEvents,
    receipt: inout ErasureReceipt
  ) {
    var keys = Set(request.keys)
    for record in identities.values where accounts.contains(record.account) || people.contains(record.person) {
      keys.insert(record.key)
    }
    for key in keys where identities.remove(key) != nil { receipt.identities += 1 }
    for person in people where self.people.remove(person) != nil { receipt.people += 1 }
    let kept = merges.filter { !people.contains($0.survivor) && !people.contains($0.absorbed) }
    receipt.merges += merges.count - kept.count
    merges = kept
    if !events.names.isEmpty {
      for index in merges.indices { merges[index].cause = events.name(merges[index].cause) }
      self.people = KeyedRows(self.people.values.map { events.renamed($0) })
    }
    for key in ties.values.map(\.key) where accounts.contains(key.from) || accounts.contains(key.to) {
      ties.remove(key)
      receipt.ties += 1
    }
    for kind in states.keys {
      var keys = people.map { StateKey.person($0) }
      keys.append(contentsOf: events.names.keys.map { .event($0) })
      for key in keys where states[kind]?.records.contains(key) ?? false {
        states[kind]?.remove(key)
        receipt.states += 1
      }
    }
    for segment in segments.keys {
      for person in people where segments[segment]?.remove(person) != nil { receipt.memberships += 1 }
    }
  }
}
