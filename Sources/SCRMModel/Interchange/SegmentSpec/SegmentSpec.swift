public import StrictJSON

/// Messages of the Segment spec (segment.com/docs/connections/spec) in and out, without loss.
///
/// The six calls identify, track, page, screen, group and alias become interactions. What has no field of its own is kept
/// in `context.extra`: members of the message's `context` under their own names, everything else under `segment`. So
/// ``message(from:includesSuppliedFields:)`` gives back the message, member for member and digit for digit, without the
/// raw payload; only the order of members is not kept. `Documentation/Interchange.md` lists the mapping.
///
/// ```swift
/// let defaults = SegmentDefaults(source: "web", received: now)
/// let json = try JSON(text: #"{"type":"track","event":"Order Completed","userId":"7","properties":{"revenue":25.0}}"#)
/// let order = try SegmentSpec.interaction(from: json, defaults: defaults)
/// print(order.kind, order.amount?.description ?? "")  // purchase 25.0 USD
/// print(SegmentSpec.message(from: order).text)  // the message, with its members in another order
/// ```
public enum SegmentSpec {
  /// Reads a message, in O(n).
  ///
  /// - Parameters:
  ///   - json: the message.
  ///   - defaults: what the message may lack.
  ///   - line: its line, handed to ``SegmentDefaults/messageID``.
  /// - Throws: `JSONError` with the path of what was missing or of the wrong kind.
  public static func interaction(
    from json: JSON, defaults: SegmentDefaults, line: Int = 0
  ) throws(JSONError) -> Interaction {
    var reader = SegmentReader(message: try json.objectValue(), defaults: defaults, line: line)
    return try reader.interaction()
  }

  /// Writes an interaction as a message.
  ///
  /// One that was read from a message gives that message. Any other is written as well as the spec allows; see
  /// `Documentation/Interchange.md`.
  /// - Parameters:
  ///   - interaction: what is written.
  ///   - includesSuppliedFields: whether `messageId`, `timestamp` and `receivedAt` are written even if the host gave them.
  public static func message(from interaction: Interaction, includesSuppliedFields: Bool = false) -> JSON {
    SegmentWriter(interaction: interaction, includesSuppliedFields: includesSuppliedFields).message()
  }
}

/// Reads JSON Lines of Segment messages; blank lines are skipped, refused ones reported in their place.
public struct SegmentParser: InteractionParser {
  private var splitter: LineSplitter
  private let defaults: SegmentDefaults
  private let limits: Limits

  /// Creates a parser.
  public init(defaults: SegmentDefaults, limits: Limits = Limits()) {
    splitter = LineSplitter(limits: limits)
    self.defaults = defaults
    self.limits = limits
  }

  /// The results of the lines that end in this chunk.
  public mutating func push(_ bytes: [UInt8]) -> [ParsedInteraction] { read(splitter.push(bytes)) }

  /// The result of a last line without an end.
  public mutating func finish() -> [ParsedInteraction] { read(splitter.finish()) }

  private func read(_ lines: [InputLine]) -> [ParsedInteraction] {
    lines.compactMap { line in
      line.parsed { (bytes: ArraySlice<UInt8>) throws(InputError) -> Interaction in
        do throws(JSONError) {
          let json = try JSON(bytes: bytes, limits: limits.document)
          let interaction = try SegmentSpec.interaction(from: json, defaults: defaults, line: line.number)
          try interaction.check(limits)
          return interaction
        } catch { throw InputError(error, line: line.number) }
      }
    }
  }
}
