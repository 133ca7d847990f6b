import SocialCRM

/// Reads pages to the end.
///
/// Fails when a page is longer than its limit or brings a row again, so that a scan that does not advance ends.
func everyPage<Row, Cursor: Hashable>(
  _ what: String, of limit: Int, cursor: (Row) -> Cursor, _ next: (Cursor?) async throws -> [Row]
) async throws -> [Row] {
  var rows: [Row] = []
  var seen = Set<Cursor>()
  var last: Cursor?
  while true {
    let page = try await next(last)
    try require(page.count <= limit, "\(what): a page of \(page.count) rows for a limit of \(limit)")
    for row in page {
      try require(seen.insert(cursor(row)).inserted, "\(what): row \(rows.count) of the scan was there before")
      rows.append(row)
    }
    guard page.count == limit, let final = page.last else { return rows }
    last = cursor(final)
  }
}

extension SCRMStore {
  /// The log, page by page.
  func everyEntry(_ limit: Int = 100) async throws -> [LogEntry] {
    try await everyPage("log", of: limit, cursor: \.position) { try await log(after: $0 ?? .start, limit: limit) }
  }

  /// The people, page by page.
  func everyPerson(_ limit: Int = 100) async throws -> [PersonRecord] {
    try await everyPage("people", of: limit, cursor: \.id) { try await people(after: $0, limit: limit) }
  }

  /// The ties, page by page.
  func everyTie(_ limit: Int = 100) async throws -> [TieRecord] {
    try await everyPage("ties", of: limit, cursor: \.key) { try await ties(after: $0, limit: limit) }
  }

  /// The states of a kind, page by page.
  func everyState(_ kind: StateKind, _ limit: Int = 100) async throws -> [StateRecord] {
    try await everyPage("states", of: limit, cursor: \.key) { try await states(kind, after: $0, limit: limit) }
  }

  /// The due states of a kind, page by page.
  func everyDueState(_ kind: StateKind, through time: Instant, _ limit: Int = 100) async throws -> [StateRecord] {
    try await everyPage("due states", of: limit, cursor: { StateDue(due: $0.due ?? .distantFuture, key: $0.key) }) {
      try await dueStates(kind, through: time, after: $0, limit: limit)
    }
  }

  /// The members of a segment, page by page.
  func everyMember(of segment: String, _ limit: Int = 100) async throws -> [Membership] {
    try await everyPage("members", of: limit, cursor: \.person) {
      try await members(of: segment, after: $0, limit: limit)
    }
  }

  /// The outbox, page by page.
  func everyAction(_ limit: Int = 100) async throws -> [OutboxItem] {
    try await everyPage("actions", of: limit, cursor: \.action.id) { try await actions(after: $0, limit: limit) }
  }

  /// The merges, page by page; a page may be longer than its limit, since it never ends within a position.
  func everyMerge(_ limit: Int = 100) async throws -> [MergeRecord] {
    var rows: [MergeRecord] = []
    var last = LogPosition.start
    while true {
      let page = try await merges(after: last, limit: limit)
      rows += page
      guard page.count >= limit, let final = page.last else { return rows }
      try require(final.position > last, "merges: a page does not advance beyond position \(last)")
      last = final.position
    }
  }
}
