extension Compiler {
  mutating func compile(
    _ sign: ExpressionOperator, _ operands: [ExpressionTree], at tree: ExpressionTree
  ) -> Part {
    switch sign {
    case .and, .or:
      var parts: [Part] = []
      for operand in operands { parts.append(condition(operand, of: sign)) }
      let run = self.run(parts)
      return emit(sign == .and ? .and(run) : .or(run), .bool, at: tree)
    case .not:
      let part = condition(operands[0], of: sign)
      return folded(emit(.not(part.node), .bool, at: tree), [part])
    case .negate:
      let part = compile(operands[0])
      let type = types.known(part.type)
      if ![.int, .double].contains(type), !types.isDynamic(type) {
        report(.noSuchOverload, "'-' needs an int or a double, found \(types.final(type))", at: tree)
      }
      return folded(emit(.negate(part.node), type, at: tree), [part])
    case .conditional:
      let condition = condition(operands[0], of: sign)
      let whenTrue = compile(operands[1])
      let whenFalse = compile(operands[2])
      var type = types.join(whenTrue.type, whenFalse.type)
      if type == nil {
        report(
          .typeMismatch,
          "both values of '?:' must be of one type, found \(types.final(whenTrue.type)) and \(types.final(whenFalse.type))",
          at: tree)
        type = .dyn
      }
      return emit(.conditional(condition.node, whenTrue.node, whenFalse.node), type ?? .dyn, at: tree)
    case .index, .optionalIndex: return index(operands, optional: sign == .optionalIndex, at: tree)
    default:
      let left = compile(operands[0])
      let right = compile(operands[1])
      guard let type = result(sign, left.type, right.type) else {
        report(
          .noSuchOverload,
          "'\(sign.rawValue)' is not defined for \(types.final(left.type)) and \(types.final(right.type))"
            + Self.hint(sign, types.final(left.type), types.final(right.type)),
          at: tree)
        return emit(.binary(sign, left.node, right.node), Self.isComparison(sign) ? .bool : .dyn, at: tree)
      }
      return folded(emit(.binary(sign, left.node, right.node), type, at: tree), [left, right])
    }
  }

  /// An operand that must be a truth value.
  mutating func condition(_ tree: ExpressionTree, of sign: ExpressionOperator) -> Part {
    let part = compile(tree)
    if !types.assign(part.type, to: .bool) {
      report(.noSuchOverload, "'\(sign.rawValue)' needs a condition, found \(types.final(part.type))", at: tree)
    }
    return part
  }

  private static func isComparison(_ sign: ExpressionOperator) -> Bool { sign.precedence == 4 }

  private static func hint(_ sign: ExpressionOperator, _ left: ExpressionType, _ right: ExpressionType) -> String {
    let numbers: [ExpressionType] = [.int, .uint, .double]
    if numbers.contains(left), numbers.contains(right) {
      return "; write both as one kind of number, such as 1.0 or double(n)"
    }
    return ""
  }

  /// The type of an operator with two operands; `nil` when it is not defined for them.
  private mutating func result(
    _ sign: ExpressionOperator, _ leftType: ExpressionType, _ rightType: ExpressionType
  ) -> ExpressionType? {
    let left = types.known(leftType)
    let right = types.known(rightType)
    switch sign {
    case .equal, .notEqual: return types.join(left, right) == nil ? nil : .bool
    case .less, .lessOrEqual, .greater, .greaterOrEqual: return isOrdered(left, right) ? .bool : nil
    case .in:
      switch right {
      case .list(let element): return types.join(left, element) == nil ? nil : .bool
      case .map(let key, _): return types.join(left, key) == nil ? nil : .bool
      case .record: return types.assign(left, to: .string) ? .bool : nil
      default: return types.isDynamic(right) ? .bool : nil
      }
    case .add: return sum(left, right)
    case .subtract: return difference(left, right)
    case .multiply, .divide: return arithmetic(left, right, [.int, .uint, .double])
    default: return arithmetic(left, right, [.int, .uint])
    }
  }

  private func arithmetic(
    _ left: ExpressionType, _ right: ExpressionType, _ kinds: [ExpressionType]
  ) -> ExpressionType? {
    if types.isDynamic(left) { return types.isDynamic(right) ? .dyn : (kinds.contains(right) ? right : nil) }
    guard kinds.contains(left) else { return nil }
    return left == right || types.isDynamic(right) ? left : nil
  }

  private mutating func sum(_ left: ExpressionType, _ right: ExpressionType) -> ExpressionType? {
    switch (left, right) {
    case (.list(let l), .list(let r)): return .list(types.join(l, r) ?? .dyn)
    case (.list, _) where types.isDynamic(right): return left
    case (_, .list) where types.isDynamic(left): return right
    case (.timestamp, .duration), (.duration, .timestamp): return .timestamp
    case (.duration, .duration): return .duration
    case (.timestamp, _) where types.isDynamic(right): return .timestamp
    case (_, .timestamp) where types.isDynamic(left): return .timestamp
    case (.duration, _) where types.isDynamic(right): return .dyn
    case (_, .duration) where types.isDynamic(left): return .dyn
    default: return arithmetic(left, right, [.int, .uint, .double, .string, .bytes])
    }
  }

