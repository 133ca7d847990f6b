public import StrictJSON

/// Why one line, row or message of an input was refused; the lines around it are read all the same.
///
/// Reasons never quote data: they name the line, the column and what was expected.
public struct InputError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kind of refusal; codes may be added, so keep a default branch.
  public struct Code: Sendable, Hashable, CustomStringConvertible {
    /// The stable name of the code.
    public let description: String
    /// The line does not follow the grammar of the format.
    public static let syntax = Code(description: "syntax")
    /// The text is not UTF-8.
    public static let invalidUTF8 = Code(description: "invalidUTF8")
    /// The line or a part of it exceeds one of the ``Limits``.
    public static let limitExceeded = Code(description: "limitExceeded")
    /// Something required is missing.
    public static let missing = Code(description: "missing")
    /// A value does not have the required form.
    public static let invalidValue = Code(description: "invalidValue")
    /// A row has more or fewer fields than the header.
    public static let fieldCount = Code(description: "fieldCount")
    /// The document, or a part of it, is valid but no interaction.
    public static let notAnInteraction = Code(description: "notAnInteraction")
  }

  /// What kind of refusal it is.
  public var code: Code
  /// The number of the physical line it begins on, from 1; 0 when the message was not read from lines.
  public var line: Int
  /// The column, or the path of the member; `nil` when the whole line is concerned.
  public var column: String?
  /// What was wrong and what was expected.
  public var reason: String

  /// Creates an error.
  public init(_ code: Code, line: Int, column: String? = nil, _ reason: String) {
    self.code = code
    self.line = line
    self.column = column
    self.reason = reason
  }

  /// An error in a JSON document on a line; the path becomes the column.
  public init(_ error: JSONError, line: Int) {
    var column = ""
    for element in error.path {
      switch element {
      case .key(let key):
        column += (column.isEmpty ? "" : ".") + (key.utf8.count > 64 ? String(key.prefix(48)) + "…" : key)
      case .index(let index): column += "[\(index)]"
      }
    }
    let code: Code =
      switch error.code {
      case .syntax, .unexpectedEnd, .loneSurrogate, .duplicateKey: .syntax
      case .invalidUTF8: .invalidUTF8
      case .depth, .size: .limitExceeded
      case .missing: .missing
      default: .invalidValue
      }
    self.init(
      code, line: line, column: column.isEmpty ? nil : column,
      error.offset.map { "\(error.reason), at byte \($0)" } ?? error.reason)
  }

  /// `line 12, column created_at: expected a date-time`.
  public var description: String { "line \(line)" + (column.map { ", column " + $0 } ?? "") + ": " + reason }
}
