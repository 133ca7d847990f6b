import SocialCRM

/// What the third column of an edge list means.
enum ThirdColumn: Sendable {
  /// Nothing: it may be missing.
  case ignored
  case weight
  case length
}

/// A line of an edge list: two or three columns, separated by commas or by blanks and tabs.
struct EdgeLine {
  var from: NodeName
  var to: NodeName
  var weight: Double

  /// What is wrong with a line, in the words of a report.
  struct Problem: Error, CustomStringConvertible {
    let description: String
  }

  /// Reads the columns of a line; `nil` for a blank one or a comment.
  static func columns(of line: ArraySlice<UInt8>) throws(Problem) -> [ArraySlice<UInt8>]? {
    guard let first = line.first(where: { !isBlank($0) }), first != 0x23 else { return nil }
    // UTF-16 has zero bytes in it.
    guard String(validating: line, as: UTF8.self) != nil, !line.contains(0) else {
      throw Problem(description: "the line is not UTF-8, expected text")
    }
    guard line.contains(0x2C) else { return line.split(whereSeparator: isBlank) }
    if line.contains(0x22) { return try quotedColumns(of: line) }
    return line.split(separator: 0x2C, omittingEmptySubsequences: false).map(trimmed)
  }

  /// Reads an edge from its columns.
  init(_ columns: [ArraySlice<UInt8>], third: ThirdColumn) throws(Problem) {
    guard third == .ignored ? (2...3).contains(columns.count) : columns.count == 3 else {
      let number = columns.count == 1 ? "1 column" : "\(columns.count) columns"
      throw Problem(description: "the line has \(number), expected \(third == .ignored ? "2 or 3" : "3")")
    }
    guard !columns[0].isEmpty, !columns[1].isEmpty else {
      throw Problem(description: "a node is empty, expected a name")
    }
    from = NodeName(columns[0])
    to = NodeName(columns[1])
    weight = 1
    guard columns.count == 3 else { return }
    let number = Self.number(columns[2])
    switch third {
    case .ignored:
      // Most likely a name with a blank in it, which would make a wrong edge.
      guard number != nil || columns[2].isEmpty else {
        throw Problem(description: "column 3 is no number, expected none or a weight")
      }
    case .weight:
      guard let number, number == 0 || (number >= 1e-150 && number <= 1e150) else {
        throw Problem(description: "column 3 is no weight, expected 0 or a number in 1e-150 … 1e150")
      }
      weight = number
    case .length:
      guard let number, number >= 1e-150, number <= 1e150 else {
        throw Problem(description: "column 3 is no length, expected a number in 1e-150 … 1e150")
      }
      weight = number
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  private static func trimmed(_ column: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let start = column.firstIndex { !isBlank($0) } ?? column.endIndex
    let end = column.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? start
    return column[start..<end]
  }

  /// Columns of which some stand in quotation marks, as of RFC 4180.
  private static func quotedColumns(of line: ArraySlice<UInt8>) throws(Problem) -> [ArraySlice<UInt8>] {
    var reader = CSVReader()
    let rows = reader.push(Array(line)) + reader.finish()
    switch rows.first {
    case .success(let row)?: return row.fields.map { trimmed(Array($0.utf8)[...]) }
    case .failure(let error)?: throw Problem(description: error.reason)
    case nil: throw Problem(description: "the line has no columns, expected 2 or 3")
    }
  }

  /// A decimal number, such as −1, 0.5 or 1e9; infinite and missing values are numbers that no rule accepts.
  private static func number(_ column: ArraySlice<UInt8>) -> Double? {
    // Hexadecimal ones would be read too.
    column.contains { $0 | 0x20 == 0x78 } ? nil : Double(String(decoding: column, as: UTF8.self))
  }
}
