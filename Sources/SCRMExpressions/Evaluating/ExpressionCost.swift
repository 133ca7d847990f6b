/// What an evaluation may cost at most, known without evaluating.
///
/// One unit is one part evaluated, one element looked at, or ten bytes of text handled; a host function costs what it
/// declares. The budget of an evaluation counts the same units.
public struct ExpressionCost: Sendable, Hashable {
  /// How large the values of the variables are taken to be.
  public struct Sizes: Sendable, Hashable {
    /// Bytes of a text.
    public var text: Int
    /// Elements of a list or a map, at all levels together.
    public var elements: Int

    /// Creates assumptions.
    public init(text: Int = 10_000, elements: Int = 1_000) {
      self.text = max(text, 0)
      self.elements = max(elements, 0)
    }
  }

  /// The greatest cost, as long as the variables are within the sizes assumed; `UInt64.max` when it is beyond 64 bits.
  public let maximum: UInt64
}

extension ExpressionProgram {
  /// The worst case of an evaluation over values of the sizes given; O(n) in the parts of the expression.
  public func cost(assuming sizes: ExpressionCost.Sizes = .init()) -> ExpressionCost {
    var estimator = CostEstimator(plan: plan, sizes: sizes)
    let total = estimator.estimate(plan.root).cost
    return ExpressionCost(maximum: total >= 0x1p63 ? .max : UInt64(total.rounded(.up)))
  }
}

/// Bounds cost and size of each part; doubles, so that nested loops overflow to infinity instead of wrapping.
private struct CostEstimator {
  let plan: Plan
  let sizes: ExpressionCost.Sizes
  private var locals: [Extent]

  /// A bound of a part: what it costs, how many elements it has at all levels, how many bytes of text at all levels.
  struct Extent {
    var cost: Double
    var elements: Double
    var bytes: Double

    static let scalar = Extent(cost: 1, elements: 1, bytes: 0)

    func costing(_ cost: Double) -> Extent { Extent(cost: cost, elements: elements, bytes: bytes) }

    /// What handling every part of the value costs.
    var handling: Double { elements * 2 + bytes / 10 + 2 }

    static func + (left: Extent, right: Extent) -> Extent {
      Extent(cost: left.cost + right.cost, elements: left.elements + right.elements, bytes: left.bytes + right.bytes)
    }

    func joined(_ other: Extent) -> Extent {
      Extent(cost: cost + other.cost, elements: max(elements, other.elements), bytes: max(bytes, other.bytes))
    }
  }

  init(plan: Plan, sizes: ExpressionCost.Sizes) {
    self.plan = plan
    self.sizes = sizes
    locals = Array(repeating: .scalar, count: plan.localCount)
  }

  private func variable(_ type: ExpressionType) -> Extent {
    let (text, elements) = (Double(sizes.text), Double(sizes.elements))
    return switch type {
    case .bool, .int, .uint, .double, .null, .timestamp, .duration, .type: .scalar
    case .string, .bytes: Extent(cost: 1, elements: 1, bytes: text)
    default: Extent(cost: 1, elements: elements * 2 + 1, bytes: text * max(elements, 1))
    }
  }

  private static func extent(of value: Value) -> Extent {
    switch value {
    case .string(let text): Extent(cost: 1, elements: 1, bytes: Double(text.utf8.count))
    case .bytes(let bytes): Extent(cost: 1, elements: 1, bytes: Double(bytes.count))
    case .list(let values): values.reduce(Extent.scalar) { ($0 + extent(of: $1)).costing(1) }
    case .map(let map):
      map.entries.reduce(Extent.scalar) { ($0 + extent(of: $1.key.value) + extent(of: $1.value)).costing(1) }
    case .opaque(let value):
      (value as? OptionalValue)?.wrapped.map { (extent(of: $0) + .scalar).costing(1) } ?? .scalar
    default: .scalar
    }
  }

