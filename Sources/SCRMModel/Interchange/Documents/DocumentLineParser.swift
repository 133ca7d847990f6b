import StrictJSON

/// Reads JSON Lines of a foreign format by one of the document readers; blank lines are skipped.
///
/// A line gives one result for each interaction in it, and a refusal with the code `notAnInteraction` for each part that
/// is valid but no interaction. A line that breaks the rules of the format is refused as a whole.
///
/// ```swift
/// var parser = DocumentLineParser(MastodonReader(InterchangeDefaults(source: "mastodon", received: now)))
/// let results = parser.parse(bytes)
/// ```
public struct DocumentLineParser: InteractionParser {
  private var splitter: LineSplitter
  private let reader: any InteractionDocumentReader
  private let limits: Limits

  /// Creates a parser.
  public init(_ reader: any InteractionDocumentReader, limits: Limits = Limits()) {
    splitter = LineSplitter(limits: limits)
    self.reader = reader
    self.limits = limits
  }

  /// The results of the lines that end in this chunk.
  public mutating func push(_ bytes: [UInt8]) -> [ParsedInteraction] { splitter.push(bytes).flatMap(read) }

  /// The results of a last line without an end.
  public mutating func finish() -> [ParsedInteraction] { splitter.finish().flatMap(read) }

  private func read(_ line: InputLine) -> [ParsedInteraction] {
    switch line.content {
    case .failure(let error): return [ParsedInteraction(line: line.number, result: .failure(error))]
    case .success(let bytes):
      if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { return [] }
      do throws(JSONError) {
        let reading = try reader.read(JSON(bytes: bytes, limits: limits.document))
        return results(of: reading, line: line.number)
      } catch {
        return [ParsedInteraction(line: line.number, result: .failure(InputError(error, line: line.number)))]
      }
    }
  }

  private func results(of reading: DocumentReading, line: Int) -> [ParsedInteraction] {
    var results = reading.interactions.map { interaction in
      do throws(JSONError) {
        try interaction.check(limits)
        return ParsedInteraction(line: line, result: .success(interaction))
      } catch { return ParsedInteraction(line: line, result: .failure(InputError(error, line: line))) }
    }
    for part in reading.setAside {
      let error = InputError(
        .notAnInteraction, line: line, column: part.path.isEmpty ? nil : part.path, part.reason)
      results.append(ParsedInteraction(line: line, result: .failure(error)))
    }
    for error in reading.refused {
      results.append(ParsedInteraction(line: line, result: .failure(InputError(error, line: line))))
    }
    return results
  }
}
