/// One thing the storage contract demands, and how to find out whether a store does it.
///
/// Its name stays the same between versions, so that a host can leave one out or run it alone.
public struct StoreLaw: Sendable, CustomStringConvertible {
  /// The name, such as `commit.repeated-key`: the subject and the case.
  public let name: String
  /// What the law says, in one sentence.
  public let summary: String
  let needs: [StoreCapabilities.Need]
  let check: @Sendable (LawRun) async throws -> Void

  init(
    _ name: String, _ summary: String, needs: [StoreCapabilities.Need] = [],
    check: @escaping @Sendable (LawRun) async throws -> Void
  ) {
    self.name = name
    self.summary = summary
    self.needs = needs
    self.check = check
  }

  /// The name.
  public var description: String { name }

  /// Every law, by subject.
  public static let all: [StoreLaw] =
    emptyStore + log + pages + identities + people + merges + ties + states + dueStates + memberships + commits
    + refusedCommits + versions + atomicity + batches + outbox + claims + erasure + erasedTraces + exports + compaction
    + concurrency + pagingWhileWriting + cancellation + reopening + workspaces
}
