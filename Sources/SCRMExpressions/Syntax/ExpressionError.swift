/// Why an expression cannot be read or does not fit its environment: everything found in one pass, in the order of the text.
public struct ExpressionError: Error, Sendable, Hashable {
  /// What is wrong, at least one.
  public let diagnostics: [ExpressionDiagnostic]
  /// The text of the expression, empty for a tree that was not read from text.
  public let source: String

  /// Creates an error.
  public init(_ diagnostics: [ExpressionDiagnostic], source: String) {
    self.diagnostics = diagnostics
    self.source = source
  }
}

extension ExpressionError: CustomStringConvertible {
  /// Each message with line, column and a caret under the place it speaks of.
  ///
  /// ```text
  /// 1:13: expected an operand, found the end
  ///   | event.type ==
  ///   |              ^
  /// ```
  public var description: String {
    let lines = SourceLines(source)
    return diagnostics.map { diagnostic in
      let hint = diagnostic.suggestion.map { "; did you mean \($0)?" } ?? ""
      guard diagnostic.location.isKnown else { return diagnostic.message + hint }
      let place = lines.place(of: Int(diagnostic.location.anchor))
      return "\(place.line):\(place.column): \(diagnostic.message)\(hint)\n  | \(place.text)\n  | \(place.pad)^"
    }.joined(separator: "\n")
  }
}
