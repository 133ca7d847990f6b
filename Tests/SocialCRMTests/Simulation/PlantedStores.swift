import SCRMTesting

extension ChangeSet {
  /// The same changes on another base, whatever the records were when they were decided.
  fileprivate func forced(onto base: LogPosition, of store: any SCRMStore) async throws -> ChangeSet {
    var forced = self
    forced.key += "-forced-\(base)"
    forced.base = base
    for index in entries.indices {
      forced.entries[index].position = LogPosition(base.rawValue + UInt64(index) + 1)
    }
    for (index, known) in try await store.identities(for: identities.map(\.record.key)).enumerated() {
      forced.identities[index].replaces = known?.version
    }
    for (index, known) in try await store.people(people.map(\.record.id)).enumerated() {
      forced.people[index].replaces = known?.version
    }
    for (index, known) in try await store.ties(ties.map(\.record.key)).enumerated() {
      forced.ties[index].replaces = known?.version
    }
    forced.states = []
    for change in states {
      let known = try await store.states(change.record.kind, [change.record.key])[0]
      if known == nil, change.isRemoval { continue }
      forced.states.append(Change(change.record, replaces: known?.version, isRemoval: change.isRemoval))
    }
    return forced
  }

  /// The same changes, as if none of the interactions and actions were known.
  fileprivate func renamed(_ suffix: String) -> ChangeSet {
    var renamed = self
    for index in entries.indices {
      guard case .interaction(var interaction, let mode) = entries[index].body else { continue }
      interaction.key = EventKey(interaction.key.source, interaction.key.id + suffix)
      renamed.entries[index].body = .interaction(interaction, mode)
    }
    for index in actions.indices {
      renamed.actions[index].id = ActionID(high: ~actions[index].id.high, low: base.rawValue)
    }
    return renamed
  }
}

/// Does not recognise what it has stored, so everything that comes again is new.
struct ForgetsKnownKeys: StoreWrapper {
  let wrapped: any SCRMStore

  func entries(for keys: [EventKey]) async throws -> [LogEntry?] {
    _ = try await wrapped.entries(for: keys)
    return keys.map { _ in nil }
  }

  func commit(_ changes: ChangeSet) async throws -> CommitReceipt {
    do { return try await wrapped.commit(changes) } catch let error as StorageError where error.code == .duplicateEvent
    {
      return try await wrapped.commit(changes.renamed("#\(changes.base)"))
    }
  }
}

/// Writes over what others have written since: a lost update.
struct ForcesCommits: StoreWrapper {
  let wrapped: any SCRMStore

  func commit(_ changes: ChangeSet) async throws -> CommitReceipt {
    do { return try await wrapped.commit(changes) } catch let error as StorageError where error.code == .conflict {
      let head = try await wrapped.head()
      return try await wrapped.commit(try await changes.forced(onto: head, of: wrapped))
    }
  }
}

/// Sends a commit again under another key when the connection failed.
struct AppliesAgain: StoreWrapper {
  let wrapped: any SCRMStore

  func commit(_ changes: ChangeSet) async throws -> CommitReceipt {
    do { return try await wrapped.commit(changes) } catch is StoreOutage {
      let head = try await wrapped.head()
      if head == changes.base { return try await wrapped.commit(changes) }
      return try await wrapped.commit(try await changes.forced(onto: head, of: wrapped).renamed("#\(head)"))
    }
  }
}

/// Keeps the state of rules in the process, as it was when it was read or written here.
struct CachesRuleState: StoreWrapper {
  let wrapped: any SCRMStore
  private let cache = Cache()

  init(wrapped: any SCRMStore) { self.wrapped = wrapped }

  actor Cache {
    private var records: [StateKey: StateRecord] = [:]

    func known(_ keys: [StateKey], _ found: [StateRecord?]) -> [StateRecord?] {
      zip(keys, found).map { key, found in
        if let known = records[key] { return known }
        records[key] = found
        return found
      }
    }

    func put(_ changes: [Change<StateRecord>]) {
      for change in changes where change.record.kind == "rules" {
        records[change.record.key] = change.isRemoval ? nil : change.record
      }
    }
  }

