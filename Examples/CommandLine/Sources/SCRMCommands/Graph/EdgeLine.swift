import SocialCRM

/// A line of an edge list: two or three columns, separated by commas or by blanks and tabs.
struct EdgeLine {
  var from: NodeName
  var to: NodeName
  var weight: Double

  /// What is wrong with a line, in the words of a report.
  struct Problem: Error, CustomStringConvertible {
    let description: String
  }

  /// Reads a line; `nil` for a blank one or a comment.
  init?(_ line: ArraySlice<UInt8>, isWeighted: Bool) throws(Problem) {
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
    guard let first = line.first(where: { !isBlank($0) }), first != 0x23 else { return nil }
    let columns: [ArraySlice<UInt8>]
    if line.contains(0x2C) {
      columns = line.split(separator: 0x2C, omittingEmptySubsequences: false).map { column in
        let start = column.firstIndex { !isBlank($0) } ?? column.endIndex
        let end = column.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? start
        return column[start..<end]
      }
    } else {
      columns = line.split(whereSeparator: isBlank)
    }
    guard isWeighted ? columns.count == 3 : (2...3).contains(columns.count) else {
      let number = columns.count == 1 ? "1 column" : "\(columns.count) columns"
      throw Problem(description: "the line has \(number), expected \(isWeighted ? "3" : "2 or 3")")
    }
    guard !columns[0].isEmpty, !columns[1].isEmpty else {
      throw Problem(description: "a node is empty, expected a name")
    }
    guard String(validating: line, as: UTF8.self) != nil else {
      throw Problem(description: "the line is not UTF-8, expected text")
    }
    from = NodeName(columns[0])
    to = NodeName(columns[1])
    weight = 1
    guard isWeighted else { return }
    guard let number = Double(String(decoding: columns[2], as: UTF8.self)),
      number == 0 || (number >= 1e-150 && number <= 1e150)
    else { throw Problem(description: "column 3 is no weight, expected 0 or a number in 1e-150 … 1e150") }
    weight = number
  }
}
