/// What a trial found.
public struct TrialResult: Sendable, Hashable, CustomStringConvertible {
  /// How often a writer was killed.
  public var kills = 0
  /// Batches that were acknowledged and are not in the store.
  public var lost = 0
  /// Batches of which a part is in the store.
  public var torn = 0
  /// Rows that are in the store more than once, or that no batch explains.
  public var doubled = 0
  /// What SQLite's check of the file found.
  public var integrityErrors = 0
  /// Batches that were acknowledged.
  public var acknowledged = 0
  /// Batches that were in the store without having been acknowledged: their writer was killed in between.
  public var unacknowledged = 0
  /// Writers that ended by themselves, with what they wrote to standard error.
  public var failures: [String] = []

  /// Whether nothing was wrong.
  public var isSound: Bool { lost == 0 && torn == 0 && doubled == 0 && integrityErrors == 0 && failures.isEmpty }

  /// `kills 200 lost 0 torn 0 doubled 0`.
  public var description: String { "kills \(kills) lost \(lost) torn \(torn) doubled \(doubled)" }
}
