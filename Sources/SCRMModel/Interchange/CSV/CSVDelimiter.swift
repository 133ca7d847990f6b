/// What separates the fields of a row.
public enum CSVDelimiter: String, Sendable, Hashable, Codable, CaseIterable {
  /// `,`, the delimiter of RFC 4180.
  case comma
  /// `;`, usual where the comma is the decimal sign.
  case semicolon
  /// A tabulator.
  case tab
  /// `|`.
  case pipe

  /// The byte.
  public var byte: UInt8 {
    switch self {
    case .comma: 0x2C
    case .semicolon: 0x3B
    case .tab: 0x09
    case .pipe: 0x7C
    }
  }
}
