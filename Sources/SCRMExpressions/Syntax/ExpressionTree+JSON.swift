public import StrictJSON

/// The canonical JSON form of a tree; locations are not part of it.
///
/// | node | form |
/// |---|---|
/// | literal | the JSON form of the ``Value``: `"text"`, `5`, `0.5`, `true`, `null`, `{"$double":"5.0"}`, `{"$uint":"5"}` |
/// | name | `{"name":"event"}` |
/// | field | `{"field":"type","of":…}`, optional: `{"field":"type","of":…,"optional":true}` |
/// | operator | `{"op":"&&","args":[…]}` with the names of ``ExpressionOperator`` |
/// | call | `{"call":"size","args":[…]}`, on a target: `{"call":"startsWith","target":…,"args":[…]}` |
/// | list | `{"list":[…]}`, an optional element: `{"optional":…}` |
/// | map | `{"map":[[key,value],…]}`, an optional entry: `{"optional":[key,value]}` |
///
/// Members stand in the order shown and false or absent ones are left out, so that equal trees have equal bytes.
extension ExpressionTree: JSONCodable {
  /// Reads the form; checks the names and the numbers of operands, not the types.
  /// - Throws: `JSONError` with the path to what was wrong.
  public init(json: JSON) throws(JSONError) {
    guard case .object(let object) = json else {
      guard !json.isArray else {
        throw JSONError(.invalidValue, "a list is written as {\"list\": […]}")
      }
      self = try Self.literal(from: json)
      return
    }
    guard let kind = Self.kinds.first(where: { object[$0] != nil }) else {
      self = try Self.literal(from: json)
      return
    }
    for member in object where !Self.members(of: kind).contains(member.key) {
      throw JSONError(.invalidValue, "unknown member; expected \(Self.members(of: kind).joined(separator: ", "))")
        .prefixed(by: .key(member.key))
    }
    switch kind {
    case "name": self.init(.name(try Self.name(object)))
    case "field":
      let operand: ExpressionTree = try object.required("of")
      let field = try object.string("field")
      guard Keywords.isField(field) else {
        throw JSONError(.invalidValue, "a field is not empty and holds no backtick and no control character")
          .prefixed(by: .key("field"))
      }
      self.init(.select(operand, field: field, optional: try object.optionalBool("optional") ?? false))
    case "op":
      let name = try object.string("op")
      guard let sign = ExpressionOperator(rawValue: name) else {
        let known = ExpressionOperator.allCases.map(\.rawValue).joined(separator: " ")
        throw JSONError(.invalidValue, "unknown operator; expected one of \(known)").prefixed(by: .key("op"))
      }
      let operands: [ExpressionTree] = try object.array("args")
      guard sign.operandCount.contains(operands.count) else {
        throw JSONError(.invalidValue, "\(name) takes another number of operands than \(operands.count)")
          .prefixed(by: .key("args"))
      }
      self.init(.operation(sign, operands))
    case "call":
      let function = try object.string("call")
      let target = try object.optionalTree("target")
      guard Keywords.isFunction(function, onTarget: target != nil) else {
        throw JSONError(.invalidValue, "expected the name of a function").prefixed(by: .key("call"))
      }
      self.init(.call(function, target: target, arguments: try object.array("args")))
    case "list":
      self.init(
        .list(
          try Self.elements(object, under: "list") { json, isOptional throws(JSONError) in
            Element(try ExpressionTree(json: json), isOptional: isOptional)
          }))
    default:
      self.init(
        .map(
          try Self.elements(object, under: "map") { json, isOptional throws(JSONError) in
            let pair = try json.arrayValue()
            guard pair.count == 2 else { throw JSONError(.invalidValue, "expected a pair of key and value") }
            return Entry(try ExpressionTree(json: pair[0]), try ExpressionTree(json: pair[1]), isOptional: isOptional)
          }))
    }
  }

  /// Writes the canonical form.
  public func write(to writer: inout JSONWriter) {
    if case .literal(let literal) = node { return literal.value.write(to: &writer) }
    writer.beginObject()
    switch node {
    case .literal: break
    case .name(let name): writer.field("name", name)
    case .select(let operand, let field, let optional):
      writer.field("field", field)
      writer.field("of", operand)
      if optional { writer.field("optional", true) }
    case .operation(let sign, let operands):
      writer.field("op", sign.rawValue)
      writer.trees("args", operands)
    case .call(let function, let target, let arguments):
      writer.field("call", function)
      writer.field("target", target)
      writer.trees("args", arguments)
    case .list(let elements):
      writer.key("list")
      writer.beginArray()
      for element in elements {
        writer.optional(element.isOptional) { element.value.write(to: &$0) }
      }
      writer.endArray()
    case .map(let entries):
      writer.key("map")
      writer.beginArray()
      for entry in entries {
        writer.optional(entry.isOptional) {
          $0.beginArray()
          entry.key.write(to: &$0)
          entry.value.write(to: &$0)
          $0.endArray()
        }
      }
      writer.endArray()
    }
    writer.endObject()
  }

  private static let kinds = ["name", "field", "op", "call", "list", "map"]

  private static func members(of kind: String) -> [String] {
    switch kind {
    case "field": ["field", "of", "optional"]
    case "op": ["op", "args"]
    case "call": ["call", "target", "args"]
    default: [kind]
    }
  }

  private static func literal(from json: JSON) throws(JSONError) -> ExpressionTree {
    guard let literal = ExpressionLiteral(try Value(json: json)) else {
      throw JSONError(
        .invalidValue,
        "expected a node (\(kinds.joined(separator: ", "))) or a literal (null, bool, number, text, bytes)")
    }
    return ExpressionTree(.literal(literal))
  }

  private static func name(_ object: JSONObject) throws(JSONError) -> String {
    let name = try object.string("name")
    guard Keywords.isName(name) else {
      throw JSONError(.invalidValue, "expected a name of letters, digits and underscores").prefixed(by: .key("name"))
    }
    return name
  }

  private static func elements<T>(
    _ object: JSONObject, under key: String, _ read: (JSON, Bool) throws(JSONError) -> T
  ) throws(JSONError) -> [T] {
    do throws(JSONError) {
      var elements: [T] = []
      for (index, json) in try (object[key] ?? .null).arrayValue().enumerated() {
        do throws(JSONError) {
          if case .object(let wrapper) = json, let content = wrapper["optional"], wrapper.count == 1 {
            elements.append(try read(content, true))
          } else {
            elements.append(try read(json, false))
          }
        } catch { throw error.prefixed(by: .index(index)) }
      }
      return elements
    } catch { throw error.prefixed(by: .key(key)) }
  }
}

extension JSONObject {
  /// A tree; unlike other members `null` is one, the literal.
  fileprivate func optionalTree(_ key: String) throws(JSONError) -> ExpressionTree? {
    self[key] == nil ? nil : try required(key)
  }
}

extension JSONWriter {
  fileprivate mutating func trees(_ name: String, _ trees: [ExpressionTree]) {
    key(name)
    beginArray()
    for tree in trees { tree.write(to: &self) }
    endArray()
  }

  fileprivate mutating func optional(_ isOptional: Bool, _ content: (inout JSONWriter) -> Void) {
    guard isOptional else { return content(&self) }
    beginObject()
    key("optional")
    content(&self)
    endObject()
  }
}

extension JSON {
  fileprivate var isArray: Bool { if case .array = self { true } else { false } }
}