  func states(_ kind: StateKind, _ keys: [StateKey]) async throws -> [StateRecord?] {
    let found = try await wrapped.states(kind, keys)
    return kind == "rules" ? await cache.known(keys, found) : found
  }

  func commit(_ changes: ChangeSet) async throws -> CommitReceipt {
    var changes = changes
    for (index, change) in changes.states.enumerated() where change.record.kind == "rules" {
      changes.states[index].replaces = try await wrapped.states("rules", [change.record.key])[0]?.version
    }
    let receipt = try await wrapped.commit(changes)
    await cache.put(changes.states)
    return receipt
  }
}

/// Does not write that an action must not be carried out any more.
struct ForgetsCancellations: StoreWrapper {
  let wrapped: any SCRMStore

  func commit(_ changes: ChangeSet) async throws -> CommitReceipt {
    var changes = changes
    changes.cancellations = []
    return try await wrapped.commit(changes)
  }
}

/// Writes the state of people first and what led to it afterwards.
struct WritesStateFirst: StoreWrapper {
  let wrapped: any SCRMStore

  func commit(_ changes: ChangeSet) async throws -> CommitReceipt {
    if changes.entries.isEmpty { return try await wrapped.commit(changes) }
    var first = ChangeSet(key: changes.key + "-state", base: changes.base)
    first.states = changes.states.filter { $0.record.kind == "activity" }
    _ = try await wrapped.commit(first)
    var second = changes
    second.states.removeAll { $0.record.kind == "activity" }
    return try await wrapped.commit(second)
  }
}

/// Says that a commit is done and carries it out before the next call.
struct AnswersEarly: StoreWrapper {
  let wrapped: any SCRMStore
  private let queue = Queue()

  init(wrapped: any SCRMStore) { self.wrapped = wrapped }

  actor Queue {
    private var waiting: ChangeSet?
    func put(_ changes: ChangeSet) { waiting = changes }
    func take() -> ChangeSet? {
      defer { waiting = nil }
      return waiting
    }
  }

  func perform<Answer: Sendable>(_ call: StoreCall, _ body: () async throws -> Answer) async throws -> Answer {
    if let changes = await queue.take() { _ = try? await wrapped.commit(changes) }
    return try await body()
  }

  func commit(_ changes: ChangeSet) async throws -> CommitReceipt {
    if let changes = await queue.take() { _ = try? await wrapped.commit(changes) }
    await queue.put(changes)
    return CommitReceipt(key: changes.key, head: changes.head)
  }
}

/// Reads the first page of those who are due and no other.
struct ReadsOnePage: StoreWrapper {
  let wrapped: any SCRMStore

  func dueStates(
    _ kind: StateKind, through time: Instant, after last: StateDue?, limit: Int
  ) async throws -> [StateRecord] {
    if last != nil { return [] }
    return try await wrapped.dueStates(kind, through: time, after: last, limit: limit)
  }
}

/// Lets a worker settle an action that another one holds by now.
struct IgnoresFences: StoreWrapper {
  let wrapped: any SCRMStore

  func acknowledge(_ claim: ActionClaim) async throws {
    do { try await wrapped.acknowledge(claim) } catch let error as StorageError where error.code == .claimLost {
      guard let item = try await wrapped.actions([claim.action.id])[0] else { throw error }
      try await wrapped.acknowledge(
        ActionClaim(
          action: claim.action, worker: claim.worker, fence: item.fence, until: claim.until, attempt: claim.attempt))
    }
  }
}

/// Hands actions out for no time.
struct HandsOutHeldActions: StoreWrapper {
  let wrapped: any SCRMStore

  func claim(limit: Int, worker: String, at now: Instant, lease: Duration) async throws -> [ActionClaim] {
    try await wrapped.claim(limit: limit, worker: worker, at: now, lease: .zero)
  }
}
