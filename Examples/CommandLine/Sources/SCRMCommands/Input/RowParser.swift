import SocialCRM

/// A parser of one input with the rule for missing receive times: the event time of the row itself, so that the result
/// does not depend on a clock.
struct RowParser {
  private static let unknown = Instant.distantPast

  private var parser: any InteractionParser
  private let format: InputFormat
  // Reads the header of a table on its own: a table that does not fit the mapping is no matter of single rows.
  private var header: (reader: CSVReader, mapping: CSVMapping)?

  /// - Throws: ``CommandFailure`` when the configuration has no mapping for the format.
  init(_ format: InputFormat, settings: RunSettings, received: Instant?) throws {
    switch format {
    case .ndjson: parser = InteractionLineParser()
    case .csv:
      guard let mapping = settings.csv else {
        throw CommandFailure("\(settings.file): $.csv is missing, expected a mapping")
      }
      do throws(SCRMError) {
        parser = try CSVInteractionParser(mapping: mapping, received: received ?? Self.unknown)
      } catch { throw CommandFailure("\(settings.file): $.csv: \(error)") }
      if mapping.header == nil { header = (CSVReader(delimiter: mapping.delimiter), mapping) }
    case .segment:
      parser = SegmentParser(defaults: try settings.segmentDefaults(received: received ?? Self.unknown))
    case .document(let document):
      let defaults = settings.interchange.defaults(source: settings.source, received: received ?? Self.unknown)
      parser = DocumentLineParser(settings.interchange.reader(document, defaults))
    }
    self.format = format
  }

  /// The rows that are complete with this chunk.
  /// - Throws: ``CommandFailure`` when a table lacks a column of the mapping.
  mutating func push(_ bytes: [UInt8], of input: String) throws -> [ParsedInteraction] {
    if var table = header {
      let first = table.reader.push(bytes).first
      header = first == nil ? table : nil
      try Self.check(first, table.mapping, input)
    }
    return parser.push(bytes).map(timed)
  }

  /// The rows that are complete with the end of the input.
  mutating func finish(_ input: String) throws -> [ParsedInteraction] {
    if var table = header {
      header = nil
      try Self.check(table.reader.finish().first, table.mapping, input)
    }
    return parser.finish().map(timed)
  }

  private static func check(_ row: CSVReader.ParsedRow?, _ mapping: CSVMapping, _ input: String) throws {
    switch row {
    case nil: return
    case .success(let header)?:
      do throws(SCRMError) { try mapping.check(header: header.fields) } catch {
        throw CommandFailure("\(input):\(header.line): \(error.subject): \(error.reason)")
      }
    case .failure(let error)?: throw CommandFailure("\(input):\(error.line): \(error.reason)")
    }
  }

  private func timed(_ parsed: ParsedInteraction) -> ParsedInteraction {
    guard var interaction = parsed.interaction, interaction.received == Self.unknown else { return parsed }
    if interaction.occurred == Self.unknown {
      return ParsedInteraction(line: parsed.line, result: .failure(noTime(parsed.line)))
    }
    interaction.received = interaction.occurred.inUTC
    return ParsedInteraction(line: parsed.line, result: .success(interaction))
  }

  private func noTime(_ line: Int) -> InputError {
    format == .segment
      ? InputError(
        .missing, line: line, column: "timestamp",
        "the message has no time, expected timestamp, originalTimestamp or receivedAt, or --received")
      : InputError(.missing, line: line, "the document states no time, expected one, or --received")
  }
}
