/// A value of the language that may be absent, made by `optional.of` and `optional.none`.
public struct OptionalValue: OpaqueValue {
  /// The name of the type.
  public static let typeName = "optional_type"
  /// The value, `nil` when it is absent.
  public let wrapped: Value?

  /// Creates an optional value.
  public init(_ wrapped: Value?) { self.wrapped = wrapped }

  /// Optional values have no order.
  /// - Throws: always ``ValueError`` with the code `noSuchOverload`.
  public func compare(to other: any OpaqueValue) throws(ValueError) -> ValueOrder {
    throw ValueError(.noSuchOverload, "optional values have no order")
  }

  /// A list of the value, or an empty one.
  public var tagged: Value { .list(wrapped.map { [$0] } ?? []) }
}

extension Value {
  /// An optional value of the language.
  static func optional(_ wrapped: Value?) -> Value { .opaque(OptionalValue(wrapped)) }

  /// The optional value, when this is one.
  var optionalValue: OptionalValue? { if case .opaque(let value) = self { value as? OptionalValue } else { nil } }
}
