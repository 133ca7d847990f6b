import SCRMExpressions

/// A part of a condition that the index can look up: a field that must have one of some values, hold one of some texts, or
/// lie on one side of a number.
///
/// A condition is a conjunction of such parts and of others. The index finds rules by some of their parts and evaluates
/// the whole condition of those it found, so a part may admit too much but never too little.
struct AccessConjunct: Sendable {
  /// What the parts of one field and form have in common.
  struct Attribute: Sendable, Hashable {
    enum Form: UInt8, Sendable {
      case equalsText, equalsNumber, containsText, above, below
    }
    var slot: Int
    var form: Form
  }

  /// A value looked up: text by its bytes, anything else by its bits.
  enum Key: Sendable, Hashable {
    case text([UInt8])
    case bits(UInt64)
  }

  var attribute: Attribute
  /// The values or texts, without repetition; of a range its one limit.
  var keys: [Key]

  /// The limit of a range as a number that orders like the values do.
  var limit: Double {
    if case .bits(let bits)? = keys.first { Double(bitPattern: bits) } else { 0 }
  }
}

extension AccessConjunct {
  /// The parts of a condition, in the order of the text.
  static func parts(of tree: ExpressionTree, in environment: ExpressionEnvironment) -> [AccessConjunct] {
    // In a name space a name may mean another one.
    guard environment.container.isEmpty else { return [] }
    if case .operation(.and, let operands) = tree.node { return operands.flatMap { parts(of: $0, in: environment) } }
    return part(tree, environment).map { [$0] } ?? []
  }

  private static func part(_ tree: ExpressionTree, _ environment: ExpressionEnvironment) -> AccessConjunct? {
    switch tree.node {
    case .name, .select: return truth(tree, true, environment)
    case .operation(.not, let operands) where operands.count == 1: return truth(operands[0], false, environment)
    case .operation(.or, let operands): return alternatives(operands, environment)
    case .operation(.in, let operands) where operands.count == 2: return membership(operands, environment)
    case .operation(let sign, let operands) where operands.count == 2:
      if let part = comparison(sign, operands[0], operands[1], environment) { return part }
      return mirrored(sign).flatMap { comparison($0, operands[1], operands[0], environment) }
    case .call(let function, let target?, let arguments) where arguments.count == 1:
      return search(function, target, arguments[0], environment)
    default: return nil
    }
  }

  private static func field(_ tree: ExpressionTree, _ environment: ExpressionEnvironment) -> (
    slot: Int, type: ExpressionType
  )? {
    guard let field = ConditionField(tree), let slot = environment.slot(field.path.joined(separator: ".")),
      // A name with dots within could mean another path.
      field.path.allSatisfy({ !$0.utf8.contains(0x2E) })
    else { return nil }
    return (slot, environment.variables[slot].type)
  }

  private static func truth(_ tree: ExpressionTree, _ value: Bool, _ environment: ExpressionEnvironment)
    -> AccessConjunct?
  {
    guard let field = field(tree, environment), field.type == .bool else { return nil }
    return AccessConjunct(attribute: .init(slot: field.slot, form: .equalsNumber), keys: [.bits(value ? 1 : 0)])
  }

  private static func key(_ literal: ExpressionLiteral, _ type: ExpressionType) -> Key? {
    switch (literal, type) {
    case (.string(let text), .string): .text(Array(text.utf8))
    case (.int(let value), .int): .bits(UInt64(bitPattern: value))
    case (.uint(let value), .uint): .bits(value)
    case (.bool(let value), .bool): .bits(value ? 1 : 0)
    // Zero and negative zero are equal.
    case (.double(let value), .double): .bits((value == 0 ? 0 : value).bitPattern)
    default: nil
    }
  }

  private static func equality(_ slot: Int, _ type: ExpressionType, _ keys: [Key]) -> AccessConjunct {
    AccessConjunct(
      attribute: .init(slot: slot, form: type == .string ? .equalsText : .equalsNumber), keys: unique(keys))
  }

  private static func unique(_ keys: [Key]) -> [Key] {
    var seen = Set<Key>()
    return keys.filter { seen.insert($0).inserted }
  }

  private static func membership(_ operands: [ExpressionTree], _ environment: ExpressionEnvironment) -> AccessConjunct?
  {
    guard let field = field(operands[0], environment), case .list(let elements) = operands[1].node else { return nil }
    var keys: [Key] = []
    for element in elements {
      guard !element.isOptional, case .literal(let literal) = element.value.node, let key = key(literal, field.type)
      else { return nil }
      keys.append(key)
    }
    return keys.isEmpty ? nil : equality(field.slot, field.type, keys)
  }

  private static func comparison(
    _ sign: ExpressionOperator, _ left: ExpressionTree, _ right: ExpressionTree, _ environment: ExpressionEnvironment
  ) -> AccessConjunct? {
    guard let field = field(left, environment), case .literal(let literal) = right.node else { return nil }
    switch sign {
    case .equal: return key(literal, field.type).map { equality(field.slot, field.type, [$0]) }
    case .greater, .greaterOrEqual: return range(field, literal, .above)
    case .less, .lessOrEqual: return range(field, literal, .below)
    default: return nil
    }
  }

  /// Limits are compared as doubles with equality let in, so that rounding can only admit too much.
  private static func range(
    _ field: (slot: Int, type: ExpressionType), _ literal: ExpressionLiteral, _ form: Attribute.Form
  ) -> AccessConjunct? {
    guard [.int, .uint, .double].contains(field.type), let limit = literal.value.doubleValue else { return nil }
    return AccessConjunct(attribute: .init(slot: field.slot, form: form), keys: [.bits(limit.bitPattern)])
  }

  private static func mirrored(_ sign: ExpressionOperator) -> ExpressionOperator? {
    switch sign {
    case .equal: .equal
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    default: nil
    }
  }

  /// A text that starts, ends or matches so holds it as well.
  private static func search(
    _ function: String, _ target: ExpressionTree, _ argument: ExpressionTree, _ environment: ExpressionEnvironment
  ) -> AccessConjunct? {
    guard function == "contains" || function == "startsWith" || function == "endsWith",
      let field = field(target, environment), field.type == .string, case .literal(.string(let text)) = argument.node,
      !text.isEmpty, text.utf8.count <= KeywordTable.maximumLength
    else { return nil }
    return AccessConjunct(attribute: .init(slot: field.slot, form: .containsText), keys: [.text(Array(text.utf8))])
  }

  /// A disjunction whose parts all look at one field in one way.
  private static func alternatives(_ operands: [ExpressionTree], _ environment: ExpressionEnvironment)
    -> AccessConjunct?
  {
    var keys: [Key] = []
    var attribute: Attribute?
    for operand in operands {
      guard let part = part(operand, environment), part.attribute.form != .above, part.attribute.form != .below,
        attribute == nil || attribute == part.attribute
      else { return nil }
      attribute = part.attribute
      keys += part.keys
    }
    return attribute.map { AccessConjunct(attribute: $0, keys: unique(keys)) }
  }
}
