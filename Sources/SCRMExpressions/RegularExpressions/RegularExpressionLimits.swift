/// How large a regular expression may be, so that one written by a user costs a bounded time and memory.
package struct RegularExpressionLimits: Sendable, Hashable {
  /// The longest pattern, in bytes of UTF-8.
  package var patternLength: Int
  /// How deep groups may be nested; at most 500 is taken, which is what the stack of a thread holds.
  package var nesting: Int
  /// The greatest count in `{n,m}`, and the greatest product of the counts of repetitions inside one another.
  package var repetition: Int
  /// The largest program, in instructions and byte ranges.
  package var programSize: Int
  /// The largest transition table that is made in advance, in entries of four bytes.
  package var tableSize: Int
  /// How many steps making that table in advance may take.
  package var preparationSteps: Int

  /// Makes limits.
  package init(
    patternLength: Int = 32_768, nesting: Int = 200, repetition: Int = 1_000, programSize: Int = 100_000,
    tableSize: Int = 65_536, preparationSteps: Int = 200_000
  ) {
    self.patternLength = patternLength
    self.nesting = min(nesting, 500)
    self.repetition = repetition
    self.programSize = programSize
    self.tableSize = tableSize
    self.preparationSteps = preparationSteps
  }

  /// The limits for patterns that users write: counts as in RE2, a program of at most a few megabytes.
  package static let standard = RegularExpressionLimits()
}
