/// The fields of one row, unquoted; valid UTF-8.
public struct CSVRow: Sendable, Hashable, Redacted {
  /// The number of the physical line the row begins on, from 1.
  public let line: Int
  // The fields one behind the other, a delimiter between two, so that UTF-8 cannot run across.
  private let bytes: [UInt8]
  private let ends: [Int]

  init(line: Int, bytes: [UInt8], ends: [Int]) {
    self.line = line
    self.bytes = bytes
    self.ends = ends
  }

  /// Creates a row.
  public init(line: Int, fields: [String]) {
    var bytes: [UInt8] = []
    var ends: [Int] = []
    for (index, field) in fields.enumerated() {
      if index > 0 { bytes.append(CSVDelimiter.comma.byte) }
      bytes.append(contentsOf: field.utf8)
      ends.append(bytes.count)
    }
    self.init(line: line, bytes: bytes, ends: ends)
  }

  /// The number of fields.
  public var count: Int { ends.count }

  /// The fields as texts.
  public var fields: [String] { ends.indices.map { self[$0] } }

  /// A field by its position from 0; empty when there is none.
  public subscript(index: Int) -> String { String(decoding: utf8(index), as: UTF8.self) }

  /// The bytes of a field by its position from 0; empty when there is none.
  public func utf8(_ index: Int) -> ArraySlice<UInt8> {
    guard ends.indices.contains(index) else { return [] }
    return bytes[(index == 0 ? 0 : ends[index - 1] + 1)..<ends[index]]
  }

  /// Whether both have the same fields, wherever they were.
  public static func == (left: CSVRow, right: CSVRow) -> Bool {
    left.count == right.count && left.ends.indices.allSatisfy { left.utf8($0) == right.utf8($0) }
  }

  /// The line and the number of fields.
  public var redactedDescription: String { "line \(line) with \(count) fields" }

  /// Hashes the fields.
  public func hash(into hasher: inout Hasher) { for index in ends.indices { hasher.combine(utf8(index)) } }
}
