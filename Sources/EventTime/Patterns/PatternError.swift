/// Why a pattern cannot be compiled.
package struct PatternError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The step at fault; `nil` when the pattern as a whole is.
  package var step: String?
  /// What was expected.
  package var reason: String

  /// Creates an error.
  package init(step: String? = nil, reason: String) {
    self.step = step
    self.reason = reason
  }

  /// The step and what was expected of it.
  package var description: String { step.map { "step \($0): \(reason)" } ?? reason }
}
