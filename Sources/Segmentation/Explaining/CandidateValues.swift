import SCRMModel

/// Values worth trying in an expression: its own constants and what lies just beside them.
struct CandidateValues {
  private var numbers: [Double] = []
  private var texts: [String] = []
  private var others: [Value] = []

  /// Gathers the constants of expressions.
  init(_ trees: [ExpressionTree]) {
    var rest = Array(trees.reversed())
    while let tree = rest.popLast() {
      if let constant = BehaviourReader.constant(tree) { add(constant) } else { rest += tree.children.reversed() }
    }
  }

  mutating func add(_ value: Value) {
    switch value {
    case .int, .uint, .double:
      if let number = value.doubleValue, !number.isNaN, !numbers.contains(number) { numbers.append(number) }
    case .string(let text): if !texts.contains(where: { $0.sameBytes(as: text) }) { texts.append(text) }
    case .list(let elements): for element in elements { add(element) }
    default: if !others.contains(value) { others.append(value) }
    }
  }

  /// Values of a type, each once, the constants first.
  /// - Parameter current: the value there is now, from which lists are made by one element more or less.
  func values(of type: ExpressionType, current: Value? = nil) -> [Value] {
    var found: [Value] = []
    func offer(_ value: Value) { if !found.contains(value) { found.append(value) } }
    switch type {
    case .bool:
      offer(.bool(true))
      offer(.bool(false))
    case .double:
      for number in numbers { offer(.double(number)) }
      for number in numbers {
        for beside in [number + 1, number - 1, number.nextUp, number.nextDown] { offer(.double(beside)) }
      }
      for number in [0.0, 1, -1] { offer(.double(number)) }
    case .int, .uint:
      for number in numbers {
        guard let whole = Int64(exactly: number.rounded(.down)) else { continue }
        for beside in [whole, whole &+ 1, whole &- 1] where type == .int || beside >= 0 {
          offer(type == .int ? .int(beside) : .uint(UInt64(beside)))
        }
      }
      offer(type == .int ? .int(0) : .uint(0))
      offer(type == .int ? .int(1) : .uint(1))
    case .string:
      for text in texts { offer(.string(text)) }
      for text in texts { offer(.string(text + "x")) }
      offer(.string("x"))
      offer(.string(""))
    case .list(let element):
      let known = current?.listValue ?? []
      let elements = values(of: element)
      for value in elements where !known.contains(value) { offer(.list(known + [value])) }
      for value in known { offer(.list(known.filter { $0 != value })) }
      offer(.list([]))
      offer(.list(elements))
      for value in elements { offer(.list([value])) }
    case .timestamp:
      for case .timestamp(let instant) in others {
        for beside in [Duration.zero, .milliseconds(1), .milliseconds(-1)] {
          offer(.timestamp(instant.advanced(by: beside)))
        }
      }
    default:
      for value in others { offer(value) }
    }
    return found
  }
}
