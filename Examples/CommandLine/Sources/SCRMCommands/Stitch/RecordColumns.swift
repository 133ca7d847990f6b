import SocialCRM

/// Where the columns of the settings stand in a table.
struct RecordColumns {
  private let id: Int
  private let idName: String
  private let source: Int?
  private let time: Int?
  private let identifiers: [(column: Int, settings: StitchSettings.IdentifierColumn)]
  private let descriptors: [(column: Int, kind: IdentityDescriptor.Kind)]
  private let settings: StitchSettings

  /// - Throws: ``CommandFailure`` when the header cannot be read or lacks a column.
  init(header: CSVReader.ParsedRow, id: String, settings: StitchSettings, input: String) throws {
    let row: CSVRow
    do { row = try header.get() } catch { throw CommandFailure("\(input):\(error.line): \(error.reason)") }
    let names = row.fields
    func position(_ name: String) throws -> Int {
      guard let position = names.firstIndex(where: { Array($0.utf8) == Array(name.utf8) }) else {
        throw CommandFailure("\(input):\(row.line): there is no column \(name)")
      }
      return position
    }
    self.id = try position(id)
    idName = id
    source = try settings.sourceColumn.map(position)
    time = try settings.timeColumn.map(position)
    identifiers = try settings.identifiers.map { (try position($0.column), $0) }
    descriptors = try settings.descriptors.map { (try position($0.column), $0.kind) }
    self.settings = settings
  }

  /// The record of a row.
  func record(of row: CSVRow) throws(InputError) -> SourceRecord {
    guard !row.utf8(id).isEmpty else {
      throw InputError(.missing, line: row.line, column: idName, "the id is empty, expected a text")
    }
    var moment = Instant.epoch
    if let time, !row.utf8(time).isEmpty {
      guard let parsed = try? Instant(rfc3339: row[time]) else {
        throw InputError(
          .invalidValue, line: row.line, column: settings.timeColumn, "expected a time such as 2024-05-01T08:30:00Z")
      }
      moment = parsed.inUTC
    }
    if let source, row.utf8(source).isEmpty {
      throw InputError(
        .missing, line: row.line, column: settings.sourceColumn, "the source is empty, expected a text")
    }
    let origin = source.map { SourceID(row[$0]) } ?? settings.source
    return SourceRecord(
      EventKey(origin, row[id]), time: moment,
      identifiers: identifiers.compactMap { column, settings in
        row.utf8(column).isEmpty ? nil : Identifier(settings.namespace, row[column], settings.assertion)
      },
      descriptors: descriptors.compactMap { column, kind in
        row.utf8(column).isEmpty ? nil : IdentityDescriptor(kind, row[column])
      })
  }
}
