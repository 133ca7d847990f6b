/// Reads comma-separated values as of RFC 4180 from a stream of bytes given in chunks of any size.
///
/// Fields may stand in quotation marks, with doubled marks and line breaks inside; rows end with LF or CR LF, the last one
/// needs no end; blank lines are skipped and a UTF-8 byte-order mark at the start is dropped. A row is refused, and the next
/// one read all the same, when it
/// - has more or fewer fields than the first row,
/// - has a quotation mark inside an unquoted field, text behind a closing mark, a CR without LF outside marks, or no closing
///   mark (after the first three of these, reading goes on with the next line),
/// - is not UTF-8, or
/// - exceeds `Limits.lineBytes` in all fields with a delimiter between two, or `Limits.textBytes` in one field.
///
/// O(n) in the bytes; runs between quotation marks and line ends are copied as a whole. Memory is bounded by the chunk and
/// one row.
public struct CSVReader: Sendable {
  /// A row, or why it was refused.
  public typealias ParsedRow = Result<CSVRow, InputError>

  private enum State: Sendable {
    // Before the first byte of a field.
    case fieldStart
    case unquoted
    case quoted
    // Behind a mark in a quoted field: the end of the field, or the first of two marks.
    case mark
    // Behind a CR outside marks.
    case carriageReturn
    // In a row that is refused already, up to the end of the line.
    case skipping
  }

  private let delimiter: UInt8
  private let rowLimit: Int
  private let fieldLimit: Int
  private let fieldCount: Int?
  private var state = State.fieldStart
  private var line = 1
  private var rowLine = 1
  // The fields so far, a delimiter between two, and where each ends.
  private var content: [UInt8] = []
  private var ends: [Int] = []
  private var hasMarks = false
  // Why the row is refused; nothing of it is kept from then on.
  private var error: InputError?
  private var width: Int?
  // The first bytes, until it is clear whether they are a byte-order mark.
  private var head: [UInt8]? = []
  private var rows: [ParsedRow] = []

  /// Creates a reader.
  /// - Parameters:
  ///   - delimiter: what separates the fields.
  ///   - limits: what is refused: rows above `lineBytes`, fields above `textBytes`.
  ///   - fieldCount: how many fields each row has; `nil` for as many as the first.
  public init(delimiter: CSVDelimiter = .comma, limits: Limits = Limits(), fieldCount: Int? = nil) {
    self.init(
      delimiter: delimiter.byte, rowLimit: max(limits.lineBytes, 1), fieldLimit: max(limits.textBytes, 1),
      fieldCount: fieldCount)
  }

  private init(delimiter: UInt8, rowLimit: Int, fieldLimit: Int, fieldCount: Int?) {
    self.delimiter = delimiter
    self.rowLimit = rowLimit
    self.fieldLimit = fieldLimit
    self.fieldCount = fieldCount
    width = fieldCount
  }

  /// The rows that end in this chunk.
  public mutating func push(_ bytes: [UInt8]) -> [ParsedRow] {
    if var begin = head {
      begin += bytes
      let byteOrder: [UInt8] = [0xEF, 0xBB, 0xBF]
      if begin.count < 3, begin.elementsEqual(byteOrder.prefix(begin.count)) {
        head = begin
        return []
      }
      head = nil
      scan(begin.starts(with: byteOrder) ? Array(begin.dropFirst(3)) : begin)
    } else {
      scan(bytes)
    }
    defer { rows = [] }
    return rows
  }

  /// The last row when it has no end; afterwards the reader is as new.
  public mutating func finish() -> [ParsedRow] {
    if let begin = head { scan(begin) }
    if state == .quoted { refuse(.syntax, "the closing quotation mark is missing") }
    if state != .fieldStart || !content.isEmpty || error != nil { endRow() }
    let last = rows
    self = CSVReader(delimiter: delimiter, rowLimit: rowLimit, fieldLimit: fieldLimit, fieldCount: fieldCount)
    return last
  }

  // MARK: Scanning

  private mutating func scan(_ bytes: [UInt8]) {
    bytes.withUnsafeBufferPointer { buffer in
      var index = 0
      while index < buffer.count {
        switch state {
        case .fieldStart, .unquoted: index = scanUnquoted(buffer, from: index)
        case .quoted: index = scanQuoted(buffer, from: index)
        case .mark, .carriageReturn: index = step(buffer[index], at: index)
        case .skipping: index = scanSkipping(buffer, from: index)
        }
      }
    }
  }