  mutating func estimate(_ node: Int32) -> Extent {
    switch plan.nodes[Int(node)] {
    case .constant(let index): return Self.extent(of: plan.constants[Int(index)])
    case .slot(let slot): return variable(plan.variables[Int(slot)].type)
    case .local(let index): return locals[Int(index)].costing(1)
    case .record, .unresolvedName, .unresolvedCall: return variable(.dyn)
    case .hasSlot: return .scalar
    case .select(let operand, _, _), .not(let operand), .negate(let operand):
      let inner = estimate(operand)
      return inner.costing(inner.cost + 1)
    case .has(let operand, _): return Extent.scalar.costing(estimate(operand).cost + 1)
    case .and(let run), .or(let run): return Extent.scalar.costing(sum(run).cost + 1)
    case .conditional(let test, let first, let second):
      let branches = estimate(first).joined(estimate(second))
      return branches.costing(branches.cost + estimate(test).cost + 1)
    case .binary(let sign, let left, let right):
      let both = estimate(left) + estimate(right)
      let cost = both.cost + both.handling
      return sign == .add ? both.costing(cost) : Extent.scalar.costing(cost)
    case .index(let operand, let index, _):
      let inner = estimate(operand)
      return inner.costing(inner.cost + estimate(index).cost + 1)
    case .builtIn(let function, let run): return call(function, run)
    case .host(let index, let run):
      let cost = plan.hosts[Int(index)].overloads.map { Double($0.cost) }.max() ?? 1
      // What a host function returns is within the sizes assumed for variables.
      let inner = sum(run)
      return variable(.dyn).costing(inner.cost + cost + inner.handling * 100)
    case .matches(let operand, let pattern):
      let inner = estimate(operand)
      let steps = plan.patterns[Int(pattern)].worstCaseSteps(textBytes: Int(min(inner.bytes, 1e15)))
      return Extent.scalar.costing(inner.cost + Double(steps) / 10 + 3)
    case .list(let run, _), .map(let run, _):
      let inner = sum(run)
      return Extent(cost: inner.cost + 1, elements: inner.elements + 1, bytes: inner.bytes)
    case .loop(let kind, let run, let local): return loop(kind, run, local)
    case .bind(let value, let body, let local), .optionalMap(let value, let body, let local, _):
      let bound = estimate(value)
      locals[Int(local)] = bound
      let inner = estimate(body)
      return Extent(cost: bound.cost + inner.cost + 1, elements: inner.elements + 1, bytes: inner.bytes)
    case .optionalOr(let left, let right, _):
      let both = estimate(left).joined(estimate(right))
      return both.costing(both.cost + 1)
    }
  }

  private mutating func sum(_ run: PlanNode.Run) -> Extent {
    var total = Extent(cost: 0, elements: 0, bytes: 0)
    for child in plan.run(run) { total = total + estimate(child) }
    return total
  }

  private mutating func loop(_ kind: LoopKind, _ run: PlanNode.Run, _ local: Int32) -> Extent {
    let children = Array(plan.run(run))
    let range = estimate(children[0])
    let turns = range.elements
    // An element is at most the whole range.
    locals[Int(local)] = range
    if kind.hasTwoVariables { locals[Int(local) + 1] = range }
    var bodies = Extent(cost: 0, elements: 0, bytes: 0)
    for child in children.dropFirst() { bodies = bodies + estimate(child) }
    let cost = range.cost + 1 + turns * (bodies.cost + bodies.elements + 1)
    switch kind {
    case .map, .transformList, .transformMap, .transformMapEntry:
      return Extent(
        cost: cost, elements: turns * (bodies.elements + 1) + 1 + range.elements,
        bytes: turns * bodies.bytes + range.bytes)
    case .filter: return range.costing(cost)
    default: return Extent.scalar.costing(cost)
    }
  }

  private mutating func call(_ function: BuiltInFunction, _ run: PlanNode.Run) -> Extent {
    let inner = sum(run)
    let cost = inner.cost + 1
    switch function {
    case .replace, .join, .format, .split, .indexOf, .lastIndexOf, .matches:
      // Every place may hold a whole replacement; every byte may be a piece.
      let product = (inner.bytes + inner.elements + 2) * (inner.bytes + 2)
      let formatted = function == .format ? inner.elements * 1_400 : 0
      return Extent(
        cost: cost + product * (function == .matches ? 10 : 1) + inner.handling,
        elements: inner.bytes + inner.elements + 2,
        bytes: product + formatted)
    case .listRange: return Extent(cost: cost + 16_777_216, elements: 16_777_217, bytes: 0)
    case .setsContains, .setsEquivalent, .setsIntersects, .distinct, .sort, .sortByKeys:
      return inner.costing(cost + inner.elements * (inner.elements + 64) + inner.handling)
    case .toString, .base64Encode, .quote:
      return Extent(cost: cost + inner.handling, elements: 1, bytes: inner.bytes * 2 + 400)
    default: return Extent(cost: cost + inner.handling, elements: inner.elements + 1, bytes: inner.bytes)
    }
  }
}
