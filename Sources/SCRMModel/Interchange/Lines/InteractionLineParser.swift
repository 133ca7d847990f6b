import StrictJSON

/// Reads the SDK's own JSON Lines: one interaction in its JSON form on each line; blank lines are skipped.
public struct InteractionLineParser: InteractionParser {
  private var splitter: LineSplitter
  private let limits: Limits

  /// Creates a parser.
  public init(limits: Limits = Limits()) {
    splitter = LineSplitter(limits: limits)
    self.limits = limits
  }

  /// The results of the lines that end in this chunk.
  public mutating func push(_ bytes: [UInt8]) -> [ParsedInteraction] { Self.read(splitter.push(bytes), limits: limits) }

  /// The result of a last line without an end.
  public mutating func finish() -> [ParsedInteraction] { Self.read(splitter.finish(), limits: limits) }

  private static func read(_ lines: [InputLine], limits: Limits) -> [ParsedInteraction] {
    lines.compactMap { line in
      line.parsed { (bytes: ArraySlice<UInt8>) throws(InputError) -> Interaction in
        do throws(JSONError) {
          let interaction = try Interaction(json: JSON(bytes: bytes, limits: limits.document))
          try interaction.check(limits)
          return interaction
        } catch { throw InputError(error, line: line.number) }
      }
    }
  }
}

extension InputLine {
  /// The result of reading the line; `nil` when it is blank.
  func parsed(_ read: (ArraySlice<UInt8>) throws(InputError) -> Interaction) -> ParsedInteraction? {
    switch content {
    case .failure(let error): return ParsedInteraction(line: number, result: .failure(error))
    case .success(let bytes):
      if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { return nil }
      do throws(InputError) { return ParsedInteraction(line: number, result: .success(try read(bytes))) } catch {
        return ParsedInteraction(line: number, result: .failure(error))
      }
    }
  }
}
