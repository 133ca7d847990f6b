/// A deterministic automaton with all its states: a search looks at each byte of the text once.
struct PatternAutomaton: Sendable {
  private let classes: [UInt8]
  private let table: [Int32]
  private let stride: Int
  private let start: Int32

  /// Makes all states of a program; `nil` when the limits for tables made in advance do not allow that.
  init?(_ program: PatternProgram, limits: RegularExpressionLimits) {
    var states = PatternDeterminiser(program, tableLimit: .max)
    var representative = [UInt8](repeating: 0, count: states.stride)
    for byte in states.classes.indices { representative[Int(states.classes[byte])] = UInt8(byte) }
    var state = 1
    while state <= states.stateCount {
      let row = Int32(state * states.stride)
      for number in 0..<states.stride {
        let byte = number == states.stride - 1 ? nil : representative[number]
        _ = states.transition(from: row, class: number, byte: byte)
      }
      guard states.table.count <= limits.tableSize, states.steps <= limits.preparationSteps else { return nil }
      state += 1
    }
    classes = states.classes
    table = states.table
    stride = states.stride
    start = states.start
  }

  /// Whether a text holds a match, and the steps that took; `nil` when they went beyond the limit.
  func search(_ text: UnsafeBufferPointer<UInt8>, limit: Int) -> (found: Bool?, steps: Int) {
    let readable = min(text.count, limit)
    return classes.withUnsafeBufferPointer { classes in
      table.withUnsafeBufferPointer { table in
        var row = start
        var index = 0
        while row > PatternDeterminiser.matched, index < readable {
          row = table[Int(row) + Int(classes[Int(text[index])])]
          index += 1
        }
        if row > PatternDeterminiser.matched {
          if readable < text.count { return (nil, index) }
          row = table[Int(row) + stride - 1]
        }
        return (row == PatternDeterminiser.matched, index)
      }
    }
  }
}
