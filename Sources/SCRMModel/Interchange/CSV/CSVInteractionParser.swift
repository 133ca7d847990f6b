public import SCRMExpressions

/// Reads interactions from comma-separated values by a mapping; one result for each row behind the header.
///
/// A table whose header lacks a mapped column, or whose header row cannot be read, gives one error and nothing else.
public struct CSVInteractionParser: InteractionParser {
  private let mapping: CSVMapping
  private let received: Instant
  private let limits: Limits
  private var reader: CSVReader
  private var rowReader: CSVRowReader?
  private var isRefused = false

  /// Creates a parser.
  /// - Parameters:
  ///   - mapping: how columns become fields.
  ///   - received: the receive time of rows that have none.
  ///   - limits: what rows, fields and interactions may be at most.
  /// - Throws: ``SCRMError`` when the mapping itself cannot be used, such as for an unknown time format.
  public init(mapping: CSVMapping, received: Instant, limits: Limits = Limits()) throws(SCRMError) {
    self.mapping = mapping
    self.received = received
    self.limits = limits
    reader = CSVReader(delimiter: mapping.delimiter, limits: limits, fieldCount: mapping.header?.count)
    let named = try CSVRowReader(mapping, header: mapping.header ?? mapping.columns, limits: limits)
    rowReader = mapping.header == nil ? nil : named
  }

  /// The results of the rows that end in this chunk.
  public mutating func push(_ bytes: [UInt8]) -> [ParsedInteraction] { read(reader.push(bytes)) }

  /// The result of a last row without an end; afterwards the parser is as new.
  public mutating func finish() -> [ParsedInteraction] {
    let last = read(reader.finish())
    if mapping.header == nil { rowReader = nil }
    isRefused = false
    return last
  }

  private mutating func read(_ rows: [CSVReader.ParsedRow]) -> [ParsedInteraction] {
    var results: [ParsedInteraction] = []
    results.reserveCapacity(rows.count)
    for row in rows where !isRefused {
      do throws(InputError) {
        let row = try row.get()
        if let rowReader {
          results.append(
            ParsedInteraction(line: row.line, result: .success(try rowReader.interaction(row, received: received))))
        } else {
          try bind(row)
        }
      } catch {
        // Without a header there is nothing to read the rows by.
        if rowReader == nil { isRefused = true }
        results.append(ParsedInteraction(line: error.line, result: .failure(error)))
      }
    }
    return results
  }

  private mutating func bind(_ header: CSVRow) throws(InputError) {
    do throws(SCRMError) { rowReader = try CSVRowReader(mapping, header: header.fields, limits: limits) } catch {
      let column = error.subject.hasPrefix("column ") ? String(error.subject.dropFirst(7)) : error.subject
      throw InputError(.missing, line: header.line, column: column, error.reason)
    }
  }
}
