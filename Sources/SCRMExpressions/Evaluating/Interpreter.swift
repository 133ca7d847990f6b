/// Evaluates the nodes of a plan over any values: the complete meaning of the language.
struct Interpreter {
  /// What reading a missing value means.
  enum Missing { case error, undecided }

  let plan: Plan
  let activation: ExpressionActivation
  let zone: @Sendable (String) -> ZoneRules?
  let missing: Missing
  let budget: UInt64
  private(set) var cost: UInt64 = 0
  private var locals: [Value]

  init(
    _ plan: Plan, _ activation: ExpressionActivation, zone: @escaping @Sendable (String) -> ZoneRules?, budget: UInt64,
    missing: Missing
  ) {
    self.plan = plan
    self.activation = activation
    self.zone = zone
    self.budget = budget
    self.missing = missing
    locals = Array(repeating: .null, count: plan.localCount)
  }

  // MARK: Budget and failures

  mutating func spend(_ amount: Int) throws(ValueError) {
    cost &+= UInt64(amount)
    if cost > budget { throw ValueError(.budgetExceeded, "the evaluation costs more than its budget of \(budget)") }
  }

  /// A cost for handling `size` bytes or characters: one for each ten.
  mutating func spend(size: Int) throws(ValueError) { try spend(size / 10) }

  private func stop(_ error: ValueError, _ node: Int32) -> EvaluationStop {
    let located = ExpressionEvaluationError(error.code, error.reason, at: plan.locations[Int(node)])
    return error.code == .budgetExceeded ? .exhausted(located) : .error(located)
  }

  private func fail<T>(_ code: ValueError.Code, _ reason: String, _ node: Int32) throws(EvaluationStop) -> T {
    throw stop(ValueError(code, reason), node)
  }

  private mutating func attempt<T>(
    _ node: Int32, _ body: (inout Interpreter) throws(ValueError) -> T
  ) throws(EvaluationStop) -> T {
    do { return try body(&self) } catch { throw stop(error, node) }
  }

  // MARK: Nodes

  mutating func evaluate(_ node: Int32) throws(EvaluationStop) -> Value {
    cost &+= 1
    if cost > budget { try attempt(node) { interpreter throws(ValueError) in try interpreter.spend(0) } }
    switch plan.nodes[Int(node)] {
    case .constant(let index): return plan.constants[Int(index)]
    case .slot(let slot): return try read(slot, node)
    case .local(let index): return locals[Int(index)]
    case .record(let index): return .map(try assemble(plan.layouts[Int(index)]))
    case .unresolvedName(let name):
      return try fail(.unknownName, "there is no variable '\(plan.names[Int(name)])'", node)
    case .unresolvedCall(let name, let isKnown): return try failCall(name, isKnown, node)
    case .select(let operand, let field, let optional): return try select(operand, field, optional, node)
    case .has(let operand, let field): return try has(operand, field, node)
    case .hasSlot(let slot): return try hasSlot(slot)
    case .and(let run): return try junction(run, until: false, node)
    case .or(let run): return try junction(run, until: true, node)
    case .not(let operand): return .bool(!(try condition(operand, node)))
    case .negate(let operand):
      let value = try evaluate(operand)
      return try attempt(node) { _ throws(ValueError) in try value.negated() }
    case .conditional(let test, let whenTrue, let whenFalse):
      return try condition(test, node) ? try evaluate(whenTrue) : try evaluate(whenFalse)
    case .binary(let sign, let left, let right): return try binary(sign, left, right, node)
    case .index(let operand, let index, let optional): return try self.index(operand, index, optional, node)
    case .builtIn(let function, let run):
      let arguments = try arguments(run)
      return try attempt(node) { interpreter throws(ValueError) in try interpreter.call(function, arguments) }
    case .host(let index, let run): return try host(index, run, node)
    case .matches(let operand, let pattern): return try matches(operand, pattern, node)
    case .list(let run, let flags): return try list(run, flags, node)
    case .map(let run, let flags): return try map(run, flags, node)
    case .loop(let kind, let run, let local): return try loop(kind, run, local, node)
    case .bind(let value, let body, let local):
      locals[Int(local)] = try evaluate(value)
      return try evaluate(body)
    case .optionalMap(let operand, let body, let local, let flat):
      return try optionalMap(operand, body, local, flat, node)
    case .optionalOr(let left, let right, let unwraps): return try optionalOr(left, right, unwraps, node)
    }
  }

  private func failCall(_ name: Int32, _ isKnown: Bool, _ node: Int32) throws(EvaluationStop) -> Value {
    let name = plan.names[Int(name)]
    return isKnown
      ? try fail(.noSuchOverload, "'\(name)' is not defined for these arguments", node)
      : try fail(.unknownFunction, "there is no function '\(name)'", node)
  }