  private func difference(_ left: ExpressionType, _ right: ExpressionType) -> ExpressionType? {
    switch (left, right) {
    case (.timestamp, .timestamp), (.duration, .duration): .duration
    case (.timestamp, .duration): .timestamp
    case (.timestamp, _) where types.isDynamic(right): .dyn
    case (.duration, _) where types.isDynamic(right): .duration
    case (_, .timestamp) where types.isDynamic(left): .duration
    case (_, .duration) where types.isDynamic(left): .dyn
    default: arithmetic(left, right, [.int, .uint, .double])
    }
  }

  private func isOrdered(_ left: ExpressionType, _ right: ExpressionType) -> Bool {
    func kind(_ type: ExpressionType) -> Int? {
      switch type {
      case .int, .uint, .double: 1
      case .bool: 2
      case .string: 3
      case .bytes: 4
      case .timestamp: 5
      case .duration: 6
      default: nil
      }
    }
    if case .opaque(let l, _) = left { return types.isDynamic(right) || right == .opaque(l, []) }
    if types.isDynamic(left) {
      if case .opaque = right { return true }
      return types.isDynamic(right) || kind(right) != nil
    }
    guard let left = kind(left) else { return false }
    return types.isDynamic(right) || kind(right) == left
  }

  private mutating func index(_ operands: [ExpressionTree], optional: Bool, at tree: ExpressionTree) -> Part {
    let operand = compile(operands[0])
    let index = compile(operands[1])
    var (type, isOptional) = (types.known(operand.type), optional)
    if case .optional(let inner) = type {
      type = types.known(inner)
      isOptional = true
    }
    var result = ExpressionType.dyn
    switch type {
    case .list(let element):
      result = element
      if !types.assign(index.type, to: .int) {
        report(.noSuchOverload, "a list is indexed by int, found \(types.final(index.type))", at: operands[1])
      }
    case .map(let key, let value):
      result = value
      if types.join(index.type, key) == nil {
        report(
          .noSuchOverload, "the keys of the map are \(types.final(key)), found \(types.final(index.type))",
          at: operands[1])
      }
    case .record:
      if !types.assign(index.type, to: .string) {
        report(.noSuchOverload, "a record is indexed by string, found \(types.final(index.type))", at: operands[1])
      }
    default:
      if !types.isDynamic(type) {
        report(.noSuchOverload, "a value of type \(types.final(type)) has no elements", at: tree)
      }
    }
    if isOptional { result = .optional(result) }
    return emit(.index(operand.node, index.node, optional: optional), result, at: tree)
  }

  // MARK: Lists and maps

  mutating func compileList(_ elements: [ExpressionTree.Element], at tree: ExpressionTree) -> Part {
    var parts: [Part] = []
    parts.reserveCapacity(elements.count)
    var type: ExpressionType?
    for element in elements {
      let part = compile(element.value)
      parts.append(part)
      type = joined(type, content(part, isOptional: element.isOptional, at: element.value))
    }
    let hasOptional = elements.contains(where: \.isOptional)
    let result = ExpressionType.list(type ?? types.open())
    let run = self.run(parts)
    let flags = hasOptional ? flags(elements.map(\.isOptional)) : -1
    let part = emit(.list(run, flags: flags), result, at: tree)
    return hasOptional ? part : folded(part, parts)
  }

  mutating func compileMap(_ entries: [ExpressionTree.Entry], at tree: ExpressionTree) -> Part {
    var parts: [Part] = []
    var keyType: ExpressionType?
    var valueType: ExpressionType?
    for entry in entries {
      let key = compile(entry.key)
      if ![.bool, .int, .uint, .string].contains(types.known(key.type)), !types.isDynamic(key.type) {
        report(.typeMismatch, "a key is a bool, int, uint or string, found \(types.final(key.type))", at: entry.key)
      }
      let value = compile(entry.value)
      parts += [key, value]
      keyType = joined(keyType, key.type)
      valueType = joined(valueType, content(value, isOptional: entry.isOptional, at: entry.value))
    }
    let hasOptional = entries.contains(where: \.isOptional)
    let result = ExpressionType.map(keyType ?? types.open(), valueType ?? types.open())
    let run = self.run(parts)
    let flags = hasOptional ? flags(entries.map(\.isOptional)) : -1
    let part = emit(.map(run, flags: flags), result, at: tree)
    return hasOptional ? part : folded(part, parts)
  }

  private mutating func flags(_ flags: [Bool]) -> Int32 {
    plan.flags.append(flags)
    return Int32(plan.flags.count - 1)
  }

  /// Elements of types that share none make a list of `dyn`.
  private mutating func joined(_ known: ExpressionType?, _ type: ExpressionType) -> ExpressionType {
    guard let known else { return type }
    // The elements of most lists are of one plain type.
    if case .string = known, case .string = type { return known }
    return types.join(known, type) ?? .dyn
  }

  private mutating func content(_ part: Part, isOptional: Bool, at tree: ExpressionTree) -> ExpressionType {
    guard isOptional else { return part.type }
    switch types.known(part.type) {
    case .optional(let inner): return inner
    case let type:
      if !types.isDynamic(type) {
        report(.typeMismatch, "'?' needs an optional value, found \(types.final(type))", at: tree)
      }
      return .dyn
    }
  }
}
