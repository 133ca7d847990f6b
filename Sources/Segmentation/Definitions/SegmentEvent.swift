public import SCRMModel

/// What a person did, as segments see it: kind, time and the fields of an ``EventSchema``.
public struct SegmentEvent: Sendable, Hashable {
  /// What was done.
  public var kind: InteractionKind
  /// When, in milliseconds since 1970.
  public var time: Int64
  /// Field 0; NaN when there is none.
  public var amount: Double
  /// The fields from number 1 on, in the order of the schema; missing ones and ones beyond the end have no value.
  public var further: [Value?]

  /// Creates an event.
  public init(_ kind: InteractionKind, at time: Int64, amount: Double = .nan, further: [Value?] = []) {
    self.kind = kind
    self.time = time
    self.amount = amount
    self.further = further
  }

  /// Creates an event from an interaction, for ``EventSchema/standard``.
  ///
  /// The amount is the nearest double of the money's decimal, whatever the currency.
  public init(_ interaction: Interaction) {
    func text(_ value: String?) -> Value? { value.map { .string($0) } }
    self.init(
      interaction.kind, at: interaction.occurred.millisecondsSinceEpoch,
      amount: interaction.amount?.approximateAmount ?? .nan,
      further: [
        text(interaction.context.channel), text(interaction.object?.id), text(interaction.object?.type),
        text(interaction.context.campaign?.name), .string(interaction.key.source.rawValue),
        text(interaction.text?.text),
      ])
  }

  /// The value of a field by its number; `nil` when there is none.
  public func value(_ field: Int) -> Value? {
    if field == 0 { return amount.isNaN ? nil : .double(amount) }
    return field - 1 < further.count ? further[field - 1] : nil
  }
}
