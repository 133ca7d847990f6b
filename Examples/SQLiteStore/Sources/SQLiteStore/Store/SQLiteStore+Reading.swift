public import SocialCRM

// Reads: each is one snapshot of the database, on a connection of its own.
extension SQLiteStore {
  /// The end of the log.
  public func head() async throws -> LogPosition {
    try await database.read { [number] in try LogTable.head($0, number) }
  }

  /// The entries with these event keys.
  public func entries(for keys: [EventKey]) async throws -> [LogEntry?] {
    if keys.isEmpty { return [] }
    return try await database.read { [number] in try LogTable.entries($0, number, keys) }
  }

  /// Entries after a position.
  public func log(after position: LogPosition, limit: Int) async throws -> [LogEntry] {
    try await database.read { [number] in try LogTable.page($0, number, after: position, limit: limit) }
  }

  /// The identities with these keys.
  public func identities(for keys: [IdentifierKey]) async throws -> [IdentityRecord?] {
    if keys.isEmpty { return [] }
    return try await database.read { [number] in try IdentityTable.records($0, number, keys) }
  }

  /// The people with these ids.
  public func people(_ ids: [PersonID]) async throws -> [PersonRecord?] {
    if ids.isEmpty { return [] }
    return try await database.read { [number] in try PersonTable.records($0, number, ids) }
  }

  /// People in id order.
  public func people(after id: PersonID?, limit: Int) async throws -> [PersonRecord] {
    try await database.read { [number] in try PersonTable.page($0, number, after: id, limit: limit) }
  }

  /// Merges in the order of decision.
  public func merges(after position: LogPosition, limit: Int) async throws -> [MergeRecord] {
    try await database.read { [number] in try MergeTable.page($0, number, after: position, limit: limit) }
  }

  /// The ties with these keys.
  public func ties(_ keys: [TieKey]) async throws -> [TieRecord?] {
    if keys.isEmpty { return [] }
    return try await database.read { [number] in try TieTable.records($0, number, keys) }
  }

  /// Ties in key order.
  public func ties(after key: TieKey?, limit: Int) async throws -> [TieRecord] {
    try await database.read { [number] in try TieTable.page($0, number, after: key, limit: limit) }
  }

  /// The states of one kind with these keys.
  public func states(_ kind: StateKind, _ keys: [StateKey]) async throws -> [StateRecord?] {
    if keys.isEmpty { return [] }
    return try await database.read { [number] db in
      try StateTable.records(db, number, keys.map { StateTable.Place(kind: kind, key: $0) })
    }
  }

  /// States of one kind in key order.
  public func states(_ kind: StateKind, after key: StateKey?, limit: Int) async throws -> [StateRecord] {
    try await database.read { [number] in try StateTable.page($0, number, kind, after: key, limit: limit) }
  }

  /// States of one kind that are due, in the order of time and key.
  public func dueStates(
    _ kind: StateKind, through time: Instant, after last: StateDue?, limit: Int
  ) async throws -> [StateRecord] {
    try await database.read { [number] in
      try StateTable.due($0, number, kind, through: time, after: last, limit: limit)
    }
  }

  /// Members of a segment in id order.
  public func members(of segment: String, after person: PersonID?, limit: Int) async throws -> [Membership] {
    try await database.read { [number] in
      try MembershipTable.page($0, number, of: segment, after: person, limit: limit)
    }
  }

  /// The memberships of people, in the byte order of segments.
  public func memberships(of people: [PersonID]) async throws -> [[Membership]] {
    if people.isEmpty { return [] }
    return try await database.read { [number] in try MembershipTable.memberships($0, number, of: people) }
  }
}
