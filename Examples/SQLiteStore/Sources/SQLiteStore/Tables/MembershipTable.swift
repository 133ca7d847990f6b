import GRDB
import SocialCRM

/// Who is in which segment.
enum MembershipTable {
  private static let columns = "t.segment, t.person, t.seconds, t.nanoseconds, t.utc_offset, t.version"

  /// Up to `limit` members of a segment in id order.
  static func page(
    _ db: Database, _ workspace: Int64, of segment: String, after person: PersonID?, limit: Int
  ) throws -> [Membership] {
    let isAfter = person == nil ? "" : " AND person > ?"
    var statement = try PreparedStatement(
      db,
      "SELECT \(columns) FROM membership AS t WHERE workspace = ? AND segment = ?\(isAfter) ORDER BY person LIMIT ?")
    statement.add(workspace)
    statement.add(segment)
    if let person { statement.add(person) }
    statement.add(max(limit, 0))
    return try statement.all(read)
  }

  /// All memberships in the order of segment and person.
  static func all(_ db: Database, _ workspace: Int64) throws -> [Membership] {
    var statement = try PreparedStatement(
      db, "SELECT \(columns) FROM membership AS t WHERE workspace = ? ORDER BY segment, person")
    statement.add(workspace)
    return try statement.all(read)
  }

  /// The memberships of each person, in the byte order of segments.
  static func memberships(_ db: Database, _ workspace: Int64, of people: [PersonID]) throws -> [[Membership]] {
    var found = [[Membership]](repeating: [], count: people.count)
    let many = ManyKeys(
      parts: ["person"],
      query: """
        SELECT wanted.n, \(columns) FROM wanted CROSS JOIN membership AS t INDEXED BY membership_person
        ON t.workspace = ? AND t.person = wanted.person ORDER BY wanted.n, t.segment
        """)
    try many.forEachMatch(db, people, bind: { $1.add($0) }, scope: { $0.add(workspace) }) { place, row in
      found[place].append(try read(&row))
    }
    return found
  }

  /// Lets people enter and leave, in the order given.
  static func apply(_ changes: [MembershipChange], _ db: Database, _ workspace: Int64) throws {
    if changes.isEmpty { return }
    var enter = try PreparedStatement(
      db,
      """
      INSERT OR REPLACE INTO membership (workspace, segment, person, seconds, nanoseconds, utc_offset, version)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """)
    var leave = try PreparedStatement(db, "DELETE FROM membership WHERE workspace = ? AND segment = ? AND person = ?")
    for change in changes {
      let membership = change.membership
      if change.isEntry {
        enter.add(workspace)
        enter.add(membership.segment)
        enter.add(membership.person)
        enter.add(membership.since)
        enter.add(membership.version)
        try enter.run()
      } else {
        leave.add(workspace)
        leave.add(membership.segment)
        leave.add(membership.person)
        try leave.run()
      }
    }
  }

  private static func read(_ row: inout ResultRow) throws -> Membership {
    Membership(segment: try row.text(), person: try row.id(), since: try row.time(), version: row.position())
  }
}
