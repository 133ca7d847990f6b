public import SCRMExpressions
public import StrictJSON

/// A fact about a person that conditions may name: its path, its type and what it rests on.
public struct Fact: Sendable, Hashable {
  /// The path in conditions, such as `person.city`; its parts are joined by dots.
  public let name: String
  /// The type in conditions.
  public let type: ExpressionType
  /// What it rests on.
  public let origin: FactOrigin

  /// Creates a fact.
  public init(_ name: String, _ type: ExpressionType, _ origin: FactOrigin = .trait) {
    self.name = name
    self.type = type
    self.origin = origin
  }

  /// Whether both are the same fact; names by bytes.
  public static func == (left: Fact, right: Fact) -> Bool {
    left.name.sameBytes(as: right.name) && left.type == right.type && left.origin == right.origin
  }

  /// Hashes the name.
  public func hash(into hasher: inout Hasher) { name.hashBytes(into: &hasher) }

  /// The steps of the path.
  var steps: [String] { name.split(separator: ".", omittingEmptySubsequences: false).map(String.init) }

  /// The last step of the path: the name of the trait, the purpose or the score.
  var leaf: String { steps.last ?? name }
}

/// The JSON form: `{"name":"person.city","type":"string","origin":"trait"}`.
extension Fact: JSONCodable {
  /// Reads the form.
  /// - Throws: `JSONError` for a type that is none of the language and for an unknown origin.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    let text = try object.string("type")
    guard let type = ExpressionType(text) else {
      throw JSONError(.invalidValue, "expected a type such as string, int or list(string)").prefixed(by: .key("type"))
    }
    self.init(try object.string("name"), type, try object.requiredCase("origin"))
  }

  /// Writes the form.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("name", name)
    writer.field("type", type.description)
    writer.field("origin", origin.rawValue)
    writer.endObject()
  }
}