  private func read(_ slot: Int32, _ node: Int32) throws(EvaluationStop) -> Value {
    if let value = activation.value(slot) { return value }
    let name = plan.variables[Int(slot)].name
    if missing == .undecided { throw .missing([name]) }
    return try fail(.unknownName, "'\(name)' has no value", node)
  }

  private func hasSlot(_ slot: Int32) throws(EvaluationStop) -> Value {
    switch activation.slots[Int(slot)].kind {
    case .absent: return .bool(false)
    case .unknown:
      guard missing == .undecided else { return .bool(false) }
      throw .missing([plan.variables[Int(slot)].name])
    default: return .bool(true)
    }
  }

  private func assemble(_ layout: ExpressionRecordLayout) throws(EvaluationStop) -> ValueMap {
    var map = ValueMap()
    for field in layout.fields {
      switch field.place {
      case .record(let inner): map[field.name] = .map(try assemble(inner))
      case .variable(let index):
        if let value = activation.value(Int32(index)) {
          map[field.name] = value
        } else if activation.slots[index].kind == .unknown, missing == .undecided {
          throw .missing([plan.variables[index].name])
        }
      }
    }
    return map
  }

  private mutating func condition(_ operand: Int32, _ node: Int32) throws(EvaluationStop) -> Bool {
    if case .bool(let value) = try evaluate(operand) { return value }
    return try fail(.noSuchOverload, "expected a condition", node)
  }

  /// `&&` and `||`: the first operand that decides counts, whatever fails beside it.
  private mutating func junction(_ run: PlanNode.Run, until decisive: Bool, _ node: Int32) throws(EvaluationStop)
    -> Value
  {
    var stop: EvaluationStop?
    for position in run.start..<(run.start + run.count) {
      do throws(EvaluationStop) {
        if try condition(plan.children[Int(position)], node) == decisive { return .bool(decisive) }
      } catch {
        stop = EvaluationStop.merged(stop, error)
        if case .exhausted = error { throw error }
      }
    }
    if let stop { throw stop }
    return .bool(!decisive)
  }

  /// Both operands; what both are missing is told together.
  private mutating func pair(_ left: Int32, _ right: Int32) throws(EvaluationStop) -> (Value, Value) {
    let first: Value
    do throws(EvaluationStop) { first = try evaluate(left) } catch {
      guard case .missing = error else { throw error }
      let stop = error
      do throws(EvaluationStop) { _ = try evaluate(right) } catch { throw EvaluationStop.merged(stop, error) }
      throw stop
    }
    return (first, try evaluate(right))
  }

  private mutating func arguments(_ run: PlanNode.Run) throws(EvaluationStop) -> [Value] {
    var values: [Value] = []
    values.reserveCapacity(Int(run.count))
    var stop: EvaluationStop?
    for position in run.start..<(run.start + run.count) {
      do throws(EvaluationStop) { values.append(try evaluate(plan.children[Int(position)])) } catch {
        guard case .missing = error else { throw error }
        stop = EvaluationStop.merged(stop, error)
      }
    }
    if let stop { throw stop }
    return values
  }

  private mutating func binary(
    _ sign: ExpressionOperator, _ left: Int32, _ right: Int32, _ node: Int32
  ) throws(EvaluationStop) -> Value {
    let (l, r) = try pair(left, right)
    return try attempt(node) { interpreter throws(ValueError) in try interpreter.apply(sign, l, r) }
  }

  private mutating func host(_ index: Int32, _ run: PlanNode.Run, _ node: Int32) throws(EvaluationStop) -> Value {
    let arguments = try arguments(run)
    return try attempt(node) { interpreter throws(ValueError) in
      let host = interpreter.plan.hosts[Int(index)]
      for overload in host.overloads {
        guard zip(arguments, overload.parameters).allSatisfy({ ExpressionActivation.conforms($0, $1) }) else {
          continue
        }
        try interpreter.spend(Int(clamping: overload.cost))
        switch overload.body {
        case .builtIn(let function): return try interpreter.call(function, arguments)
        case .host(let body): return try body(arguments)
        }
      }
      throw ValueError(.noSuchOverload, "'\(host.name)' is not defined for these arguments")
    }
  }

  private mutating func matches(_ operand: Int32, _ pattern: Int32, _ node: Int32) throws(EvaluationStop) -> Value {
    guard case .string(let text) = try evaluate(operand) else {
      return try fail(.noSuchOverload, "'matches' is not defined for these arguments", node)
    }
    return try attempt(node) { interpreter throws(ValueError) in
      .bool(try interpreter.search(interpreter.plan.patterns[Int(pattern)], text))
    }
  }

  // MARK: Fields and elements

