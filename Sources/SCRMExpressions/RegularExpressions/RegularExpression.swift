/// A regular expression in the syntax of RE2 that searches in time linear in the text, whatever the pattern.
///
/// The syntax is that of https://github.com/google/re2/wiki/Syntax without `\C`: literals, classes, anchors, groups,
/// alternation and counted repetition, but no backreferences and no look-around. A pattern becomes a program over the
/// bytes of UTF-8 and that, where it is small enough, a deterministic automaton of one table look-up per byte. A larger
/// one makes the states a text meets while it is searched, within a bounded table. Nothing backtracks. `.` and classes
/// take one Unicode scalar, `\b`, `\w`, `\d` and `\s` know ASCII only, and `(?i)` joins scalars by simple case folding.
///
/// It answers whether a text holds a match; captures are parsed but not reported, and so greedy and lazy repetition mean
/// the same.
package struct RegularExpression: Sendable {
  let pattern: String
  let program: PatternProgram
  /// The whole automaton, or `nil` when it is larger than the limits allow.
  let automaton: PatternAutomaton?

  /// Compiles a pattern.
  ///
  /// - Complexity: O(p + s) where p is the size of the program and s the steps the limits allow for the automaton.
  /// - Throws: ``RegularExpressionError`` with the position and what was expected.
  package init(
    _ pattern: String, limits: RegularExpressionLimits = .standard
  ) throws(RegularExpressionError) {
    self.pattern = pattern
    let node = try PatternParser.parse(pattern, limits: limits)
    program = try PatternCompiler.compile(node, limits: limits)
    automaton = PatternAutomaton(program, limits: limits)
  }

  /// The size of the program, in instructions and byte ranges.
  package var programSize: Int { program.size }

  /// The steps a search of a text can take at most: the bytes of the text, times the size of the program where the
  /// automaton was not made in advance.
  package func worstCaseSteps(textBytes: Int) -> Int {
    let bytes = max(textBytes, 0) + 1
    guard automaton == nil else { return bytes }
    let (steps, overflow) = bytes.multipliedReportingOverflow(by: program.size + 1)
    return overflow ? .max : steps
  }
}
