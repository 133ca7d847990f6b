/// Why a pattern is not a regular expression of the RE2 syntax, and where.
package struct RegularExpressionError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kind of problem; new codes may be added.
  package struct Code: Sendable, Hashable {
    private let value: UInt8

    private init(_ value: UInt8) { self.value = value }

    /// The pattern breaks a rule of the syntax.
    package static let syntax = Code(0)
    /// The pattern asks for what no linear-time engine can do: a backreference, look-around, an atomic group.
    package static let unsupported = Code(1)
    /// The pattern is too long, too deeply nested, or its program too large.
    package static let tooLarge = Code(2)
  }

  /// What kind of problem it is.
  package let code: Code
  /// Where it is, in Unicode scalars from the start of the pattern.
  package let position: Int
  /// The problem and what was expected instead.
  package let reason: String

  init(_ code: Code, at position: Int, _ reason: String) {
    self.code = code
    self.position = position
    self.reason = reason
  }

  /// The problem in words, with its position counted from 1.
  package var description: String { "regular expression, character \(position + 1): \(reason)" }
}
