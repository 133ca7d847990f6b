/// What becomes of other partial matches when one is complete (Flink CEP's after-match skip strategies).
///
/// Partial matches that began before the match always go on.
package enum PatternSkip: Sendable, Hashable {
  /// All go on.
  case noSkip
  /// Those that began with the same event are dropped.
  case skipToNext
  /// Those that began with any event from the match's first to its last are dropped.
  case skipPastLastEvent
  /// Those that began before the first event of the step are dropped; all go on when the match has none.
  case skipToFirst(String)
  /// Those that began before the last event of the step are dropped; all go on when the match has none.
  case skipToLast(String)
}
