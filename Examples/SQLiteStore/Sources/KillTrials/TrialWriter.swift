import Foundation
import SQLiteStore
import SocialCRM

/// The process that is killed: commits batches and writes the number of each to standard output once it is acknowledged.
public struct TrialWriter: Sendable {
  /// How a writer may be wrong, to see that the trial finds it.
  ///
  /// From its second batch on it lingers where it is wrong, so that it is most likely killed there.
  public enum Mistake: String, Sendable, CaseIterable {
    /// It says that a batch is committed before it commits it.
    case acknowledgesEarly
    /// It commits a batch in two parts.
    case splitsBatches
  }

  private let path: String
  private let first: Int
  private let mistake: Mistake?

  /// Creates a writer.
  /// - Parameters:
  ///   - path: the path of the database file.
  ///   - first: the number of the first batch; it may be in the store already, if the last writer was killed between
  ///     its commit and its acknowledgement.
  ///   - mistake: what the writer does wrong.
  public init(path: String, first: Int, mistake: Mistake? = nil) {
    self.path = path
    self.first = first
    self.mistake = mistake
  }

  /// Commits until it is killed.
  /// - Throws: what the store throws; a batch that does not get the receipt it must get.
  public func run() async throws {
    let store = try await SQLiteStore(path: path, workspace: "trial")
    var base = TrialBatch.head(after: first - 1)
    var number = first
    while true {
      let changes = TrialBatch(number: number).changes(on: base)
      if mistake == .acknowledgesEarly {
        try acknowledge(number)
        try await linger(at: number)
      }
      if mistake == .splitsBatches {
        try await commitHalves(of: changes, to: store) { try await linger(at: number) }
      } else {
        let receipt = try await store.commit(changes)
        guard receipt == CommitReceipt(key: changes.key, head: changes.head) else {
          throw StorageError(.conflict, "batch \(number) got the receipt of another commit")
        }
      }
      if mistake != .acknowledgesEarly { try acknowledge(number) }
      base = changes.head
      number += 1
    }
  }

  private func acknowledge(_ number: Int) throws {
    try FileHandle.standardOutput.write(contentsOf: Data("\(number)\n".utf8))
  }

  private func linger(at number: Int) async throws {
    if number > first { try await Task.sleep(for: .seconds(60)) }
  }

  private func commitHalves(
    of changes: ChangeSet, to store: SQLiteStore, between: () async throws -> Void
  ) async throws {
    var (first, second) = (changes, changes)
    first.key += "-first"
    first.actions = []
    first.memberships = []
    second.base = changes.head
    second.entries = []
    second.identities = []
    second.people = []
    second.ties = []
    second.states = []
    _ = try await store.commit(first)
    try await between()
    _ = try await store.commit(second)
  }
}
