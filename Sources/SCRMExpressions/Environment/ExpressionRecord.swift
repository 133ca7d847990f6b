/// A record type: a map with text keys of which the fields and their types are known.
///
/// A field that has no value is missing: reading it leaves a condition undecided, `has(record.field)` tells.
public struct ExpressionRecord: Sendable, Hashable {
  /// A field.
  public struct Field: Sendable, Hashable {
    /// The name.
    public let name: String
    /// The type.
    public let type: ExpressionType

    /// Creates a field.
    public init(_ name: String, _ type: ExpressionType) {
      self.name = name
      self.type = type
    }
  }

  /// The name of the type, such as `Profile`.
  public let name: String
  /// The fields in the order declared.
  public let fields: [Field]

  /// Creates a record type.
  public init(_ name: String, _ fields: [Field]) {
    self.name = name
    self.fields = fields
  }

  /// Creates a record type; the fields in the order of their names.
  public init(_ name: String, _ fields: [String: ExpressionType]) {
    self.init(name, fields.map { Field($0.key, $0.value) }.sorted { $0.name.byteOrder($1.name) == .ascending })
  }

  func type(of field: String) -> ExpressionType? { fields.first { $0.name.sameBytes(as: field) }?.type }
}
