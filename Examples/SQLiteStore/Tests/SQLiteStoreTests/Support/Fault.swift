import GRDB
import Synchronization

@testable import SQLiteStore

/// Lets one write fail after a number of rows: a trigger on every table counts the rows and asks whether to fail.
final class Fault: Sendable {
  struct Failure: Error {}

  // The rows that may still be written; negative when nothing is to fail.
  private let remaining = Atomic(-1)

  /// Puts the triggers on the writing connection of a database.
  init(in database: SQLiteDatabase) async throws {
    try await database.exclusively { [self] db in
      let function = DatabaseFunction("next_row", argumentCount: 0) { [self] _ in
        if remaining.load(ordering: .relaxed) < 0 { return 0 }
        let left = remaining.wrappingSubtract(1, ordering: .relaxed).newValue
        if left < 0 { throw Failure() }
        return 0
      }
      db.add(function: function)
      let tables = ["log", "identity", "person", "tie", "state", "merge", "membership", "outbox", "receipt"]
      for table in tables {
        for operation in ["INSERT", "UPDATE", "DELETE"] {
          try db.execute(
            sql: """
              CREATE TEMP TRIGGER fault_\(table)_\(operation) BEFORE \(operation) ON main.\(table)
              BEGIN SELECT next_row(); END
              """)
        }
      }
    }
  }

  /// Lets the write after the next `rows` rows fail.
  func arm(afterRows rows: Int) { remaining.store(rows, ordering: .relaxed) }
}
