extension Compiler {
  mutating func compileCall(
    _ function: String, target: ExpressionTree?, _ arguments: [ExpressionTree], at tree: ExpressionTree
  ) -> Part {
    if environment.knowsMacros, let part = macro(function, target: target, arguments, at: tree) { return part }
    // A function in a name space: `math.abs(x)` when `math` is no value.
    if let target, let path = path(target), !scope.contains(where: { $0.name == path.root }) {
      let qualified = path.text + "." + function
      if let name = declaredFunction(qualified, isRooted: path.isRooted) {
        return call(name, shown: qualified, arguments, isMember: false, at: tree)
      }
    }
    if let target {
      if function == "or" || function == "orValue", arguments.count == 1 {
        return optionalOr(target, arguments[0], unwraps: function == "orValue", at: tree)
      }
      return call(function, shown: function, [target] + arguments, isMember: true, at: tree)
    }
    let isRooted = function.utf8.first == 0x2E
    let plain = isRooted ? String(function.dropFirst()) : function
    return call(
      declaredFunction(plain, isRooted: isRooted) ?? plain, shown: plain, arguments, isMember: false, at: tree)
  }

  private func declaredFunction(_ name: String, isRooted: Bool) -> String? {
    candidates(name, isRooted: isRooted).first {
      environment.overloads($0) != nil || $0 == "math.greatest" || $0 == "math.least"
    }
  }

  /// The dotted text of a chain of names.
  private func path(_ tree: ExpressionTree) -> (text: String, root: String, isRooted: Bool)? {
    switch tree.node {
    case .name(let name):
      if name.utf8.first == 0x2E { return (String(name.dropFirst()), String(name.dropFirst()), true) }
      return (name, name, false)
    case .select(let operand, let field, optional: false):
      guard let inner = path(operand) else { return nil }
      return (inner.text + "." + field, inner.root, inner.isRooted)
    default: return nil
    }
  }

  private mutating func call(
    _ name: String, shown: String, _ arguments: [ExpressionTree], isMember: Bool, at tree: ExpressionTree
  ) -> Part {
    var parts: [Part] = []
    for argument in arguments { parts.append(compile(argument)) }
    if name == "math.greatest" || name == "math.least" {
      return extreme(name == "math.greatest" ? .greatest : .least, parts, at: tree)
    }
    guard let overloads = environment.overloads(name) else {
      report(
        .unknownFunction, "there is no function '\(shown)'", at: tree,
        suggestion: Spelling.nearest(
          shown,
          among: Array(BuiltInLibrary.functions.keys) + Array(environment.functions.keys)
            + ["has", "all", "exists", "exists_one", "map", "filter"]))
      return emit(.unresolvedCall(self.name(shown), isKnown: false), .dyn, at: tree)
    }
    let fitting = overloads.filter { $0.isMember == isMember && $0.parameters.count == parts.count }
    let (chosen, result) = resolve(fitting, parts)
    guard !chosen.isEmpty else {
      report(.noSuchOverload, mismatch(shown, isMember: isMember, parts, overloads), at: tree)
      return emit(.unresolvedCall(self.name(shown), isKnown: true), .dyn, at: tree)
    }
    return emitCall(name, chosen, result, parts, at: tree)
  }

  /// The overloads that take the arguments, and the type of the result.
  private mutating func resolve(
    _ overloads: [ExpressionFunction.Overload], _ parts: [Part]
  ) -> (chosen: [ExpressionFunction.Overload], result: ExpressionType) {
    var chosen: [ExpressionFunction.Overload] = []
    var result: ExpressionType?
    for overload in overloads {
      let saved = types.bindings
      var names: [(name: String, type: ExpressionType)] = []
      var fits = true
      for (part, parameter) in zip(parts, overload.parameters) {
        guard types.assign(part.type, to: types.instantiate(parameter, &names)) else {
          fits = false
          break
        }
      }
      guard fits || !isChecked else {
        types.restore(saved)
        continue
      }
      chosen.append(overload)
      let own = types.instantiate(overload.result, &names)
      if let known = result { result = types.final(known) == types.final(own) ? known : .dyn } else { result = own }
    }
    return (chosen, isChecked ? result ?? .dyn : .dyn)
  }

