@testable import SCRMExpressions

/// Trees made at random over the variables of ``environment``: of a given type and without `dyn`, or of any shape.
struct TreeGenerator {
  var random: TestRandom

  init(_ seed: Int) { random = TestRandom(UInt64(seed)) }

  static let variables: [(name: String, type: ExpressionType)] = [
    ("b", .bool), ("c", .bool), ("i", .int), ("j", .int), ("u", .uint), ("d", .double), ("s", .string),
    ("y", .bytes), ("t", .timestamp), ("n", .duration), ("li", .list(.int)), ("ls", .list(.string)),
    ("m", .map(.string, .int)), ("o", .optional(.int)),
  ]

  /// The variables, and a record with a field of each of four types.
  static let environment: ExpressionEnvironment = {
    var environment = ExpressionEnvironment()
    let fields = [
      ExpressionRecord.Field("flag", .bool), .init("count", .int), .init("name", .string), .init("score", .double),
    ]
    environment.declare(ExpressionRecord("Profile", fields))
    environment.declare("profile", .record("Profile"))
    for variable in variables { environment.declare(variable.name, variable.type) }
    return environment
  }()

  static let types: [ExpressionType] = [
    .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .list(.int), .list(.string),
    .map(.string, .int),
  ]

  mutating func pick<T>(_ items: [T]) -> T { items[random.below(items.count)] }

  // MARK: Well typed

  /// A tree of the type; every call it makes is declared for the types it has.
  mutating func tree(_ type: ExpressionType, depth: Int) -> ExpressionTree {
    guard depth > 0, random.below(8) > 0 else { return leaf(type) }
    let next = depth - 1
    switch random.below(12) {
    case 0: return .operation(.conditional, tree(.bool, depth: next), tree(type, depth: next), tree(type, depth: next))
    case 1:
      return .operation(.index, ExpressionTree(.list([.init(tree(type, depth: next))])), tree(.int, depth: 0))
    case 2:
      let bound = tree(type, depth: next)
      return ExpressionTree.name("cel").call("bind", .name("v"), bound, .name("v"))
    default: break
    }
    switch type {
    case .bool: return bool(next)
    case .int: return int(next)
    case .uint:
      return random.below(3) == 0
        ? .call("uint", tree(pick([.int, .double, .uint]), depth: next))
        : .operation(
          pick([.add, .subtract, .multiply, .divide, .remainder]), tree(.uint, depth: next), tree(.uint, depth: next))
    case .double:
      return random.below(3) == 0
        ? .call("double", tree(pick([.int, .uint, .string]), depth: next))
        : .operation(
          pick([.add, .subtract, .multiply, .divide]), tree(.double, depth: next), tree(.double, depth: next))
    case .string: return string(next)
    case .bytes:
      return random.below(2) == 0
        ? .call("bytes", tree(.string, depth: next))
        : .operation(.add, tree(.bytes, depth: next), tree(.bytes, depth: next))
    case .timestamp:
      return random.below(2) == 0
        ? .operation(pick([.add, .subtract]), tree(.timestamp, depth: next), tree(.duration, depth: next))
        : .call("timestamp", tree(.int, depth: next))
    case .duration:
      return random.below(2) == 0
        ? .operation(.subtract, tree(.timestamp, depth: next), tree(.timestamp, depth: next))
        : .operation(pick([.add, .subtract]), tree(.duration, depth: next), tree(.duration, depth: next))
    case .list(let element): return list(element, next)
    case .map(let key, let value):
      return ExpressionTree(
        .map((0..<(1 + random.below(2))).map { _ in .init(tree(key, depth: next), tree(value, depth: next)) }))
    default: return leaf(type)
    }
  }

