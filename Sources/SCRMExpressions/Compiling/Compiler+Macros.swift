extension Compiler {
  /// The part of a macro; `nil` when the call is none.
  mutating func macro(
    _ function: String, target: ExpressionTree?, _ arguments: [ExpressionTree], at tree: ExpressionTree
  ) -> Part? {
    guard let target else {
      return function == "has" && arguments.count == 1 ? has(arguments[0], at: tree) : nil
    }
    if function == "bind", arguments.count == 3, case .name("cel") = target.node {
      return bind(arguments, at: tree)
    }
    if function == "optMap" || function == "optFlatMap", arguments.count == 2 {
      return optionalMap(target, arguments, isFlat: function == "optFlatMap", at: tree)
    }
    if function == "sortBy", arguments.count == 2 { return sortBy(target, arguments, at: tree) }
    guard let kind = Self.loop(function, arguments.count) else { return nil }
    return loop(kind, target, arguments, at: tree)
  }

  private static func loop(_ function: String, _ count: Int) -> LoopKind? {
    switch (function, count) {
    case ("all", 2): .all
    case ("exists", 2): .exists
    case ("exists_one", 2), ("existsOne", 2): .existsOne
    case ("map", 2), ("map", 3): .map
    case ("filter", 2): .filter
    case ("all", 3): .all2
    case ("exists", 3): .exists2
    case ("existsOne", 3), ("exists_one", 3): .existsOne2
    case ("transformList", 3), ("transformList", 4): .transformList
    case ("transformMap", 3), ("transformMap", 4): .transformMap
    case ("transformMapEntry", 3), ("transformMapEntry", 4): .transformMapEntry
    default: nil
    }
  }

  /// The name of a variable that a macro introduces.
  private mutating func variable(_ tree: ExpressionTree) -> String {
    if case .name(let name) = tree.node, name.utf8.first != 0x2E { return name }
    report(.macro, "expected the name of a variable", at: tree)
    return "_"
  }

  private mutating func loop(
    _ kind: LoopKind, _ target: ExpressionTree, _ arguments: [ExpressionTree], at tree: ExpressionTree
  ) -> Part {
    let range = compile(target)
    let depth = scope.count
    let elements = elements(of: range.type, at: target)
    let variables = kind.hasTwoVariables ? 2 : 1
    let first = variable(arguments[0])
    let local = self.local(first, kind.hasTwoVariables ? elements.key : elements.single)
    if kind.hasTwoVariables {
      let second = variable(arguments[1])
      if second == first { report(.macro, "the two variables need different names", at: arguments[1]) }
      _ = self.local(second, elements.value)
    }
    var parts = [range]
    var type = ExpressionType.bool
    let bodies = Array(arguments[variables...])
    switch kind {
    case .all, .exists, .existsOne, .filter, .all2, .exists2, .existsOne2:
      parts.append(predicate(bodies[0]))
      if kind == .filter { type = .list(elements.single) }
    case .map, .transformList, .transformMap, .transformMapEntry:
      if bodies.count == 2 { parts.append(predicate(bodies[0])) }
      let body = compile(bodies[bodies.count - 1])
      parts.append(body)
      switch kind {
      case .transformMap: type = .map(elements.key, body.type)
      case .transformMapEntry:
        if case .map = types.known(body.type) {
        } else if !types.isDynamic(body.type) {
          report(.typeMismatch, "expected a map of one entry, found \(types.final(body.type))", at: bodies[0])
        }
        type = body.type
      default: type = .list(body.type)
      }
    }
    scope.removeLast(scope.count - depth)
    let run = self.run(parts)
    return emit(.loop(kind, run, local: local), type, at: tree)
  }

  private mutating func predicate(_ tree: ExpressionTree) -> Part {
    let part = compile(tree)
    if !types.assign(part.type, to: .bool) {
      report(.noSuchOverload, "expected a condition, found \(types.final(part.type))", at: tree)
    }
    return part
  }

  /// The types of the variables of a loop: of the only one, or of the first and the second.
  private mutating func elements(
    of type: ExpressionType, at tree: ExpressionTree
  ) -> (single: ExpressionType, key: ExpressionType, value: ExpressionType) {
    switch types.known(type) {
    case .list(let element): return (element, .int, element)
    case .map(let key, let value): return (key, key, value)
    case .record: return (.string, .string, .dyn)
    case let other:
      if !types.isDynamic(other) {
        report(.typeMismatch, "expected a list or a map, found \(types.final(other))", at: tree)
      }
      return (.dyn, .dyn, .dyn)
    }
  }

  private mutating func bind(_ arguments: [ExpressionTree], at tree: ExpressionTree) -> Part {
    let name = variable(arguments[0])
    let value = compile(arguments[1])
    let local = self.local(name, value.type)
    let body = compile(arguments[2])
    scope.removeLast()
    return emit(.bind(value.node, body.node, local: local), body.type, at: tree)
  }

  private mutating func optionalMap(
    _ target: ExpressionTree, _ arguments: [ExpressionTree], isFlat: Bool, at tree: ExpressionTree
  ) -> Part {
    let value = compile(target)
    var inner = ExpressionType.dyn
    if case .optional(let type) = types.known(value.type) {
      inner = type
    } else if !types.isDynamic(value.type) {
      report(.noSuchOverload, "expected an optional value, found \(types.final(value.type))", at: target)
    }
    let name = variable(arguments[0])
    let local = self.local(name, inner)
    let body = compile(arguments[1])
    scope.removeLast()
    if isFlat, !types.isDynamic(body.type) {
      if case .optional = types.known(body.type) {
      } else {
        report(.noSuchOverload, "expected an optional value, found \(types.final(body.type))", at: arguments[1])
      }
    }
    return emit(
      .optionalMap(value.node, body.node, local: local, flat: isFlat), isFlat ? body.type : .optional(body.type),
      at: tree)
  }

  /// `list.sortBy(e, key)`: the list is kept in a variable, its keys are mapped from it.
  private mutating func sortBy(
    _ target: ExpressionTree, _ arguments: [ExpressionTree], at tree: ExpressionTree
  ) -> Part {
    let list = compile(target)
    let element = elements(of: list.type, at: target).single
    let kept = local("", list.type)
    let name = variable(arguments[0])
    let each = local(name, element)
    let key = compile(arguments[1])
    scope.removeLast(2)
    let source = emit(.local(kept), list.type, at: target)
    let run = self.run([source, key])
    let keys = emit(.loop(.map, run, local: each), .list(key.type), at: tree)
    let both = self.run([source, keys])
    let sorted = emit(.builtIn(.sortByKeys, both), list.type, at: tree)
    return emit(.bind(list.node, sorted.node, local: kept), list.type, at: tree)
  }
}
