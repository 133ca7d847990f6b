/// Reads the tagged values and the declarations of conformance tests.
enum ConformanceReader {
  static func type(_ text: String) throws(JSONError) -> ExpressionType {
    guard let type = ExpressionType(text) else { throw JSONError(.invalidValue, "expected a type") }
    return type
  }

  static func declare(_ object: JSONObject, in environment: inout ExpressionEnvironment) throws(JSONError) {
    let name = try object.string("name")
    if let text = try object.optionalString("type") {
      environment.declare(name, try type(text))
      return
    }
    var overloads: [ExpressionFunction.Overload] = []
    for json in try (object["overloads"] ?? .array([])).arrayValue() {
      let overload = try json.objectValue()
      var parameters: [ExpressionType] = []
      for text in try overload.strings("params") { parameters.append(try type(text)) }
      overloads.append(
        ExpressionFunction.Overload(
          parameters, returns: try type(try overload.string("result")),
          isMember: try overload.optionalBool("member") ?? false
        ) { _ throws(ValueError) in throw ValueError(.unknownFunction, "'\(name)' is only declared") })
    }
    environment.declare(ExpressionFunction(name, overloads))
  }

  static func expectation(_ object: JSONObject) throws(JSONError) -> ConformanceTest.Expectation {
    var expected: ExpressionType?
    if let text = try object.optionalString("type") { expected = try type(text) }
    if let json = object["value"] { return .value(try value(json), type: expected) }
    if let expected { return .type(expected) }
    let messages = try object.strings("error") + (try object.strings("any_error"))
    return .failure(
      ofName: messages.contains { $0.contains("unbound") || $0.contains("unknown") || $0.contains("undeclared") })
  }

  /// A value `{"t": kind, "v": content}`.
  static func value(_ json: JSON) throws(JSONError) -> Value {
    let object = try json.objectValue()
    let content = object["v"] ?? .null
    switch try object.string("t") {
    case "null": return .null
    case "bool": return .bool(try content.boolValue())
    case "int": if let value = Int64(try content.stringValue()) { return .int(value) }
    case "uint": if let value = UInt64(try content.stringValue()) { return .uint(value) }
    case "double":
      switch try content.stringValue() {
      case "NaN": return .double(.nan)
      case "Infinity": return .double(.infinity)
      case "-Infinity": return .double(-.infinity)
      case let text: if let value = Double(text) { return .double(value) }
      }
    case "string": return .string(try content.stringValue())
    case "bytes": if let bytes = Base64.decode(try content.stringValue()) { return .bytes(bytes) }
    case "type": return .type(try content.stringValue())
    case "list":
      var values: [Value] = []
      for element in try content.arrayValue() { values.append(try value(element)) }
      return .list(values)
    case "map":
      var entries: [(key: ValueMap.Key, value: Value)] = []
      for element in try content.arrayValue() {
        let pair = try element.arrayValue()
        guard pair.count == 2, let key = try value(pair[0]).literalKey else {
          throw JSONError(.invalidValue, "expected pairs of key and value")
        }
        entries.append((key: key, value: try value(pair[1])))
      }
      do { return .map(try ValueMap(entries)) } catch { throw JSONError(.duplicateKey, error.reason) }
    case "timestamp":
      let seconds = try object.integer("seconds")
      let nanoseconds = try object.integer("nanos")
      if let instant = Instant(secondsSinceEpoch: seconds, nanoseconds: Int32(truncatingIfNeeded: nanoseconds)) {
        return .timestamp(instant)
      }
    case "duration":
      return .duration(.seconds(try object.integer("seconds")) + .nanoseconds(try object.integer("nanos")))
    default: break
    }
    throw JSONError(.invalidValue, "expected a tagged value")
  }
}

extension JSONObject {
  /// An integer written as a number or as text.
  fileprivate func integer(_ key: String) throws(JSONError) -> Int64 {
    if case .string(let text)? = self[key], let value = Int64(text) { return value }
    return try int(key)
  }
}
