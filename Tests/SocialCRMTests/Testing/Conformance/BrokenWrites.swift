import Foundation
import SCRMTesting

// Stores that break a law of writing, each in one way.

struct DropsTheLastRow: BrokenStore {
  let base: InMemoryStore
  func commit(_ changes: ChangeSet) async throws -> CommitReceipt {
    var rest = changes
    if rest.memberships.count > 1 { rest.memberships.removeLast() }
    return try await base.commit(rest)
  }
}

/// Writes the memberships before it looks at the rest.
struct NotAtomic: BrokenStore {
  let base: InMemoryStore
  func commit(_ changes: ChangeSet) async throws -> CommitReceipt {
    do { return try await base.commit(changes) } catch let error as StorageError where error.code != .keyReused {
      var part = ChangeSet(key: "part of " + changes.key, base: await base.head())
      part.memberships = changes.memberships
      _ = try await base.commit(part)
      throw error
    }
  }
}

/// Two transactions for one commit: half of the states with the log, and the rest once others have read.
struct NotIsolated: BrokenStore {
  actor Pages {
    private(set) var read = 0
    func add() { read += 1 }
  }

  let base: InMemoryStore
  let pages = Pages()

  func states(_ kind: StateKind, after key: StateKey?, limit: Int) async throws -> [StateRecord] {
    let page = await base.states(kind, after: key, limit: limit)
    await pages.add()
    return page
  }

  func commit(_ changes: ChangeSet) async throws -> CommitReceipt {
    if changes.entries.isEmpty { return try await base.commit(changes) }
    var half = changes
    half.states = Array(changes.states.prefix(changes.states.count / 2))
    half.memberships = []
    var rest = ChangeSet(key: "rest of " + changes.key, base: changes.head)
    rest.states = Array(changes.states.dropFirst(half.states.count))
    rest.memberships = changes.memberships
    let receipt = try await base.commit(half)
    // Each of those who read may have begun its page before.
    let enough = await pages.read + StoreConformance.Settings.quick.writers
    while await pages.read < enough, !Task.isCancelled { await Task.yield() }
    _ = try await base.commit(rest)
    return receipt
  }
}

struct IgnoresVersions: BrokenStore {
  let base: InMemoryStore
  func commit(_ changes: ChangeSet) async throws -> CommitReceipt {
    var forced = changes
    for index in forced.states.indices {
      let record = forced.states[index].record
      forced.states[index].replaces = await base.states(record.kind, [record.key])[0]?.version
    }
    return try await base.commit(forced)
  }
}

/// Renumbers entries instead of refusing a base that is not the end of the log.
struct IgnoresTheBase: BrokenStore {
  let base: InMemoryStore
  func commit(_ changes: ChangeSet) async throws -> CommitReceipt {
    do { return try await base.commit(changes) } catch let error as StorageError where error.code == .conflict {
      var moved = changes
      moved.base = await base.head()
      for index in moved.entries.indices {
        moved.entries[index].position = LogPosition(moved.base.rawValue + UInt64(index) + 1)
      }
      return try await base.commit(moved)
    }
  }
}

/// Proposes the actions of a repeated commit a second time.
struct AppliesTwiceOnRetry: BrokenStore {
  let base: InMemoryStore
  func commit(_ changes: ChangeSet) async throws -> CommitReceipt {
    let before = await base.head()
    let receipt = try await base.commit(changes)
    guard receipt.head <= before, !changes.actions.isEmpty else { return receipt }
    var again = ChangeSet(key: changes.key + " again", base: await base.head())
    again.actions = changes.actions.map {
      var action = $0
      action.id = ActionID(high: ~action.id.high, low: action.id.low)
      return action
    }
    _ = try? await base.commit(again)
    return receipt
  }
}

/// Forgets what a key stood for, and takes any body for the same.
struct IgnoresTheBodyOfAKey: BrokenStore {
  let base: InMemoryStore
  func commit(_ changes: ChangeSet) async throws -> CommitReceipt {
    do { return try await base.commit(changes) } catch let error as StorageError where error.code == .keyReused {
      return CommitReceipt(key: changes.key, head: await base.head())
    }
  }
}

/// Pretends that a cancelled commit went well.
struct SwallowsCancellation: BrokenStore {
  let base: InMemoryStore
  func commit(_ changes: ChangeSet) async throws -> CommitReceipt {
    do { return try await base.commit(changes) } catch is CancellationError {
      return CommitReceipt(key: changes.key, head: changes.head)
    }
  }
}

/// Answers a cancelled read with nothing.
struct AnswersNothingWhenCancelled: BrokenStore {
  let base: InMemoryStore
  func people(after id: PersonID?, limit: Int) async throws -> [PersonRecord] {
    Task.isCancelled ? [] : await base.people(after: id, limit: limit)
  }
}

/// Makes a write durable only with the next one.
actor AcknowledgesBeforeCommit: BrokenStore {
  let base: InMemoryStore
  private var durable: [UInt8]?

  init(base: InMemoryStore) { self.base = base }

  func commit(_ changes: ChangeSet) async throws -> CommitReceipt {
    durable = await base.snapshot()
    return try await base.commit(changes)
  }

  /// What is there after a restart.
  func reopened() async throws -> AcknowledgesBeforeCommit {
    if let durable { return AcknowledgesBeforeCommit(base: try InMemoryStore(snapshot: durable)) }
    return AcknowledgesBeforeCommit(base: try InMemoryStore(snapshot: await base.snapshot()))
  }
}

/// Fails where it is told to; then the rows before stay, unless it is `sound`.
actor StopsHalfway: BrokenStore {
  struct Fault: Error {}
  let base: InMemoryStore
  private let isSound: Bool
  private var rows: Int?

  init(base: InMemoryStore, isSound: Bool) {
    self.base = base
    self.isSound = isSound
  }

  func failNextCommit(afterRows rows: Int) { self.rows = rows }

  func commit(_ changes: ChangeSet) async throws -> CommitReceipt {
    guard let rows else { return try await base.commit(changes) }
    self.rows = nil
    if !isSound, rows > changes.entries.count {
      var part = ChangeSet(key: changes.key + " part", base: changes.base)
      part.ties = Array(changes.ties.prefix(rows))
      _ = try await base.commit(part)
    }
    throw Fault()
  }
}