  // Keeps a whole run, delimiters included, up to a mark, a line end or the end of the chunk.
  private mutating func scanUnquoted(_ buffer: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    let offset = content.count - start
    var begins = state == .fieldStart
    var index = start
    while index < buffer.count {
      let byte = buffer[index]
      if byte == delimiter {
        if error == nil { ends.append(index + offset) }
        begins = true
        index += 1
        continue
      }
      // The other signs with a meaning are below; most bytes of a text are not.
      if byte <= 0x22, byte == 0x0A || byte == 0x0D || byte == 0x22 { break }
      begins = false
      index += 1
    }
    state = begins ? .fieldStart : .unquoted
    keep(buffer, start..<index)
    guard index < buffer.count else { return index }
    switch buffer[index] {
    case 0x0A: endRow()
    case 0x0D: state = .carriageReturn
    default:
      hasMarks = true
      if begins {
        state = .quoted
      } else {
        refuse(.syntax, "a quotation mark in an unquoted field, expected the whole field in quotation marks")
      }
    }
    return index + 1
  }

  private mutating func scanQuoted(_ buffer: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var index = start
    while index < buffer.count, buffer[index] != 0x22 {
      if buffer[index] == 0x0A { line += 1 }
      index += 1
    }
    keep(buffer, start..<index)
    guard index < buffer.count else { return index }
    state = .mark
    return index + 1
  }

  private mutating func scanSkipping(_ buffer: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var index = start
    while index < buffer.count, buffer[index] != 0x0A { index += 1 }
    guard index < buffer.count else { return index }
    endRow()
    return index + 1
  }

  private mutating func step(_ byte: UInt8, at index: Int) -> Int {
    if byte == 0x0A {
      endRow()
    } else if state == .carriageReturn {
      refuse(.syntax, "a CR without LF outside quotation marks")
    } else if byte == 0x22 {
      keep(byte)
      state = .quoted
    } else if byte == delimiter {
      if error == nil { ends.append(content.count) }
      keep(byte)
      state = .fieldStart
    } else if byte == 0x0D {
      state = .carriageReturn
    } else {
      refuse(.syntax, "text behind a closing quotation mark, expected the delimiter or the end of the row")
    }
    return index + 1
  }

  private mutating func keep(_ buffer: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    guard error == nil, !range.isEmpty, fits(range.count) else { return }
    content.append(contentsOf: UnsafeBufferPointer(rebasing: buffer[range]))
  }

  private mutating func keep(_ byte: UInt8) { if error == nil, fits(1) { content.append(byte) } }

  // MARK: Ends

  // A row that is too long is followed to its end, without being kept.
  private mutating func fits(_ count: Int) -> Bool {
    if content.count + count <= rowLimit { return true }
    drop(.limitExceeded, "the row is too long, expected at most \(rowLimit) bytes")
    return false
  }

  private mutating func refuse(_ code: InputError.Code, _ reason: String) {
    drop(code, reason)
    state = .skipping
  }

  private mutating func drop(_ code: InputError.Code, _ reason: String) {
    if error == nil { error = InputError(code, line: rowLine, reason) }
    content = []
    ends = []
  }

  private mutating func endRow() {
    if let error {
      rows.append(.failure(error))
    } else if !content.isEmpty || hasMarks {
      ends.append(content.count)
      rows.append(checkedRow())
    }
    line += 1
    rowLine = line
    content = []
    ends = []
    // Most rows have as many fields as the first: one allocation in place of several.
    if let width { ends.reserveCapacity(min(width, 256)) }
    hasMarks = false
    error = nil
    state = .fieldStart
  }

  private mutating func checkedRow() -> ParsedRow {
    func refusal(_ code: InputError.Code, _ reason: String) -> ParsedRow {
      .failure(InputError(code, line: rowLine, reason))
    }
    let expected = width ?? ends.count
    guard ends.count == expected else {
      return refusal(.fieldCount, "the row has \(ends.count) fields, expected \(expected)")
    }
    var begin = 0
    for end in ends {
      guard end - begin <= fieldLimit else {
        return refusal(.limitExceeded, "a field is too long, expected at most \(fieldLimit) bytes")
      }
      begin = end + 1
    }
    if content.contains(where: { $0 >= 0x80 }), String(validating: content, as: UTF8.self) == nil {
      return refusal(.invalidUTF8, "the row is not valid UTF-8")
    }
    width = expected
    return .success(CSVRow(line: rowLine, bytes: content, ends: ends))
  }
}
