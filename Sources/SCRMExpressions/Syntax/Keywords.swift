/// The words of the language that are no names.
package enum Keywords {
  /// Words with a meaning of their own.
  package static let operators: Set<String> = ["true", "false", "null", "in"]
  /// Words kept for other languages: allowed as fields and as functions on a target, not as names.
  package static let reserved: Set<String> = [
    "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package",
    "namespace", "return", "var", "void", "while",
  ]

  /// Whether the bytes are letters, digits and underscores and do not start with a digit.
  package static func isIdentifier(_ bytes: some Collection<UInt8>) -> Bool {
    guard let first = bytes.first, isStart(first) else { return false }
    return bytes.allSatisfy(isPart)
  }

  @inline(__always)
  static func isStart(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 || byte == 0x5F }
  @inline(__always)
  static func isPart(_ byte: UInt8) -> Bool { isStart(byte) || byte &- 0x30 < 10 }

  /// Whether the text can stand as a name, with or without a dot before it.
  static func isName(_ text: String) -> Bool {
    let body = text.utf8.first == 0x2E ? text.dropFirst() : text[...]
    return isIdentifier(body.utf8) && !operators.contains(String(body)) && !reserved.contains(String(body))
  }

  /// Whether the text can stand as the name of a function.
  static func isFunction(_ text: String, onTarget: Bool) -> Bool {
    onTarget ? isIdentifier(text.utf8) && !operators.contains(text) : isName(text)
  }

  /// Whether the text can stand as a field, in backticks if need be.
  static func isField(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x60 && $0 != 0x7F }
  }
}