  private mutating func bool(_ depth: Int) -> ExpressionTree {
    switch random.below(12) {
    case 0, 1:
      return ExpressionTree(.operation(.and, (0..<(2 + random.below(2))).map { _ in tree(.bool, depth: depth) }))
    case 2, 3:
      return ExpressionTree(.operation(.or, (0..<(2 + random.below(2))).map { _ in tree(.bool, depth: depth) }))
    case 4: return .operation(.not, tree(.bool, depth: depth))
    case 5:
      let type = pick(Self.types)
      return .operation(pick([.equal, .notEqual]), tree(type, depth: depth), tree(type, depth: depth))
    case 6:
      let type = pick([ExpressionType.int, .uint, .double, .string, .bytes, .timestamp, .duration, .bool])
      // Numbers have an order across their kinds.
      let isNumber = [ExpressionType.int, .uint, .double].contains(type)
      let other = isNumber && random.below(2) == 0 ? pick([ExpressionType.int, .uint, .double]) : type
      return .operation(
        pick([.less, .lessOrEqual, .greater, .greaterOrEqual]), tree(type, depth: depth), tree(other, depth: depth))
    case 7: return .operation(.in, tree(.int, depth: depth), tree(.list(.int), depth: depth))
    case 8: return .operation(.in, tree(.string, depth: depth), tree(.map(.string, .int), depth: depth))
    case 9:
      return tree(.string, depth: depth).call(
        pick(["contains", "startsWith", "endsWith"]), tree(.string, depth: depth))
    case 10:
      return tree(.list(.int), depth: depth).call(
        pick(["all", "exists", "exists_one"]), .name("x"),
        .operation(pick([.less, .equal, .greater]), .name("x"), tree(.int, depth: depth)))
    default: return .call("has", ExpressionTree.name("profile").select(pick(["flag", "count", "name"])))
    }
  }

  private mutating func int(_ depth: Int) -> ExpressionTree {
    switch random.below(6) {
    case 0: return .call("size", tree(pick([.string, .bytes, .list(.int), .map(.string, .int)]), depth: depth))
    case 1: return .operation(.negate, .operation(.add, tree(.int, depth: depth), tree(.int, depth: depth)))
    case 2: return .call("int", tree(pick([.double, .string, .uint, .timestamp]), depth: depth))
    case 3: return .operation(.index, tree(.list(.int), depth: depth), tree(.int, depth: depth))
    case 4: return tree(.timestamp, depth: depth).call(pick(["getFullYear", "getMonth", "getHours", "getDayOfWeek"]))
    default:
      return .operation(
        pick([.add, .subtract, .multiply, .divide, .remainder]), tree(.int, depth: depth), tree(.int, depth: depth))
    }
  }

  private mutating func string(_ depth: Int) -> ExpressionTree {
    switch random.below(4) {
    case 0: .call("string", tree(pick([.int, .uint, .double, .bool, .timestamp, .duration, .bytes]), depth: depth))
    case 1: tree(.string, depth: depth).call(pick(["lowerAscii", "upperAscii", "trim"]))
    case 2: tree(.string, depth: depth).call("substring", tree(.int, depth: depth))
    default: .operation(.add, tree(.string, depth: depth), tree(.string, depth: depth))
    }
  }

  private mutating func list(_ element: ExpressionType, _ depth: Int) -> ExpressionTree {
    switch random.below(4) {
    case 0: .operation(.add, tree(.list(element), depth: depth), tree(.list(element), depth: depth))
    case 1: tree(.list(element), depth: depth).call("filter", .name("x"), tree(.bool, depth: depth))
    case 2: tree(.list(.int), depth: depth).call("map", .name("x"), tree(element, depth: depth))
    default: ExpressionTree(.list((0..<(1 + random.below(3))).map { _ in .init(tree(element, depth: depth)) }))
    }
  }

  private mutating func leaf(_ type: ExpressionType) -> ExpressionTree {
    if random.below(2) == 0 {
      let names = Self.variables.filter { $0.type == type }
      if !names.isEmpty { return .name(pick(names).name) }
    }
    switch type {
    case .bool:
      return random.below(2) == 0
        ? .literal(.bool(random.below(2) == 0)) : ExpressionTree.name("profile").select("flag")
    case .int:
      return random.below(3) == 0
        ? ExpressionTree.name("profile").select("count") : .literal(.int(pick([0, 1, -1, 2, 7, .max, .min])))
    case .uint: return .literal(.uint(pick([0, 1, 2, .max])))
    case .double: return .literal(.double(pick([0, -0.0, 0.5, 1, -1.5, 1e300, 0x1p63])))
    case .string: return .literal(.string(random.text()))
    case .bytes: return .literal(.bytes(pick([[], [0], [0x61, 0xFF]])))
    case .timestamp:
      return .call(
        "timestamp",
        .literal(.string(pick(["2024-06-01T00:00:00Z", "1970-01-01T00:00:00.5Z", "9999-12-31T23:59:59Z"]))))
    case .duration: return .call("duration", .literal(.string(pick(["1s", "-1.5h", "100ms"]))))
    case .list(let element): return ExpressionTree(.list([.init(leaf(element))]))
    case .map(let key, let value): return ExpressionTree(.map([.init(leaf(key), leaf(value))]))
    case .optional(let value): return ExpressionTree.name("optional").call("of", leaf(value))
    default: return .literal(.null)
    }
  }

