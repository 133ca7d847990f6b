import Foundation
import SCRMTesting

// Stores that break a law of the outbox, of erasure or of reopening, each in one way.

/// Lets any holder settle, whoever holds the action now.
struct LosesTheFence: BrokenStore {
  let base: InMemoryStore
  func acknowledge(_ claim: ActionClaim) async throws {
    let fence = await base.actions([claim.action.id])[0]?.fence ?? claim.fence
    try await base.acknowledge(
      ActionClaim(
        action: claim.action, worker: claim.worker, fence: fence, until: claim.until, attempt: claim.attempt))
  }
}

/// Gives every claim the same fence.
struct NeverRaisesTheFence: BrokenStore {
  let base: InMemoryStore
  func claim(limit: Int, worker: String, at now: Instant, lease: Duration) async throws -> [ActionClaim] {
    try await base.claim(limit: limit, worker: worker, at: now, lease: lease).map {
      ActionClaim(action: $0.action, worker: $0.worker, fence: 1, until: $0.until, attempt: $0.attempt)
    }
  }
}

/// Hands out what others hold.
struct IgnoresLeases: BrokenStore {
  let base: InMemoryStore
  func claim(limit: Int, worker: String, at now: Instant, lease: Duration) async throws -> [ActionClaim] {
    try await base.claim(limit: limit, worker: worker, at: now, lease: .zero)
  }
}

/// Does not keep why an action was given back.
struct ForgetsReasons: BrokenStore {
  let base: InMemoryStore
  func retry(_ claim: ActionClaim, at time: Instant, reason: String) async throws {
    try await base.retry(claim, at: time, reason: "")
  }
}

/// Puts the actions of the erased back.
struct ForgetsTheOutboxOnErasure: BrokenStore {
  let base: InMemoryStore
  func erase(_ request: ErasureRequest) async throws -> ErasureReceipt {
    let people = Set(request.people)
    let actions = try await base.actions(after: nil, limit: .max).map(\.action).filter { people.contains($0.person) }
    let receipt = try await base.erase(request)
    var back = ChangeSet(key: "back \(actions.map(\.id))", base: await base.head())
    back.actions = actions
    _ = try await base.commit(back)
    return receipt
  }
}

/// Lets what was decided before an erasure in after it.
actor CommitsOverErasures: BrokenStore {
  let base: InMemoryStore
  private var moved: [LogPosition: LogPosition] = [:]

  init(base: InMemoryStore) { self.base = base }

  func erase(_ request: ErasureRequest) async throws -> ErasureReceipt {
    let before = await base.head()
    let receipt = try await base.erase(request)
    moved[before] = await base.head()
    return receipt
  }

  func commit(_ changes: ChangeSet) async throws -> CommitReceipt {
    var changes = changes
    if let head = moved[changes.base] {
      changes.base = head
      for index in changes.entries.indices {
        changes.entries[index].position = LogPosition(head.rawValue + 1 + UInt64(index))
      }
    }
    return try await base.commit(changes)
  }
}

/// Erases by the keys named and forgets those of the accounts.
struct ErasesOnlyNamedKeys: BrokenStore {
  let base: InMemoryStore
  func erase(_ request: ErasureRequest) async throws -> ErasureReceipt {
    var part = request
    part.accounts = []
    return try await base.erase(part)
  }
}

/// Keeps a journal of everything it was ever given.
actor KeepsAJournal: BrokenStore {
  let base: InMemoryStore
  private(set) var journal: [UInt8] = []

  init(base: InMemoryStore) { self.base = base }

  func commit(_ changes: ChangeSet) async throws -> CommitReceipt {
    for entry in changes.entries { journal += entry.jsonBytes }
    return try await base.commit(changes)
  }

  func storedBytes() async -> [UInt8] { journal + (await base.snapshot()) }
}

/// A name on a store that others use, too.
struct LeaksAcrossWorkspaces: BrokenStore {
  let base: InMemoryStore
  let workspace: WorkspaceID
}

/// Passes everything on.
struct Honest: BrokenStore {
  let base: InMemoryStore
}
