/// Why a pattern cannot be compiled.
package struct PatternError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The step at fault; `nil` when the pattern as a whole is.
  package var step: String?
  /// What was expected.
  package var reason: String

  /// The step and what was expected of it.
  package var description: String { step.map { "step \($0): \(reason)" } ?? reason }
}
