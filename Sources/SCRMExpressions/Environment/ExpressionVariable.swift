/// A variable of an environment: where its value lies and of which type it is.
public struct ExpressionVariable: Sendable, Hashable {
  /// The name, with dots for the field of a record: `event.type`.
  public let name: String
  /// The type.
  public let type: ExpressionType
  /// The slot of an ``ExpressionActivation`` that holds the value.
  public let slot: Int
}
