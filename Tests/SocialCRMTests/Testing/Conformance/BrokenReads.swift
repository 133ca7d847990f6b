import Foundation
import SCRMTesting

// Stores that break a law of reading or of keys, each in one way.

struct FoldsCase: BrokenStore {
  let base: InMemoryStore
  func identities(for keys: [IdentifierKey]) async throws -> [IdentityRecord?] {
    await base.identities(for: keys.map(Self.folded))
  }
  func commit(_ changes: ChangeSet) async throws -> CommitReceipt {
    var folded = changes
    var seen = Set<IdentifierKey>()
    folded.identities = []
    for var change in changes.identities where seen.insert(Self.folded(change.record.key)).inserted {
      change.record.key = Self.folded(change.record.key)
      folded.identities.append(change)
    }
    return try await base.commit(folded)
  }
  private static func folded(_ key: IdentifierKey) -> IdentifierKey {
    IdentifierKey(key.namespace, key: key.key.lowercased())
  }
}

/// Looks event keys up in normal form C, as a database with a Unicode collation does.
struct NormalisesIDs: BrokenStore {
  let base: InMemoryStore
  func entries(for keys: [EventKey]) async throws -> [LogEntry?] {
    let all = await base.log(after: .start, limit: .max)
    return keys.map { key in
      all.first { entry in
        guard case .interaction(let interaction, _) = entry.body else { return false }
        return interaction.key.source == key.source && interaction.key.id == key.id
      }
    }
  }
}

/// Orders ids as signed numbers.
struct Reorders: BrokenStore {
  let base: InMemoryStore
  func people(after id: PersonID?, limit: Int) async throws -> [PersonRecord] {
    func isBefore(_ left: PersonID, _ right: PersonID) -> Bool {
      let (l, r) = (Int64(bitPattern: left.high), Int64(bitPattern: right.high))
      return l != r ? l < r : left.low < right.low
    }
    let all = await base.people(after: nil, limit: .max).sorted { isBefore($0.id, $1.id) }
    return Array(all.drop { row in id.map { !isBefore($0, row.id) } ?? false }.prefix(max(limit, 0)))
  }
}

/// Orders segments as Swift orders texts.
struct OrdersByLanguage: BrokenStore {
  let base: InMemoryStore
  func memberships(of people: [PersonID]) async throws -> [[Membership]] {
    await base.memberships(of: people).map { $0.sorted { $0.segment.lowercased() < $1.segment.lowercased() } }
  }
}

/// Pages by counting rows.
actor SkipsRowsOnConcurrentChange: BrokenStore {
  let base: InMemoryStore
  private var offsets: [PersonID: Int] = [:]

  init(base: InMemoryStore) { self.base = base }

  func people(after id: PersonID?, limit: Int) async throws -> [PersonRecord] {
    let start = id.map { offsets[$0] ?? 0 } ?? 0
    let page = Array(await base.people(after: nil, limit: .max).dropFirst(start).prefix(max(limit, 0)))
    if let last = page.last { offsets[last.id] = start + page.count }
    return page
  }
}

/// Gives at most three rows a page.
struct GivesShortPages: BrokenStore {
  let base: InMemoryStore
  func log(after position: LogPosition, limit: Int) async throws -> [LogEntry] {
    await base.log(after: position, limit: min(limit, 3))
  }
}

/// Takes a negative limit for none, as SQL does.
struct TakesMinusOneForAll: BrokenStore {
  let base: InMemoryStore
  func ties(after key: TieKey?, limit: Int) async throws -> [TieRecord] {
    await base.ties(after: key, limit: limit < 0 ? .max : limit)
  }
}

/// Ends a page of merges within a position.
struct CutsMerges: BrokenStore {
  let base: InMemoryStore
  func merges(after position: LogPosition, limit: Int) async throws -> [MergeRecord] {
    Array(await base.merges(after: position, limit: limit).prefix(max(limit, 0)))
  }
}

/// Keeps due times to the second.
struct CutsTimes: BrokenStore {
  let base: InMemoryStore
  func commit(_ changes: ChangeSet) async throws -> CommitReceipt {
    var cut = changes
    for index in cut.states.indices {
      guard let due = cut.states[index].record.due else { continue }
      cut.states[index].record.due = due.advanced(by: .nanoseconds(-Int64(due.nanoseconds)))
    }
    return try await base.commit(cut)
  }
}

/// Cuts names at NUL, as a text column does.
struct CutsAtNUL: BrokenStore {
  let base: InMemoryStore
  func states(_ kind: StateKind, _ keys: [StateKey]) async throws -> [StateRecord?] {
    await base.states(
      kind,
      keys.map { key in
        guard case .name(let name) = key else { return key }
        return .name(String(name.unicodeScalars.prefix { $0 != "\0" }.map(Character.init)))
      })
  }
}

/// Reads a cached head for a while.
actor ReadsAnOldHead: BrokenStore {
  let base: InMemoryStore
  private var cached: LogPosition?

  init(base: InMemoryStore) { self.base = base }

  func head() async throws -> LogPosition {
    let present = await base.head()
    let known = cached ?? present
    cached = known
    return known
  }

  func commit(_ changes: ChangeSet) async throws -> CommitReceipt {
    let receipt = try await base.commit(changes)
    cached = receipt.head
    return receipt
  }
}
