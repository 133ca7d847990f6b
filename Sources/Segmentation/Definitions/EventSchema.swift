public import SCRMModel

/// The fields of events that behaviour terms may name as `event.NAME`.
///
/// Field 0 is always `amount`, a double: the money or quantity that most terms count. What else is declared follows it.
public struct EventSchema: Sendable, Hashable {
  /// The fields; the first is `amount`.
  public let fields: [ExpressionRecord.Field]

  /// Creates a schema of `amount` and further fields.
  /// - Throws: `SCRMError` with `duplicateName` when a name is declared twice.
  public init(_ further: [ExpressionRecord.Field] = []) throws(SCRMError) {
    fields = [.init("amount", .double)] + further
    for (index, field) in fields.enumerated()
    where fields[..<index].contains(where: { $0.name.sameBytes(as: field.name) }) {
      throw SCRMError(.duplicateName, subject: "event.\(field.name)", "expected every field once")
    }
  }

  /// `amount` alone.
  public static let amount = EventSchema(unchecked: [.init("amount", .double)])
  /// `amount` and the texts `channel`, `object`, `objectType`, `campaign`, `source` and `text` of an interaction.
  public static let standard = EventSchema(
    unchecked: [.init("amount", .double)]
      + ["channel", "object", "objectType", "campaign", "source", "text"].map { .init($0, .string) })

  private init(unchecked fields: [ExpressionRecord.Field]) { self.fields = fields }

  /// The number of a field; `nil` when it is not declared.
  public func index(of name: String) -> Int? { fields.firstIndex { $0.name.sameBytes(as: name) } }

  /// An environment in which `event` is declared; the slot of field `n` is `n`.
  public func environment() -> ExpressionEnvironment {
    var environment = ExpressionEnvironment()
    environment.declare(ExpressionRecord("Event", fields))
    environment.declare("event", .record("Event"))
    return environment
  }
}
