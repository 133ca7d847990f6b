import DenseData
public import SCRMModel

/// Reads edges between identifiers from comma-separated values and joins them as it reads.
///
/// ```swift
/// var components = IdentifierComponents()
/// var reader = IdentifierEdgeReader()
/// var refused = try reader.push(Array("left,right\na,b\nb\nb,c\n".utf8), into: &components)
/// refused += try reader.finish(into: &components)
/// print(components.componentCount, refused)  // 1 [line 3: the row has 1 fields, expected 2]
/// ```
///
/// The format is that of `CSVReader`, with the same refusals; the rows also need two identifiers that are not
/// empty and not longer than `Limits.identifierBytes`. Rows without quotation marks are read in place, the others by that
/// reader. O(bytes); memory is bounded by the chunk, one row and the identifiers.
public struct IdentifierEdgeReader: Sendable {
  /// Where the two identifiers of a row stand.
  public enum Columns: Sendable, Hashable {
    /// In the columns that the first row names so.
    case named(_ left: String, _ right: String)
    /// In the columns with these positions from 0; there is no header.
    case at(_ left: Int, _ right: Int)
  }

  private let delimiter: UInt8
  private let limits: Limits
  private let columns: Columns
  // Reads the first row, and rows that are unusual; knows how many fields a row has.
  private var slow: CSVReader
  // Where the row of the slow reader begins, in its own count and in the input; `nil` outside of one.
  private var slowRow: (own: Int, line: Int)? = (1, 1)
  private var slowLine = 1
  // The beginning of a row whose end has not come yet.
  private var rest: [UInt8] = []
  private var scanner: EdgeRowScanner?
  private var line = 1
  /// How many rows were refused.
  public private(set) var refusedCount = 0

  /// Creates a reader.
  /// - Parameters:
  ///   - columns: where the identifiers stand.
  ///   - delimiter: what separates the fields.
  ///   - limits: what is refused: rows above `lineBytes`, identifiers above `identifierBytes`.
  public init(
    columns: Columns = .named("left", "right"), delimiter: CSVDelimiter = .comma, limits: Limits = Limits()
  ) {
    self.columns = columns
    self.delimiter = delimiter.byte
    self.limits = limits
    slow = CSVReader(delimiter: delimiter, limits: limits)
  }

  /// Joins the edges whose rows end in this chunk; returns what was refused of them.
  ///
  /// - Throws: `SCRMError`: `missing` for a header without the columns, `limitExceeded` when there are too many
  ///   identifiers; the edges before stay joined.
  public mutating func push(
    _ bytes: [UInt8], into components: inout IdentifierComponents
  ) throws(SCRMError) -> [InputError] {
    var refused: [InputError] = []
    let failure = bytes.withUnsafeBytes { all -> SCRMError? in
      do throws(SCRMError) {
        // Parts of a size that 32-bit offsets reach, and that stay near while they are read.
        var start = 0
        while start < all.count {
          let end = min(start + 1 << 20, all.count)
          try read(UnsafeRawBufferPointer(rebasing: all[start..<end]), &components, &refused)
          start = end
        }
        return nil
      } catch { return error }
    }
    refusedCount += refused.count
    if let failure { throw failure }
    return refused
  }

  /// Takes the last row when it has no end; afterwards the reader is of no more use.
  ///
  /// - Throws: `SCRMError`: `missing` when there was no header.
  public mutating func finish(into components: inout IdentifierComponents) throws(SCRMError) -> [InputError] {
    var refused: [InputError] = []
    if !rest.isEmpty, slowRow == nil { slowRow = (slowLine, line) }
    if slowRow != nil {
      let rows = slow.push(rest) + slow.finish()
      for row in rows { try take(row, &components, &refused) }
    }
    refusedCount += refused.count
    guard scanner != nil || columns.isPositional else {
      throw SCRMError(.missing, subject: "header", "the input is empty, expected a header")
    }
    return refused
  }

  // MARK: Rows

  private mutating func read(
    _ chunk: UnsafeRawBufferPointer, _ components: inout IdentifierComponents, _ refused: inout [InputError]
  ) throws(SCRMError) {
    var position = 0
    if slowRow == nil, !rest.isEmpty {
      // The row that began before ends here, or goes on.
      position = Self.lineEnd(in: chunk, from: 0) ?? chunk.count
      rest.append(contentsOf: chunk[..<position])
      guard rest.last == 0x0A || rest.count > limits.lineBytes else { return }
      let row = rest
      rest = []
      let failure = row.withUnsafeBytes { bytes -> SCRMError? in
        do throws(SCRMError) {
          try readRows(bytes, from: 0, &components, &refused)
          return nil
        } catch { return error }
      }
      if let failure { throw failure }
    }
    try readRows(chunk, from: position, &components, &refused)
  }

