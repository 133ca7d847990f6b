/// A pattern of `matches`, compiled once.
struct RegularExpressionPattern: Sendable {
  init(_ pattern: String) throws(ValueError) {
    throw ValueError(.unknownFunction, "patterns are not available")
  }

  func matches(_ text: String) -> Bool { false }
}
