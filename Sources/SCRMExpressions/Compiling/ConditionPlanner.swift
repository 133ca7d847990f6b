/// Turns the plan of a condition into a chain of tests.
struct ConditionPlanner {
  private let plan: Plan
  private var program = ConditionProgram()

  private init(_ plan: Plan) { self.plan = plan }

  /// The chain; `nil` when nothing would be won, because no part is a test of slots.
  static func program(for plan: Plan) -> ConditionProgram? {
    var planner = ConditionPlanner(plan)
    let entry = planner.lower(plan.root, ConditionStep.isTrue, ConditionStep.isFalse)
    planner.program.entry = entry
    if planner.program.tests.contains(where: { $0.code != .general }) || entry < 0 { return planner.program }
    return nil
  }

  /// Lays out a node and gives its first step; steps are made from the last to the first, so that every target is known.
  private mutating func lower(_ node: Int32, _ whenTrue: Int32, _ whenFalse: Int32) -> Int32 {
    switch plan.nodes[Int(node)] {
    case .constant(let index):
      if case .bool(let value) = plan.constants[Int(index)] { return value ? whenTrue : whenFalse }
    case .and(let run):
      var next = whenTrue
      for child in plan.run(run).reversed() { next = lower(child, next, whenFalse) }
      return next
    case .or(let run):
      var next = whenFalse
      for child in plan.run(run).reversed() { next = lower(child, whenTrue, next) }
      return next
    case .not(let operand): return lower(operand, whenFalse, whenTrue)
    case .conditional(let test, let first, let second):
      let first = lower(first, whenTrue, whenFalse)
      let second = lower(second, whenTrue, whenFalse)
      return lower(test, first, second)
    case .slot(let slot):
      if type(slot) == .bool { return emit(.truth, slot, whenTrue, whenFalse) }
    case .hasSlot(let slot): return emit(.present, slot, whenTrue, whenFalse)
    case .binary(let sign, let left, let right):
      if let entry = comparison(sign, left, right, whenTrue, whenFalse) { return entry }
    case .builtIn(let function, let run):
      if let entry = search(function, run, whenTrue, whenFalse) { return entry }
    default: break
    }
    program.hasGeneral = true
    return emit(.general, node, whenTrue, whenFalse)
  }

  private mutating func emit(
    _ code: ConditionStep.Code, _ slot: Int32, other: Int32 = 0, length: UInt32 = 0, bits: UInt64 = 0,
    _ whenTrue: Int32, _ whenFalse: Int32
  ) -> Int32 {
    program.tests.append(
      ConditionStep(
        code: code, slot: slot, other: other, length: length, bits: bits, whenTrue: whenTrue, whenFalse: whenFalse))
    return Int32(program.tests.count - 1)
  }

  private func type(_ slot: Int32) -> ExpressionType { plan.variables[Int(slot)].type }

  private func slot(_ node: Int32) -> Int32? {
    if case .slot(let slot) = plan.nodes[Int(node)] { slot } else { nil }
  }

  private func constant(_ node: Int32) -> Value? {
    if case .constant(let index) = plan.nodes[Int(node)] { plan.constants[Int(index)] } else { nil }
  }

  // MARK: Text

  private mutating func member(_ text: String) -> ConditionMember {
    let offset = program.bytes.count
    program.bytes.append(contentsOf: text.utf8)
    var head: UInt64 = 0
    for (index, byte) in text.utf8.prefix(8).enumerated() { head |= UInt64(byte) << UInt64(index * 8) }
    return ConditionMember(
      head: head, length: UInt32(truncatingIfNeeded: program.bytes.count - offset),
      offset: Int32(truncatingIfNeeded: offset))
  }

  private mutating func text(
    _ code: ConditionStep.Code, _ slot: Int32, _ text: String, _ whenTrue: Int32, _ whenFalse: Int32
  ) -> Int32 {
    let constant = member(text)
    return emit(
      code, slot, other: constant.offset, length: constant.length, bits: constant.head, whenTrue, whenFalse)
  }

  private mutating func search(
    _ function: BuiltInFunction, _ run: PlanNode.Run, _ whenTrue: Int32, _ whenFalse: Int32
  ) -> Int32? {
    let nodes = Array(plan.run(run))
    guard nodes.count == 2, let slot = slot(nodes[0]), type(slot) == .string,
      case .string(let part)? = constant(nodes[1])
    else { return nil }
    switch function {
    case .startsWith: return text(.textStarts, slot, part, whenTrue, whenFalse)
    case .endsWith: return text(.textEnds, slot, part, whenTrue, whenFalse)
    case .contains:
      program.searches += 1
      return text(.textContains, slot, part, whenTrue, whenFalse)
    default: return nil
    }
  }

  // MARK: Comparisons