  private mutating func select(
    _ operand: Int32, _ field: Int32, _ optional: Bool, _ node: Int32
  ) throws(EvaluationStop) -> Value {
    let value = try evaluate(operand)
    let name = plan.names[Int(field)]
    if let wrapper = value.optionalValue {
      guard let inner = wrapper.wrapped else { return value }
      return .optional(try self.field(name, of: inner, node))
    }
    let found = try self.field(name, of: value, node)
    if optional { return .optional(found) }
    if let found { return found }
    return try missingKey(node, "there is no key '\(name)'")
  }

  private func field(_ name: String, of value: Value, _ node: Int32) throws(EvaluationStop) -> Value? {
    guard case .map(let map) = value else {
      return try fail(.noSuchKey, "a value of type \(value.typeName) has no fields", node)
    }
    return map[.string(name)]
  }

  /// A key that is absent below a variable is missing data in a verdict.
  private func missingKey(_ node: Int32, _ reason: String) throws(EvaluationStop) -> Value {
    if missing == .undecided, let path = path(node) { throw .missing([path]) }
    return try fail(.noSuchKey, reason, node)
  }

  /// The path of a chain of fields below a variable.
  private func path(_ node: Int32) -> String? {
    switch plan.nodes[Int(node)] {
    case .slot(let slot): plan.variables[Int(slot)].name
    case .select(let operand, let field, _): path(operand).map { $0 + "." + plan.names[Int(field)] }
    case .index(let operand, let index, _):
      if case .constant(let constant) = plan.nodes[Int(index)], case .string(let key) = plan.constants[Int(constant)] {
        path(operand).map { $0 + "." + key }
      } else {
        nil
      }
    default: nil
    }
  }

  private mutating func has(_ operand: Int32, _ field: Int32, _ node: Int32) throws(EvaluationStop) -> Value {
    var value = try evaluate(operand)
    if let wrapper = value.optionalValue {
      guard let inner = wrapper.wrapped else { return .bool(false) }
      value = inner
    }
    return .bool(try self.field(plan.names[Int(field)], of: value, node) != nil)
  }

  private mutating func index(
    _ operand: Int32, _ index: Int32, _ optional: Bool, _ node: Int32
  ) throws(EvaluationStop) -> Value {
    let (value, key) = try pair(operand, index)
    if let wrapper = value.optionalValue {
      guard let inner = wrapper.wrapped else { return value }
      return .optional(try attempt(node) { _ throws(ValueError) in try inner.element(at: key) })
    }
    if optional { return .optional(try attempt(node) { _ throws(ValueError) in try value.element(at: key) }) }
    let found = try attempt(node) { _ throws(ValueError) in try value.element(at: key) }
    if let found { return found }
    if case .list = value { return try fail(.indexOutOfRange, "the index lies outside of the list", node) }
    return try missingKey(node, "the map has no such key")
  }

  private mutating func list(_ run: PlanNode.Run, _ flags: Int32, _ node: Int32) throws(EvaluationStop) -> Value {
    let values = try arguments(run)
    if flags < 0 { return .list(values) }
    var kept: [Value] = []
    for (value, isOptional) in zip(values, plan.flags[Int(flags)]) {
      guard isOptional else {
        kept.append(value)
        continue
      }
      guard let wrapper = value.optionalValue else {
        return try fail(.noSuchOverload, "'?' needs an optional value", node)
      }
      if let inner = wrapper.wrapped { kept.append(inner) }
    }
    return .list(kept)
  }

  private mutating func map(_ run: PlanNode.Run, _ flags: Int32, _ node: Int32) throws(EvaluationStop) -> Value {
    let values = try arguments(run)
    var entries: [(key: ValueMap.Key, value: Value)] = []
    for index in stride(from: 0, to: values.count, by: 2) {
      guard let key = values[index].literalKey else {
        return try fail(.invalidKey, "a key is a bool, int, uint or string", node)
      }
      var value = values[index + 1]
      if flags >= 0, plan.flags[Int(flags)][index / 2] {
        guard let wrapper = value.optionalValue else {
          return try fail(.noSuchOverload, "'?' needs an optional value", node)
        }
        guard let inner = wrapper.wrapped else { continue }
        value = inner
      }
      entries.append((key: key, value: value))
    }
    return try attempt(node) { _ throws(ValueError) in .map(try ValueMap(entries)) }
  }

  // MARK: Optional values

  private mutating func optionalMap(
    _ operand: Int32, _ body: Int32, _ local: Int32, _ flat: Bool, _ node: Int32
  ) throws(EvaluationStop) -> Value {
    let value = try evaluate(operand)
    guard let wrapper = value.optionalValue else {
      return try fail(.noSuchOverload, "expected an optional value", node)
    }
    guard let inner = wrapper.wrapped else { return value }
    locals[Int(local)] = inner
    let result = try evaluate(body)
    if !flat { return .optional(result) }
    guard result.optionalValue != nil else {
      return try fail(.noSuchOverload, "expected an optional value", node)
    }
    return result
  }

