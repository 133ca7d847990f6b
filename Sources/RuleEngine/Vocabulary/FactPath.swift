import SCRMExpressions
import SCRMModel

/// A fact that a template or a parameter names: a slot, and the keys behind it when its value is a map.
struct FactPath: Sendable, Hashable {
  /// The path as written.
  let name: String
  let slot: Int
  let keys: [String]

  /// Finds the slot of the longest beginning of a path; `nil` when there is none.
  init?(_ name: String, in environment: ExpressionEnvironment) {
    self.name = name
    var head = name[...]
    var keys: [String] = []
    while true {
      if let slot = environment.slot(String(head)) {
        guard keys.isEmpty || Self.hasKeys(environment.variables[slot].type) else { return nil }
        self.slot = slot
        self.keys = keys
        return
      }
      guard let dot = head.utf8.lastIndex(of: 0x2E) else { return nil }
      keys.insert(String(head[head.index(after: dot)...]), at: 0)
      head = head[..<dot]
    }
  }

  private static func hasKeys(_ type: ExpressionType) -> Bool {
    switch type {
    case .map, .dyn: true
    default: false
    }
  }

  /// The value; `nil` when it is missing.
  func value(in activation: ExpressionActivation) -> Value? { value(below: activation.slotValue(slot)) }

  /// The value behind the keys of the slot's value; `nil` when it is missing.
  func value(below root: Value?) -> Value? {
    var value = root
    for key in keys {
      guard case .map(let map)? = value else { return nil }
      value = map[key]
    }
    if case .null? = value { return nil }
    return value
  }
}

extension ExpressionTree {
  /// The slots a condition may read: rather too many than too few.
  func slots(in environment: ExpressionEnvironment) -> Set<Int> {
    var slots = Set<Int>()
    var pending = [self]
    while let tree = pending.popLast() {
      if let field = ConditionField(tree) {
        let paths = field.path.indices.map { field.path[...$0].joined(separator: ".") }
        let found = paths.compactMap { environment.slot($0) }
        slots.formUnion(found)
        // A record named whole may be asked for any of its fields.
        if found.isEmpty, let root = paths.last {
          for variable in environment.variables where variable.name.hasPrefix(root + ".") {
            slots.insert(variable.slot)
          }
        }
      }
      pending += tree.children
    }
    return slots
  }
}

extension Value {
  /// The value as a template shows it; `nil` for kinds that have no plain text.
  var templateText: String? {
    switch self {
    case .string(let text): text
    case .int(let number): String(number)
    case .uint(let number): String(number)
    case .double(let number) where number.isFinite:
      Int64(exactly: number).map { String($0) } ?? String(number)
    case .bool(let truth): truth ? "true" : "false"
    case .timestamp(let time): time.description
    case .opaque(let value): (value as? Money)?.description
    default: nil
    }
  }
}
