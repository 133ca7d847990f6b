import GRDB
import SocialCRM

extension OutboxTable {
  /// Hands out actions that wait or whose claim ran out, oldest decision first; those that expired are given up.
  static func claim(
    _ db: Database, _ workspace: Int64, limit: Int, worker: String, at now: Instant, lease: Duration
  ) throws -> [ActionClaim] {
    let until = now.advanced(by: lease)
    var claims: [ActionClaim] = []
    var last: Int64 = 0
    while claims.count < limit {
      let page = try claimable(db, workspace, after: last, at: now, limit: min(limit - claims.count, 1_000))
      guard let final = page.last else { break }
      last = final.place
      for candidate in page {
        if let expires = candidate.item.action.expires, expires <= now {
          try set(candidate, .dead, note: "expired at \(expires)", time: nil, db, workspace)
          continue
        }
        var item = candidate.item
        item.attempts &+= 1
        item.fence &+= 1
        try set(
          Candidate(place: candidate.place, item: item), .claimed, note: worker, time: until, db, workspace)
        claims.append(
          ActionClaim(action: item.action, worker: worker, fence: item.fence, until: until, attempt: item.attempts))
      }
    }
    return claims
  }

  /// Sets how a claimed action stands.
  /// - Throws: `StorageError` with `claimLost` when it is not held under the claim.
  static func settle(
    _ claim: ActionClaim, _ status: Status, note: String?, time: Instant?, retryReason: String?, _ db: Database,
    _ workspace: Int64
  ) throws {
    var update = try PreparedStatement(
      db,
      """
      UPDATE outbox SET status = ?, note = ?, seconds = ?, nanoseconds = ?, utc_offset = ?,
        retry_reason = coalesce(?, retry_reason)
      WHERE workspace = ? AND id = ? AND fence = ? AND status = \(Status.claimed.rawValue)
      """)
    update.add(status.rawValue)
    update.add(note)
    update.add(time)
    update.add(retryReason)
    update.add(workspace)
    update.add(claim.action.id)
    update.add(Int64(bitPattern: claim.fence))
    guard try update.run() == 1 else {
      throw StorageError(.claimLost, "the action is not held under this claim")
    }
  }

  private struct Candidate {
    var place: Int64
    var item: OutboxItem
  }

  private static func claimable(
    _ db: Database, _ workspace: Int64, after place: Int64, at now: Instant, limit: Int
  ) throws -> [Candidate] {
    var statement = try PreparedStatement(
      db,
      """
      SELECT t.place, \(columns) FROM outbox AS t INDEXED BY outbox_open
      WHERE workspace = ? AND place > ? AND status IN (1, 2)
        AND (status = 1 AND seconds IS NULL OR (seconds, nanoseconds) <= (?, ?))
      ORDER BY place LIMIT ?
      """)
    statement.add(workspace)
    statement.add(place)
    statement.add(moment: now)
    statement.add(limit)
    return try statement.all { Candidate(place: $0.int64(), item: try read(&$0)) }
  }

  private static func set(
    _ candidate: Candidate, _ status: Status, note: String, time: Instant?, _ db: Database, _ workspace: Int64
  ) throws {
    var update = try PreparedStatement(
      db,
      """
      UPDATE outbox SET status = ?, note = ?, seconds = ?, nanoseconds = ?, utc_offset = ?, attempts = ?, fence = ?
      WHERE workspace = ? AND place = ?
      """)
    update.add(status.rawValue)
    update.add(note)
    update.add(time)
    update.add(candidate.item.attempts)
    update.add(Int64(bitPattern: candidate.item.fence))
    update.add(workspace)
    update.add(candidate.place)
    try update.run()
  }
}
