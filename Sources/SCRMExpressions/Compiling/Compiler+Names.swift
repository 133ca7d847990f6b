extension Compiler {
  /// A name or a chain of fields: the longest prefix that is declared is taken, inner name spaces first.
  mutating func compileName(_ tree: ExpressionTree) -> Part {
    var trees: [ExpressionTree] = []
    var current = tree
    while case .select(let operand, _, optional: false) = current.node {
      trees.append(current)
      current = operand
    }
    guard case .name(let root) = current.node else { return selects(compile(current), trees) }
    if let local = scope.last(where: { $0.name == root }) {
      return selects(emit(.local(local.local), local.type, at: current), trees)
    }
    var names = [root.utf8.first == 0x2E ? String(root.dropFirst()) : root]
    for select in trees.reversed() {
      guard case .select(_, let field, _) = select.node else { break }
      names.append(names[names.count - 1] + "." + field)
    }
    for length in (0..<names.count).reversed() {
      let place = length == 0 ? current : trees[trees.count - length]
      if let part = declared(names[length], isRooted: root.utf8.first == 0x2E, at: place) {
        return selects(part, Array(trees.prefix(trees.count - length)))
      }
    }
    report(
      .unknownName, "there is no variable '\(names[0])'", at: current,
      suggestion: Spelling.nearest(names[0], among: environment.variables.map(\.name) + rootNames))
    return selects(emit(.unresolvedName(name(names[0])), .dyn, at: current), trees)
  }

  private var rootNames: [String] {
    environment.index.keys.filter { !$0.utf8.contains(0x2E) } + scope.map(\.name)
  }

  /// The names to try for one as written, from the innermost name space out.
  func candidates(_ name: String, isRooted: Bool) -> [String] {
    if isRooted || environment.container.isEmpty { return [name] }
    var spaces = environment.container.split(separator: ".").map(String.init)
    var names: [String] = []
    while !spaces.isEmpty {
      names.append(spaces.joined(separator: ".") + "." + name)
      spaces.removeLast()
    }
    return names + [name]
  }

  private mutating func declared(_ name: String, isRooted: Bool, at tree: ExpressionTree) -> Part? {
    for candidate in candidates(name, isRooted: isRooted) {
      switch environment.index[candidate] {
      case .variable(let index): return slot(index, at: tree)
      case .record(let layout):
        plan.layouts.append(layout)
        return emit(.record(Int32(plan.layouts.count - 1)), .record(layout.name), at: tree)
      case nil:
        if let type = BuiltInLibrary.types[candidate] {
          return constant(.type(BuiltInLibrary.name(of: type)), .type(type), at: tree)
        }
      }
    }
    return nil
  }

  private mutating func slot(_ index: Int, at tree: ExpressionTree) -> Part {
    let variable = environment.variables[index]
    return emit(.slot(Int32(variable.slot)), variable.type, at: tree)
  }

  private mutating func selects(_ part: Part, _ trees: [ExpressionTree]) -> Part {
    var part = part
    for tree in trees.reversed() {
      guard case .select(_, let field, let optional) = tree.node else { break }
      part = select(part, field, optional: optional, at: tree)
    }
    return part
  }

  /// A field of a part.
  mutating func select(_ operand: Part, _ field: String, optional: Bool, at tree: ExpressionTree) -> Part {
    let type = self.type(ofField: field, in: operand.type, at: tree)
    var result = type.type
    if optional || type.isOptional, !isOptional(result) { result = .optional(result) }
    return emit(.select(operand.node, field: name(field), optional: optional), result, at: tree)
  }

  private func isOptional(_ type: ExpressionType) -> Bool {
    if case .optional = types.known(type) { true } else { false }
  }

  private mutating func type(
    ofField field: String, in type: ExpressionType, at tree: ExpressionTree
  ) -> (type: ExpressionType, isOptional: Bool) {
    switch types.known(type) {
    case .map(let key, let value):
      if !types.assign(.string, to: key) {
        report(.typeMismatch, "a map with keys of type \(types.final(key)) has no field '\(field)'", at: tree)
      }
      return (value, false)
    case .optional(let inner): return (self.type(ofField: field, in: inner, at: tree).type, true)
    case .record(let name):
      guard let record = environment.records[name] else { return (.dyn, false) }
      if let type = record.type(of: field) { return (type, false) }
      report(
        .unknownField, "\(name) has no field '\(field)'", at: tree,
        suggestion: Spelling.nearest(field, among: record.fields.map(\.name)))
      return (.dyn, false)
    case .dyn, .parameter: return (.dyn, false)
    case let other:
      report(.typeMismatch, "a value of type \(other) has no fields", at: tree)
      return (.dyn, false)
    }
  }

  /// `has(operand.field)`.
  mutating func has(_ argument: ExpressionTree, at tree: ExpressionTree) -> Part {
    guard case .select(let operand, let field, let optional) = argument.node else {
      report(.macro, "'has' tells whether a field has a value; expected a field, as in has(event.amount)", at: argument)
      return constant(.bool(false), .bool, at: tree)
    }
    if !optional {
      let part = compileName(argument)
      switch plan.nodes[Int(part.node)] {
      case .slot(let slot): return emit(.hasSlot(slot), .bool, at: tree)
      case .select(let operand, let field, _): return emit(.has(operand, field: field), .bool, at: tree)
      case .unresolvedName: return emit(plan.nodes[Int(part.node)], .bool, at: tree)
      default:
        // A whole record has a value as soon as it is declared.
        return constant(.bool(true), .bool, at: tree)
      }
    }
    let part = compile(operand)
    _ = type(ofField: field, in: part.type, at: argument)
    return emit(.has(part.node, field: name(field)), .bool, at: tree)
  }
}
