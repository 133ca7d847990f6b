/// The declarations of the built-in functions (cel-spec, `doc/langdef.md`, and the extension libraries of cel-go).
enum BuiltInLibrary {
  typealias Overload = ExpressionFunction.Overload

  /// Every built-in function by name.
  static let functions: [String: [Overload]] = {
    var table: [String: [Overload]] = [:]
    for declarations in [standard, time, optionals, strings, mathematics, collections] {
      for (name, overloads) in declarations { table[name, default: []] += overloads }
    }
    return table
  }()

  /// Names of the built-in types as values.
  static let types: [String: ExpressionType] = [
    "bool": .bool, "bytes": .bytes, "double": .double, "int": .int, "list": .list(.dyn), "map": .map(.dyn, .dyn),
    "null_type": .null, "string": .string, "type": .type(.dyn), "uint": .uint, "optional_type": .optional(.dyn),
    "google.protobuf.Timestamp": .timestamp, "google.protobuf.Duration": .duration,
  ]

  /// The name of a type as a value.
  static func name(of type: ExpressionType) -> String {
    switch type {
    case .list: "list"
    case .map, .record: "map"
    case .type: "type"
    case .optional: OptionalValue.typeName
    case .timestamp: "google.protobuf.Timestamp"
    case .duration: "google.protobuf.Duration"
    default: type.description
    }
  }

  private static let a = ExpressionType.parameter("A")
  private static let b = ExpressionType.parameter("B")

  private static func function(
    _ parameters: [ExpressionType], _ result: ExpressionType, _ builtIn: BuiltInFunction
  ) -> Overload {
    Overload(parameters, returns: result, isMember: false, builtIn: builtIn)
  }

  private static func member(
    _ parameters: [ExpressionType], _ result: ExpressionType, _ builtIn: BuiltInFunction
  ) -> Overload {
    Overload(parameters, returns: result, isMember: true, builtIn: builtIn)
  }

  private static func conversions(
    _ kinds: [ExpressionType], to result: ExpressionType, _ builtIn: BuiltInFunction
  ) -> [Overload] {
    kinds.map { function([$0], result, builtIn) }
  }

  private static let standard: [(String, [Overload])] = [
    (
      "size",
      [ExpressionType.string, .bytes, .list(a), .map(a, b)].flatMap {
        [function([$0], .int, .size), member([$0], .int, .size)]
      }
    ),
    ("contains", [member([.string, .string], .bool, .contains)]),
    ("startsWith", [member([.string, .string], .bool, .startsWith)]),
    ("endsWith", [member([.string, .string], .bool, .endsWith)]),
    ("matches", [member([.string, .string], .bool, .matches), function([.string, .string], .bool, .matches)]),
    ("bool", conversions([.bool, .string], to: .bool, .toBool)),
    ("bytes", conversions([.bytes, .string], to: .bytes, .toBytes)),
    ("double", conversions([.double, .int, .uint, .string], to: .double, .toDouble)),
    ("int", conversions([.int, .uint, .double, .string, .timestamp], to: .int, .toInt)),
    ("uint", conversions([.uint, .int, .double, .string], to: .uint, .toUint)),
    (
      "string",
      conversions([.string, .bool, .int, .uint, .double, .bytes, .timestamp, .duration], to: .string, .toString)
    ),
    ("duration", conversions([.duration, .string], to: .duration, .toDuration)),
    ("timestamp", conversions([.timestamp, .string, .int], to: .timestamp, .toTimestamp)),
    ("dyn", [function([a], .dyn, .toDyn)]),
    ("type", [function([a], .type(a), .typeOf)]),
  ]

  private static let time: [(String, [Overload])] = [
    ("getFullYear", calendar(.fullYear)), ("getMonth", calendar(.month)), ("getDayOfMonth", calendar(.dayOfMonth)),
    ("getDate", calendar(.date)), ("getDayOfYear", calendar(.dayOfYear)), ("getDayOfWeek", calendar(.dayOfWeek)),
    ("getHours", clock(.hours)), ("getMinutes", clock(.minutes)), ("getSeconds", clock(.seconds)),
    ("getMilliseconds", clock(.milliseconds)),
  ]

  private static func calendar(_ builtIn: BuiltInFunction) -> [Overload] {
    [member([.timestamp], .int, builtIn), member([.timestamp, .string], .int, builtIn)]
  }

  private static func clock(_ builtIn: BuiltInFunction) -> [Overload] {
    calendar(builtIn) + [member([.duration], .int, builtIn)]
  }

