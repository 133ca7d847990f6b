public import SCRMExpressions
public import StrictJSON

/// The condition of a rule.
///
/// | condition | JSON form |
/// |---|---|
/// | always | the member is absent |
/// | text of the condition language (CEL) | `"event.type == 'comment'"` |
/// | condition tree, as form editors write it | `{"all":[…]}`, see `ConditionTree` |
/// | a closure the host registered | `{"closure":"is-angry"}` |
public enum RuleCondition: Sendable {
  /// Holds always.
  case always
  /// Text of the condition language; it is read when the book compiles the rule.
  case text(String)
  /// A condition tree.
  case tree(ConditionTree)
  /// A registered closure by its name.
  case closure(String)
}

extension RuleCondition: Hashable {
  /// Whether both are the same condition, texts by bytes.
  public static func == (left: RuleCondition, right: RuleCondition) -> Bool {
    switch (left, right) {
    case (.always, .always): true
    case (.text(let l), .text(let r)), (.closure(let l), .closure(let r)): l.sameBytes(as: r)
    case (.tree(let l), .tree(let r)): l == r
    default: false
    }
  }

  /// Hashes the condition.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .always: hasher.combine(0)
    case .text(let text), .closure(let text): text.hashBytes(into: &hasher)
    case .tree(let tree): hasher.combine(tree)
    }
  }
}

extension RuleCondition: JSONCodable {
  /// Reads the form; the text of a condition is read only when it is compiled.
  /// - Throws: `JSONError` with the path to what was wrong.
  public init(json: JSON) throws(JSONError) {
    switch json {
    case .string(let text):
      guard !text.isEmpty else { throw JSONError(.invalidValue, "expected a condition, found an empty text") }
      self = .text(text)
    case .object(let object) where object["closure"] != nil:
      try object.expect(["closure"])
      self = .closure(try object.name("closure"))
    default: self = .tree(try ConditionTree(json: json))
    }
  }

  /// Writes the form; `always` as the text `true`.
  public func write(to writer: inout JSONWriter) {
    switch self {
    case .always: writer.string("true")
    case .text(let text): writer.string(text)
    case .tree(let tree): tree.write(to: &writer)
    case .closure(let name):
      writer.beginObject()
      writer.field("closure", name)
      writer.endObject()
    }
  }
}