  private mutating func comparison(
    _ sign: ExpressionOperator, _ left: Int32, _ right: Int32, _ whenTrue: Int32, _ whenFalse: Int32
  ) -> Int32? {
    if sign == .notEqual { return comparison(.equal, left, right, whenFalse, whenTrue) }
    if sign == .in { return membership(left, right, whenTrue, whenFalse) }
    switch (slot(left), slot(right)) {
    case (let slot?, nil):
      guard let value = constant(right) else { return nil }
      return compare(slot, sign, value, whenTrue, whenFalse)
    case (nil, let slot?):
      guard let value = constant(left), let turned = Self.turned(sign) else { return nil }
      return compare(slot, turned, value, whenTrue, whenFalse)
    case (let first?, let second?): return compare(first, sign, second, whenTrue, whenFalse)
    default: return nil
    }
  }

  /// The operator with its operands exchanged.
  private static func turned(_ sign: ExpressionOperator) -> ExpressionOperator? {
    switch sign {
    case .equal: .equal
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    default: nil
    }
  }

  /// The code at the place of the operator: equal, less, less or equal, greater, greater or equal.
  private static func code(_ sign: ExpressionOperator, _ codes: [ConditionStep.Code?]) -> ConditionStep.Code? {
    switch sign {
    case .equal: codes[0]
    case .less: codes[1]
    case .lessOrEqual: codes[2]
    case .greater: codes[3]
    case .greaterOrEqual: codes[4]
    default: nil
    }
  }

  private mutating func compare(
    _ slot: Int32, _ sign: ExpressionOperator, _ value: Value, _ whenTrue: Int32, _ whenFalse: Int32
  ) -> Int32? {
    let code: ConditionStep.Code?
    let bits: UInt64
    switch (type(slot), value) {
    case (.string, .string(let content)):
      return sign == .equal ? text(.textEqual, slot, content, whenTrue, whenFalse) : nil
    case (.bool, .bool(let wanted)):
      guard sign == .equal else { return nil }
      return emit(.truth, slot, wanted ? whenTrue : whenFalse, wanted ? whenFalse : whenTrue)
    case (.int, .int(let number)):
      code = Self.code(sign, [.intEqual, .intLess, .intLessOrEqual, .intGreater, .intGreaterOrEqual])
      bits = UInt64(bitPattern: number)
    case (.uint, .uint(let number)):
      code = Self.code(sign, [.uintEqual, .uintLess, .uintLessOrEqual, .uintGreater, .uintGreaterOrEqual])
      bits = number
    case (.double, .double), (.double, .int), (.double, .uint):
      code = Self.code(sign, [.doubleEqual, .doubleLess, .doubleLessOrEqual, .doubleGreater, .doubleGreaterOrEqual])
      bits = (value.doubleValue ?? 0).bitPattern
    case (.int, .double(let number)):
      code = Self.code(
        sign, [nil, .intAsDoubleLess, .intAsDoubleLessOrEqual, .intAsDoubleGreater, .intAsDoubleGreaterOrEqual])
      bits = number.bitPattern
    default: return nil
    }
    guard let code else { return nil }
    return emit(code, slot, bits: bits, whenTrue, whenFalse)
  }

  private mutating func compare(
    _ first: Int32, _ sign: ExpressionOperator, _ second: Int32, _ whenTrue: Int32, _ whenFalse: Int32
  ) -> Int32? {
    if sign == .greater || sign == .greaterOrEqual {
      return compare(second, sign == .greater ? .less : .lessOrEqual, first, whenTrue, whenFalse)
    }
    let code: ConditionStep.Code?
    switch (type(first), type(second)) {
    case (.string, .string): code = Self.code(sign, [.textEqualSlot, nil, nil, nil, nil])
    case (.int, .int): code = Self.code(sign, [.intEqualSlot, .intLessSlot, .intLessOrEqualSlot, nil, nil])
    case (.double, .double):
      code = Self.code(sign, [.doubleEqualSlot, .doubleLessSlot, .doubleLessOrEqualSlot, nil, nil])
    default: code = nil
    }
    guard let code else { return nil }
    return emit(code, first, other: second, whenTrue, whenFalse)
  }

  private mutating func membership(
    _ left: Int32, _ right: Int32, _ whenTrue: Int32, _ whenFalse: Int32
  ) -> Int32? {
    guard let slot = slot(left), case .list(let values)? = constant(right) else { return nil }
    if values.isEmpty { return nil }
    var members: [ConditionMember] = []
    members.reserveCapacity(values.count)
    for value in values {
      switch (type(slot), value) {
      case (.string, .string(let content)): members.append(member(content))
      case (.int, .int(let number)): members.append(ConditionMember(head: UInt64(bitPattern: number)))
      default: return nil
      }
    }
    members.sort { ($0.head, $0.length, $0.offset) < ($1.head, $1.length, $1.offset) }
    let start = Int32(program.members.count)
    program.members += members
    return emit(
      type(slot) == .string ? .textIn : .intIn, slot, other: start, length: UInt32(members.count), whenTrue, whenFalse)
  }
}