  private static let optionals: [(String, [Overload])] = [
    ("optional.of", [function([a], .optional(a), .optionalOf)]),
    ("optional.none", [function([], .optional(a), .optionalNone)]),
    ("optional.ofNonZeroValue", [function([a], .optional(a), .optionalOfNonZero)]),
    ("hasValue", [member([.optional(a)], .bool, .hasValue)]),
    ("value", [member([.optional(a)], a, .optionalValue)]),
    ("optional.unwrap", [function([.list(.optional(a))], .list(a), .optionalUnwrap)]),
    ("unwrapOpt", [member([.list(.optional(a))], .list(a), .optionalUnwrap)]),
  ]

  private static let strings: [(String, [Overload])] = [
    ("charAt", [member([.string, .int], .string, .charAt)]),
    ("indexOf", [member([.string, .string], .int, .indexOf), member([.string, .string, .int], .int, .indexOf)]),
    (
      "lastIndexOf",
      [member([.string, .string], .int, .lastIndexOf), member([.string, .string, .int], .int, .lastIndexOf)]
    ),
    ("lowerAscii", [member([.string], .string, .lowerASCII)]),
    ("upperAscii", [member([.string], .string, .upperASCII)]),
    (
      "replace",
      [
        member([.string, .string, .string], .string, .replace),
        member([.string, .string, .string, .int], .string, .replace),
      ]
    ),
    (
      "split",
      [
        member([.string, .string], .list(.string), .split),
        member([.string, .string, .int], .list(.string), .split),
      ]
    ),
    ("join", [member([.list(.string)], .string, .join), member([.list(.string), .string], .string, .join)]),
    (
      "substring",
      [member([.string, .int], .string, .substring), member([.string, .int, .int], .string, .substring)]
    ),
    ("trim", [member([.string], .string, .trim)]),
    ("reverse", [member([.string], .string, .reverse), member([.list(a)], .list(a), .reverse)]),
    ("strings.quote", [function([.string], .string, .quote)]),
    ("format", [member([.string, .list(.dyn)], .string, .format)]),
  ]

  private static let mathematics: [(String, [Overload])] = [
    ("math.ceil", [function([.double], .double, .ceil)]), ("math.floor", [function([.double], .double, .floor)]),
    ("math.round", [function([.double], .double, .round)]), ("math.trunc", [function([.double], .double, .trunc)]),
    ("math.abs", numeric(.abs)), ("math.sign", numeric(.sign)),
    ("math.isNaN", [function([.double], .bool, .isNaN)]), ("math.isInf", [function([.double], .bool, .isInf)]),
    ("math.isFinite", [function([.double], .bool, .isFinite)]),
    ("math.sqrt", conversions([.double, .int, .uint], to: .double, .squareRoot)),
    ("math.bitAnd", binaryBits(.bitAnd)), ("math.bitOr", binaryBits(.bitOr)), ("math.bitXor", binaryBits(.bitXor)),
    ("math.bitNot", [function([.int], .int, .bitNot), function([.uint], .uint, .bitNot)]),
    ("math.bitShiftLeft", shifts(.bitShiftLeft)), ("math.bitShiftRight", shifts(.bitShiftRight)),
  ]

  private static func numeric(_ builtIn: BuiltInFunction) -> [Overload] {
    [ExpressionType.int, .uint, .double].map { function([$0], $0, builtIn) }
  }

  private static func binaryBits(_ builtIn: BuiltInFunction) -> [Overload] {
    [function([.int, .int], .int, builtIn), function([.uint, .uint], .uint, builtIn)]
  }

  private static func shifts(_ builtIn: BuiltInFunction) -> [Overload] {
    [function([.int, .int], .int, builtIn), function([.uint, .int], .uint, builtIn)]
  }

  private static let collections: [(String, [Overload])] = [
    ("base64.encode", [function([.bytes], .string, .base64Encode)]),
    ("base64.decode", [function([.string], .bytes, .base64Decode)]),
    ("sets.contains", [function([.list(a), .list(a)], .bool, .setsContains)]),
    ("sets.equivalent", [function([.list(a), .list(a)], .bool, .setsEquivalent)]),
    ("sets.intersects", [function([.list(a), .list(a)], .bool, .setsIntersects)]),
    ("lists.range", [function([.int], .list(.int), .listRange)]),
    ("slice", [member([.list(a), .int, .int], .list(a), .slice)]),
    ("flatten", [member([.list(.list(a))], .list(a), .flatten), member([.list(.dyn), .int], .list(.dyn), .flatten)]),
    ("distinct", [member([.list(a)], .list(a), .distinct)]),
    ("sort", [member([.list(a)], .list(a), .sort)]),
    ("first", [member([.list(a)], .optional(a), .first)]),
    ("last", [member([.list(a)], .optional(a), .last)]),
  ]
}