  private mutating func optionalOr(
    _ left: Int32, _ right: Int32, _ unwraps: Bool, _ node: Int32
  ) throws(EvaluationStop) -> Value {
    let value = try evaluate(left)
    guard let wrapper = value.optionalValue else {
      return try fail(.noSuchOverload, "expected an optional value", node)
    }
    if let inner = wrapper.wrapped { return unwraps ? inner : value }
    let other = try evaluate(right)
    guard unwraps || other.optionalValue != nil else {
      return try fail(.noSuchOverload, "expected an optional value", node)
    }
    return other
  }

  // MARK: Loops

  private mutating func loop(
    _ kind: LoopKind, _ run: PlanNode.Run, _ local: Int32, _ node: Int32
  ) throws(EvaluationStop) -> Value {
    let range = try evaluate(plan.children[Int(run.start)])
    let first = plan.children[Int(run.start) + 1]
    let body = plan.children[Int(run.start + run.count) - 1]
    let filter = run.count == 3 ? first : nil
    switch range {
    case .list(let values):
      var loop = LoopState(kind, capacity: values.count)
      for (index, value) in values.enumerated() {
        if kind.hasTwoVariables { locals[Int(local)] = .int(Int64(index)) }
        locals[Int(local) + (kind.hasTwoVariables ? 1 : 0)] = value
        let key = ValueMap.Key.int(Int64(index))
        if try step(&loop, key, value, body, filter, node) { break }
      }
      return try loop.result()
    case .map(let map):
      var loop = LoopState(kind, capacity: map.count)
      for entry in map.entries {
        let key = entry.key.value
        locals[Int(local)] = key
        if kind.hasTwoVariables { locals[Int(local) + 1] = entry.value }
        if try step(&loop, entry.key, key, body, filter, node) { break }
      }
      return try loop.result()
    default: return try fail(.noSuchOverload, "expected a list or a map", node)
    }
  }

  /// One turn; whether the loop is decided.
  private mutating func step(
    _ loop: inout LoopState, _ key: ValueMap.Key, _ element: Value, _ body: Int32, _ filter: Int32?, _ node: Int32
  ) throws(EvaluationStop) -> Bool {
    switch loop.kind {
    case .all, .all2, .exists, .exists2:
      do throws(EvaluationStop) { return loop.decide(try condition(body, node)) } catch {
        if case .exhausted = error { throw error }
        loop.stop = EvaluationStop.merged(loop.stop, error)
      }
    case .existsOne, .existsOne2: if try condition(body, node) { loop.count += 1 }
    case .filter: if try condition(body, node) { loop.values.append(element) }
    case .map, .transformList:
      if let filter, !(try condition(filter, node)) { return false }
      loop.values.append(try evaluate(body))
    case .transformMap:
      if let filter, !(try condition(filter, node)) { return false }
      loop.entries.append((key: key, value: try evaluate(body)))
    case .transformMapEntry:
      if let filter, !(try condition(filter, node)) { return false }
      guard case .map(let map) = try evaluate(body) else {
        return try fail(.noSuchOverload, "expected a map of one entry", node)
      }
      try attempt(node) { interpreter throws(ValueError) in try interpreter.spend(map.count) }
      loop.entries += map.entries
    }
    return false
  }

  /// What a loop has gathered.
  private struct LoopState {
    let kind: LoopKind
    var values: [Value] = []
    var entries: [(key: ValueMap.Key, value: Value)] = []
    var count = 0
    var decision: Bool?
    var stop: EvaluationStop?

    init(_ kind: LoopKind, capacity: Int) {
      self.kind = kind
      if kind == .map || kind == .transformList { values.reserveCapacity(capacity) }
    }

    /// `all` ends at the first false, `exists` at the first true.
    mutating func decide(_ value: Bool) -> Bool {
      let decisive = kind == .exists || kind == .exists2
      if value == decisive { decision = value }
      return value == decisive
    }

    func result() throws(EvaluationStop) -> Value {
      switch kind {
      case .all, .all2, .exists, .exists2:
        if let decision { return .bool(decision) }
        if let stop { throw stop }
        return .bool(kind == .all || kind == .all2)
      case .existsOne, .existsOne2: return .bool(count == 1)
      case .map, .filter, .transformList: return .list(values)
      case .transformMap, .transformMapEntry:
        do throws(ValueError) { return .map(try ValueMap(entries)) } catch {
          throw .error(ExpressionEvaluationError(error.code, error.reason))
        }
      }
    }
  }
}
