/// Writes comma-separated values as of RFC 4180; a field stands in quotation marks only where it needs them.
///
/// It needs them when it holds the delimiter, a quotation mark, CR or LF, when it is empty and the only one of its row, and
/// when it begins the file with a byte-order mark. What ``CSVReader`` reads is what was written.
public struct CSVWriter: Sendable {
  /// How rows end.
  public enum LineEnd: String, Sendable, Hashable, Codable, CaseIterable {
    /// LF.
    case lf
    /// CR LF, the line end of RFC 4180.
    case crlf
  }

  /// What was written so far.
  public private(set) var bytes: [UInt8] = []
  private let delimiter: UInt8
  private let lineEnd: [UInt8]

  /// Creates an empty writer.
  public init(delimiter: CSVDelimiter = .comma, lineEnd: LineEnd = .crlf) {
    self.delimiter = delimiter.byte
    self.lineEnd = lineEnd == .lf ? [0x0A] : [0x0D, 0x0A]
  }

  /// Adds a row; a row without fields is not written.
  public mutating func row(_ fields: [String]) {
    if fields.isEmpty { return }
    for (index, field) in fields.enumerated() {
      if index > 0 { bytes.append(delimiter) }
      var field = field
      field.withUTF8 { write($0, isOnly: fields.count == 1) }
    }
    bytes.append(contentsOf: lineEnd)
  }

  /// Takes what was written so far, for writing in portions.
  public mutating func take() -> [UInt8] {
    defer { bytes = [] }
    return bytes
  }

  private mutating func write(_ field: UnsafeBufferPointer<UInt8>, isOnly: Bool) {
    let needsMarks =
      field.isEmpty
      ? isOnly
      : field.contains { $0 == delimiter || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
        || (bytes.isEmpty && field.starts(with: [0xEF, 0xBB, 0xBF]))
    guard needsMarks else {
      bytes.append(contentsOf: field)
      return
    }
    bytes.append(0x22)
    for byte in field {
      if byte == 0x22 { bytes.append(0x22) }
      bytes.append(byte)
    }
    bytes.append(0x22)
  }
}
