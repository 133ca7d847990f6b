/// The flags that `(?imsU)` sets.
///
/// `U` swaps greedy and lazy, which whether a text matches does not depend on.
struct PatternFlags: Sendable {
  /// `i`: case does not matter.
  var ignoresCase = false
  /// `m`: `^` and `$` also match at the start and end of lines.
  var linewise = false
  /// `s`: `.` also matches a line feed.
  var dotMatchesLineFeed = false
}
