import SocialCRM

/// Everything that can be read from a store under known keys, as rows of bytes, so that two stores can be compared.
struct StoreView: Sendable {
  /// The rows of each table, in the order in which the store gave them.
  private(set) var tables: [(name: String, rows: [[UInt8]])] = []

  /// Reads a store by pages and by keys.
  ///
  /// - Parameter now: when actions are looked at that expire. Stores may find out at any later claim that an action has
  ///   expired, so that from then on it does not matter whether it waits, was cancelled or is dead.
  init(_ store: any SCRMStore, _ known: KnownKeys, page limit: Int = 100, now: Instant? = nil) async throws {
    add("head", [Array("\(try await store.head())".utf8)])
    add("log", try await store.everyEntry(limit).map(\.jsonBytes))
    let events = known.events.sorted()
    let entries = try await store.entries(for: events)
    add("entries by key", try aligned("entries", events.count, entries.map { $0?.jsonBytes }))
    let keys = known.identities.sorted()
    let identities = try await store.identities(for: keys)
    add("identities", try aligned("identities", keys.count, identities.map { $0?.jsonBytes }))
    add("people", try await store.everyPerson(limit).map(\.jsonBytes))
    let ids = known.people.sorted()
    add("people by id", try aligned("people", ids.count, try await store.people(ids).map { $0?.jsonBytes }))
    add("merges", try await store.everyMerge(limit).map(Self.bytes))
    add("ties", try await store.everyTie(limit).map(\.jsonBytes))
    let ends = known.ties.sorted()
    add("ties by key", try aligned("ties", ends.count, try await store.ties(ends).map { $0?.jsonBytes }))
    try await readStates(store, known, limit)
    for segment in known.segments.sorted() {
      let members = try await store.everyMember(of: segment.rawValue, limit)
      add("members of \(segment)", members.map(Self.bytes))
    }
    let memberships = try await store.memberships(of: ids)
    try require(memberships.count == ids.count, "memberships: \(memberships.count) answers for \(ids.count) people")
    add("memberships", memberships.map { $0.flatMap(Self.bytes) })
    add("outbox", try await store.everyAction(limit).map { Self.bytes($0, at: now) })
    let actions = known.actions.sorted()
    let items = try await store.actions(actions)
    add("actions by id", try aligned("actions", actions.count, items.map { $0.map { Self.bytes($0, at: now) } }))
  }

  private mutating func readStates(_ store: any SCRMStore, _ known: KnownKeys, _ limit: Int) async throws {
    for kind in known.kinds {
      add("states \(kind)", try await store.everyState(kind, limit).map(Self.bytes))
      let keys = (known.states[kind] ?? []).sorted()
      let states = try await store.states(kind, keys)
      add("states \(kind) by key", try aligned("states", keys.count, states.map { $0.map(Self.bytes) }))
      let due = try await store.everyDueState(kind, through: .distantFuture, limit)
      add("due states \(kind)", due.map(Self.bytes))
    }
  }

  private mutating func add(_ name: String, _ rows: [[UInt8]]) { tables.append((name, rows)) }

  private func aligned(_ what: String, _ count: Int, _ rows: [[UInt8]?]) throws -> [[UInt8]] {
    try require(rows.count == count, "\(what): \(rows.count) answers for \(count) keys")
    return rows.map { $0 ?? Array("nothing".utf8) }
  }

  // A due time and the time of a membership are points in time; in which offset they were written does not matter.
  private static func bytes(_ state: StateRecord) -> [UInt8] {
    var record = state
    record.due = state.due?.inUTC
    return record.jsonBytes
  }

  private static func bytes(_ membership: Membership) -> [UInt8] {
    var record = membership
    record.since = membership.since.inUTC
    return record.jsonBytes
  }

  private static func bytes(_ merge: MergeRecord) -> [UInt8] {
    var record = merge
    record.time = merge.time.inUTC
    return Array("\(record)".utf8)
  }

  private static func bytes(_ item: OutboxItem, at now: Instant?) -> [UInt8] {
    var status = "\(item.status)"
    if let now, let expires = item.action.expires, expires <= now {
      switch item.status {
      case .pending, .cancelled: status = "over"
      case .dead(let reason) where !reason.hasPrefix("kit: "): status = "over"
      default: break
      }
    }
    // Of fences it is only said that they grow.
    let fence = item.fence > 0 ? "fenced" : "never claimed"
    let reason = item.retryReason ?? "never given back"
    return item.action.jsonBytes + Array(" \(status) after \(item.attempts), \(fence), \(reason)".utf8)
  }

  /// The first difference, in words; `nil` when both are the same.
  func difference(from expected: StoreView, except names: Set<String> = []) -> String? {
    for (found, wanted) in zip(tables, expected.tables) where !names.contains(found.name) {
      for index in 0..<max(found.rows.count, wanted.rows.count) {
        let left = index < found.rows.count ? found.rows[index] : nil
        let right = index < wanted.rows.count ? wanted.rows[index] : nil
        if left == right { continue }
        return "\(found.name), row \(index): found \(Self.text(left)), expected \(Self.text(right))"
      }
    }
    return nil
  }

  private static func text(_ row: [UInt8]?) -> String {
    row.map { brief(String(decoding: $0, as: UTF8.self)) } ?? "no row"
  }
}

/// Fails unless a store reads the same as another one, page size by page size.
func requireSameContent(
  _ store: any SCRMStore, as reference: any SCRMStore, _ known: KnownKeys, _ what: String, pages: [Int] = [100]
) async throws {
  let expected = try await StoreView(reference, known)
  for page in pages {
    if let difference = try await StoreView(store, known, page: page).difference(from: expected) {
      throw LawFailure("\(what): \(difference)")
    }
  }
}

/// Fails unless a store reads as it did before.
func requireUnchanged(
  _ store: any SCRMStore, since view: StoreView, _ known: KnownKeys, _ what: String
) async throws {
  if let difference = try await StoreView(store, known).difference(from: view) {
    throw LawFailure("\(what) changed the store: \(difference)")
  }
}
