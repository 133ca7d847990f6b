/// What a single input may be at most; anything larger is refused for that item alone.
public struct Limits: Sendable, Hashable, Codable {
  /// Bytes of one input line or document.
  ///
  /// Default 1 MiB.
  public var lineBytes = 1 << 20
  /// Nesting levels of properties and documents.
  ///
  /// Default 32.
  public var nesting = 32
  /// Bytes of one identifier or event id.
  ///
  /// Default 1,024.
  public var identifierBytes = 1_024
  /// Identifiers of one party on one interaction.
  ///
  /// Default 32.
  public var identifiersPerParty = 32
  /// Identifiers of one person after merging; a merge beyond it is refused.
  ///
  /// Default 1,000.
  public var identifiersPerPerson = 1_000
  /// Bytes of a text.
  ///
  /// Default 64 KiB.
  public var textBytes = 64 << 10
  /// Properties or traits of one interaction, counted at all levels.
  ///
  /// Default 1,000.
  public var properties = 1_000
  /// Bytes of an untouched raw payload.
  ///
  /// Default 1 MiB.
  public var rawBytes = 1 << 20
  /// Attachments of one interaction.
  ///
  /// Default 64.
  public var attachments = 64
  /// How far an event time may lie after its receive time, seconds.
  ///
  /// Default one day.
  public var clockSkewSeconds = 86_400

  /// The defaults.
  public init() {}
}