  private mutating func readRows(
    _ chunk: UnsafeRawBufferPointer, from start: Int, _ components: inout IdentifierComponents,
    _ refused: inout [InputError]
  ) throws(SCRMError) {
    var position = start
    while position < chunk.count {
      guard slowRow == nil, let scanner else {
        let end = Self.lineEnd(in: chunk, from: position) ?? chunk.count
        try readSlowly(chunk[position..<end], &components, &refused)
        position = end
        continue
      }
      let (rowStart, stop) = try scanner.scan(chunk, from: position, line: &line, into: &components, &refused)
      position = rowStart
      if stop == .unusual || chunk.count - rowStart > limits.lineBytes {
        slowRow = (slowLine, line)
      } else {
        rest = Array(chunk[rowStart...])
        return
      }
    }
  }

  /// Hands a line, or a part of one, to the slow reader.
  private mutating func readSlowly(
    _ bytes: Slice<UnsafeRawBufferPointer>, _ components: inout IdentifierComponents, _ refused: inout [InputError]
  ) throws(SCRMError) {
    let rows = slow.push(Array(bytes))
    if bytes.last == 0x0A {
      slowLine += 1
      line += 1
    }
    for row in rows { try take(row, &components, &refused) }
  }

  private mutating func take(
    _ row: CSVReader.ParsedRow, _ components: inout IdentifierComponents, _ refused: inout [InputError]
  ) throws(SCRMError) {
    let begin = slowRow ?? (slowLine, line)
    slowRow = nil
    switch row {
    case .failure(var error):
      guard scanner != nil || columns.isPositional else {
        throw SCRMError(.missing, subject: "header", "\(error.reason), expected a header")
      }
      // Without any good row the number of fields is still to be found.
      if scanner == nil { slowRow = (slowLine, line) }
      error.line += begin.line - begin.own
      refused.append(error)
    case .success(let row):
      if scanner == nil {
        let layout = try columns.layout(of: row)
        scanner = EdgeRowScanner(layout: layout, delimiter: delimiter, limits: limits)
        if !columns.isPositional { return }
      }
      guard let layout = scanner?.layout else { return }
      let (left, right) = (row.utf8(layout.left), row.utf8(layout.right))
      if let error = EdgeRowScanner.refusal(
        left.count, right.count, line: row.line + begin.line - begin.own, limits)
      {
        refused.append(error)
        return
      }
      let both = Array(left) + Array(right)
      let ranges = [
        ByteRange(start: 0, count: UInt32(truncatingIfNeeded: left.count)),
        ByteRange(start: UInt32(truncatingIfNeeded: left.count), count: UInt32(truncatingIfNeeded: right.count)),
      ]
      let hasRoom = both.withUnsafeBytes { bytes in
        ranges.withUnsafeBufferPointer { components.connect($0, of: bytes) }
      }
      if !hasRoom { throw IdentifierComponents.full }
    }
  }

  /// The position after the next line feed.
  private static func lineEnd(in chunk: UnsafeRawBufferPointer, from start: Int) -> Int? {
    chunk[start...].firstIndex(of: 0x0A).map { $0 + 1 }
  }
}

extension IdentifierEdgeReader.Columns {
  var isPositional: Bool { if case .at = self { true } else { false } }

  /// Where the columns stand in rows like the first one.
  func layout(of row: CSVRow) throws(SCRMError) -> EdgeRowScanner.Layout {
    switch self {
    case .at(let left, let right):
      guard (0..<row.count).contains(left), (0..<row.count).contains(right) else {
        throw SCRMError(
          .missing, subject: "columns",
          "the first row has \(row.count) fields, expected the positions \(left) and \(right)")
      }
      return EdgeRowScanner.Layout(left: left, right: right, width: row.count)
    case .named(let left, let right):
      return EdgeRowScanner.Layout(
        left: try position(of: left, in: row), right: try position(of: right, in: row), width: row.count)
    }
  }

  private func position(of name: String, in header: CSVRow) throws(SCRMError) -> Int {
    guard let position = header.fields.firstIndex(where: { $0.sameBytes(as: name) }) else {
      throw SCRMError(.missing, subject: "header", "there is no column \(name)")
    }
    return position
  }
}
