/// An interaction read from an input, or why it was refused, with its line.
public struct ParsedInteraction: Sendable, Hashable {
  /// The number of the physical line it begins on, from 1.
  public var line: Int
  /// The interaction, or why the line was refused.
  public var result: Result<Interaction, InputError>

  /// Creates a result.
  public init(line: Int, result: Result<Interaction, InputError>) {
    self.line = line
    self.result = result
  }

  /// The interaction; `nil` when the line was refused.
  public var interaction: Interaction? { try? result.get() }

  /// Why the line was refused; `nil` when it was read.
  public var error: InputError? { if case .failure(let error) = result { error } else { nil } }
}

/// A reader of interactions from a stream of bytes given in chunks of any size.
///
/// The law: the results do not depend on where the chunks are cut; they come in the order of the input, one for each
/// line, row or message that is not blank, or several where one document holds several; a refused one does not touch
/// the others.
public protocol InteractionParser: Sendable {
  /// The results that are complete with this chunk.
  mutating func push(_ bytes: [UInt8]) -> [ParsedInteraction]
  /// The results of what was still open at the end of the input; afterwards the parser is as new.
  mutating func finish() -> [ParsedInteraction]
}

extension InteractionParser {
  /// The results of a whole input at once.
  public mutating func parse(_ bytes: [UInt8]) -> [ParsedInteraction] { push(bytes) + finish() }
}