  private mutating func emitCall(
    _ name: String, _ chosen: [ExpressionFunction.Overload], _ result: ExpressionType, _ parts: [Part],
    at tree: ExpressionTree
  ) -> Part {
    let builtIns = chosen.compactMap { overload -> BuiltInFunction? in
      if case .builtIn(let function) = overload.body { function } else { nil }
    }
    if let function = builtIns.first, builtIns.count == chosen.count, builtIns.allSatisfy({ $0 == function }) {
      if function == .matches, let pattern = pattern(parts, at: tree) { return pattern }
      let run = self.run(parts)
      let part = emit(.builtIn(function, run), result, at: tree)
      return Self.isFoldable(function) ? folded(part, parts) : part
    }
    plan.hosts.append(Plan.HostFunction(name: name, overloads: chosen))
    let run = self.run(parts)
    return emit(.host(Int32(plan.hosts.count - 1), run), result, at: tree)
  }

  /// Conversions of constants, such as `timestamp('2024-05-01T00:00:00Z')`.
  private static func isFoldable(_ function: BuiltInFunction) -> Bool {
    switch function {
    case .toBool, .toBytes, .toDouble, .toInt, .toUint, .toDuration, .toTimestamp, .size, .lowerASCII, .upperASCII,
      .optionalOf, .optionalNone:
      true
    default: false
    }
  }

  /// `text.matches(constant)`: the pattern is compiled once, and its faults are told now.
  private mutating func pattern(_ parts: [Part], at tree: ExpressionTree) -> Part? {
    guard case .string(let text)? = value(parts[1]) else { return nil }
    do {
      plan.patterns.append(try RegularExpression(text))
      return emit(.matches(parts[0].node, pattern: Int32(plan.patterns.count - 1)), .bool, at: tree)
    } catch {
      report(.invalidConstant, error.description, at: tree)
      return nil
    }
  }

  private func mismatch(
    _ name: String, isMember: Bool, _ parts: [Part], _ overloads: [ExpressionFunction.Overload]
  ) -> String {
    func form(_ types: [ExpressionType], _ isMember: Bool) -> String {
      let inner = types.dropFirst(isMember ? 1 : 0).map(\.description).joined(separator: ", ")
      return isMember ? "\(types.first.map(\.description) ?? "").\(name)(\(inner))" : "\(name)(\(inner))"
    }
    let found = form(parts.map { types.final($0.type) }, isMember)
    let expected = overloads.prefix(4).map { form($0.parameters, $0.isMember) }.joined(separator: " or ")
    return "expected \(expected), found \(found)"
  }

  /// `math.greatest` and `math.least` take any number of numbers, or one list of them.
  private mutating func extreme(_ function: BuiltInFunction, _ parts: [Part], at tree: ExpressionTree) -> Part {
    let numbers: [ExpressionType] = [.int, .uint, .double]
    var kinds = parts.map { types.known($0.type) }
    if kinds.count == 1, case .list(let element) = kinds[0] { kinds = [types.known(element)] }
    if kinds.isEmpty || !kinds.allSatisfy({ numbers.contains($0) || types.isDynamic($0) }) {
      let found = parts.map { types.final($0.type).description }.joined(separator: ", ")
      report(.noSuchOverload, "expected numbers or a list of numbers, found (\(found))", at: tree)
    }
    let type = kinds.allSatisfy { $0 == kinds[0] } ? kinds.first ?? .dyn : .dyn
    let run = self.run(parts)
    return emit(.builtIn(function, run), type, at: tree)
  }

  private mutating func optionalOr(
    _ target: ExpressionTree, _ argument: ExpressionTree, unwraps: Bool, at tree: ExpressionTree
  ) -> Part {
    let left = compile(target)
    let right = compile(argument)
    var inner = ExpressionType.dyn
    if case .optional(let type) = types.known(left.type) {
      inner = type
    } else if !types.isDynamic(left.type) {
      report(.noSuchOverload, "expected an optional value, found \(types.final(left.type))", at: target)
    }
    let result = types.join(unwraps ? inner : .optional(inner), right.type)
    if result == nil {
      report(
        .noSuchOverload,
        "expected \(types.final(unwraps ? inner : .optional(inner))), found \(types.final(right.type))", at: argument)
    }
    return emit(.optionalOr(left.node, right.node, unwraps: unwraps), result ?? .dyn, at: tree)
  }
}
