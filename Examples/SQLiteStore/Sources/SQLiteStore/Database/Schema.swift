import GRDB
import SocialCRM

/// The tables of a database file and the steps that lead to them.
///
/// Every table has the number of the workspace as its first key column. What a compaction takes as its baseline is stored
/// in the same tables under the negative number.
enum Schema {
  /// What marks a file as one of this store: "SCRM".
  static let applicationID: Int64 = 0x5343_524D

  /// The tables that a compaction copies, with their columns but the workspace.
  static let baselineTables: [(name: String, columns: String)] = [
    ("identity", "kind, scope, value, account, person, version"),
    ("person", "id, record, version"),
    (
      "merge",
      """
      position, place, survivor, absorbed, accounts, cause_source, cause_id, evidence, seconds, nanoseconds, utc_offset
      """
    ),
    ("tie", "from_account, to_account, schema, state, version"),
    (
      "state",
      """
      kind, key_class, key_first, key_second, schema, due_seconds, due_nanoseconds, due_offset, state, version
      """
    ),
    ("membership", "segment, person, seconds, nanoseconds, utc_offset, version"),
  ]

  /// The steps; a released one is never changed, only followed by others.
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1", migrate: createFirst)
    return migrator
  }

  // Rows with large content keep it out of the tree of their keys (tables with row ids); small rows live in it.
  private static func createFirst(_ db: Database) throws {
    try db.execute(sql: "PRAGMA application_id = \(applicationID)")
    try db.execute(
      sql: """
        CREATE TABLE workspace (
          number INTEGER PRIMARY KEY AUTOINCREMENT, name BLOB NOT NULL UNIQUE, baseline INTEGER NOT NULL DEFAULT 0,
          has_erasures INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE upkeep (must_scrub INTEGER NOT NULL);
        INSERT INTO upkeep (must_scrub) VALUES (0);

        CREATE TABLE log (
          workspace INTEGER NOT NULL, position INTEGER NOT NULL, form INTEGER NOT NULL, source BLOB, event_id BLOB,
          actor BLOB, addressee BLOB, received_seconds INTEGER, received_nanoseconds INTEGER, entry BLOB NOT NULL,
          UNIQUE (workspace, position));
        CREATE UNIQUE INDEX log_event ON log (workspace, source, event_id) WHERE source IS NOT NULL;
        CREATE INDEX log_actor ON log (workspace, actor) WHERE actor IS NOT NULL;
        CREATE INDEX log_addressee ON log (workspace, addressee) WHERE addressee IS NOT NULL;
        CREATE INDEX log_snapshot ON log (workspace, position) WHERE form = 2;

        CREATE TABLE identity (
          workspace INTEGER NOT NULL, kind BLOB NOT NULL, scope BLOB NOT NULL, value BLOB NOT NULL,
          account BLOB NOT NULL, person BLOB NOT NULL, version INTEGER NOT NULL,
          PRIMARY KEY (workspace, kind, scope, value)) WITHOUT ROWID;

        CREATE TABLE person (
          workspace INTEGER NOT NULL, id BLOB NOT NULL, record BLOB NOT NULL, version INTEGER NOT NULL,
          PRIMARY KEY (workspace, id));

        CREATE TABLE merge (
          workspace INTEGER NOT NULL, position INTEGER NOT NULL, place INTEGER NOT NULL, survivor BLOB NOT NULL,
          absorbed BLOB NOT NULL, accounts BLOB NOT NULL, cause_source BLOB NOT NULL, cause_id BLOB NOT NULL,
          evidence BLOB NOT NULL, seconds INTEGER NOT NULL, nanoseconds INTEGER NOT NULL, utc_offset INTEGER,
          PRIMARY KEY (workspace, position, place)) WITHOUT ROWID;

        CREATE TABLE tie (
          workspace INTEGER NOT NULL, from_account BLOB NOT NULL, to_account BLOB NOT NULL, schema INTEGER NOT NULL,
          state BLOB NOT NULL, version INTEGER NOT NULL,
          PRIMARY KEY (workspace, from_account, to_account)) WITHOUT ROWID;
        CREATE INDEX tie_to ON tie (workspace, to_account);

        CREATE TABLE state (
          workspace INTEGER NOT NULL, kind BLOB NOT NULL, key_class INTEGER NOT NULL, key_first BLOB NOT NULL,
          key_second BLOB NOT NULL, schema INTEGER NOT NULL, due_seconds INTEGER, due_nanoseconds INTEGER,
          due_offset INTEGER, state BLOB NOT NULL, version INTEGER NOT NULL,
          PRIMARY KEY (workspace, kind, key_class, key_first, key_second));
        CREATE INDEX state_due ON state (
          workspace, kind, due_seconds, due_nanoseconds, key_class, key_first, key_second)
          WHERE due_seconds IS NOT NULL;

        CREATE TABLE membership (
          workspace INTEGER NOT NULL, segment BLOB NOT NULL, person BLOB NOT NULL, seconds INTEGER NOT NULL,
          nanoseconds INTEGER NOT NULL, utc_offset INTEGER, version INTEGER NOT NULL,
          PRIMARY KEY (workspace, segment, person)) WITHOUT ROWID;
        CREATE INDEX membership_person ON membership (workspace, person, segment);

        CREATE TABLE outbox (
          workspace INTEGER NOT NULL, place INTEGER NOT NULL, id BLOB NOT NULL, person BLOB NOT NULL,
          action BLOB NOT NULL, expires_seconds INTEGER, expires_nanoseconds INTEGER, status INTEGER NOT NULL,
          seconds INTEGER, nanoseconds INTEGER, utc_offset INTEGER, note BLOB, retry_reason BLOB,
          attempts INTEGER NOT NULL DEFAULT 0, fence INTEGER NOT NULL DEFAULT 0,
          PRIMARY KEY (workspace, place));
        CREATE UNIQUE INDEX outbox_id ON outbox (workspace, id);
        CREATE INDEX outbox_person ON outbox (workspace, person);
        CREATE INDEX outbox_open ON outbox (workspace, place) WHERE status IN (1, 2);

        CREATE TABLE receipt (
          workspace INTEGER NOT NULL, key BLOB NOT NULL, fingerprint INTEGER NOT NULL, head INTEGER NOT NULL,
          PRIMARY KEY (workspace, key)) WITHOUT ROWID;
        """)
  }
}
