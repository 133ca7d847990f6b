/// A condition on a place between two characters of the text.
enum PatternAssertion: UInt8, Sendable {
  /// `\A`, and `^` without the flag `m`.
  case textStart
  /// `^` with the flag `m`.
  case lineStart
  /// `\z`, and `$` without the flag `m`.
  case textEnd
  /// `$` with the flag `m`.
  case lineEnd
  /// `\b`: between an ASCII word character and something else.
  case wordBoundary
  /// `\B`.
  case noWordBoundary

  /// Whether the next byte has a say in it.
  var looksAhead: Bool { self != .textStart && self != .lineStart }
}