  // MARK: Any shape

  private static let names = ["b", "i", "s", "profile", "nope", ".b", "cel", "x"]
  private static let fields = ["flag", "count", "nope", "if", "in", "a-b", "文", "null", "a b"]
  private static let functions = [
    "size", "has", "all", "exists", "map", "contains", "matches", "bind", "optional", "int", "nope", "for",
  ]

  /// A tree that may well be refused: any operator over any operands.
  mutating func anyTree(depth: Int) -> ExpressionTree {
    guard depth > 0 else {
      return random.below(2) == 0
        ? .name(pick(Self.names)) : leaf(pick(Self.types.filter { $0 != .timestamp && $0 != .duration }))
    }
    let next = depth - 1
    switch random.below(8) {
    case 0: return anyTree(depth: next).select(pick(Self.fields), optional: random.below(4) == 0)
    case 1, 2, 3:
      let sign = pick(ExpressionOperator.allCases)
      let count = sign == .and || sign == .or ? 2 + random.below(3) : sign.operandCount.lowerBound
      let operands = (0..<count).map { _ in anyTree(depth: next) }
      // The negative of a number is a literal of its own in text.
      return ExpressionTree(.operation(sign, operands))
    case 4:
      let arguments = (0..<random.below(4)).map { _ in anyTree(depth: next) }
      return ExpressionTree(.call(pick(Self.functions.filter { $0 != "for" }), target: nil, arguments: arguments))
    case 5:
      let arguments = (0..<random.below(4)).map { _ in anyTree(depth: next) }
      return ExpressionTree(.call(pick(Self.functions), target: anyTree(depth: next), arguments: arguments))
    case 6:
      return ExpressionTree(
        .list((0..<random.below(4)).map { _ in .init(anyTree(depth: next), isOptional: random.below(4) == 0) }))
    default:
      return ExpressionTree(
        .map(
          (0..<random.below(3)).map { _ in
            .init(anyTree(depth: next), anyTree(depth: next), isOptional: random.below(4) == 0)
          }))
    }
  }

  // MARK: Values

  /// Values for some of the variables and fields; the others stay absent when `complete` is false.
  mutating func activation(complete: Bool) throws -> ExpressionActivation {
    var activation = ExpressionActivation(Self.environment)
    for variable in Self.environment.variables where complete || random.below(4) > 0 {
      if let value = value(variable.type) { try activation.set(variable.slot, value) }
    }
    return activation
  }

  private mutating func value(_ type: ExpressionType) -> Value? {
    switch type {
    case .bool: return .bool(random.below(2) == 0)
    case .int: return .int(pick([0, 1, -1, 2, 3, 9, .max, .min]))
    case .uint: return .uint(pick([0, 1, 2, .max]))
    case .double: return .double(pick([0, 0.5, -1, 1e300, .infinity, .nan, 3]))
    case .string: return .string(random.text())
    case .bytes: return .bytes(pick([[], [0x61], [0xFF, 0]]))
    case .timestamp: return .timestamp(random.instant())
    case .duration: return .duration(random.duration())
    case .list(let element): return .list((0..<random.below(4)).compactMap { _ in value(element) })
    case .map(_, let element):
      var map = ValueMap()
      for _ in 0..<random.below(3) { map[.string(random.text())] = value(element) }
      return .map(map)
    case .optional(let element): return .opaque(OptionalValue(random.below(2) == 0 ? nil : value(element)))
    default: return nil
    }
  }
}
