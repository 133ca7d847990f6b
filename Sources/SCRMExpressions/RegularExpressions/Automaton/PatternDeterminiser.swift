/// Makes the states of a deterministic automaton from a program, as they are asked for (subset construction).
///
/// A state holds the instructions a search can be at, before the next byte is known: those that take a byte, and the
/// assertions that look ahead. What lies behind is settled when a state is made; of the place itself only what an
/// assertion that looks ahead can lead to is kept, and only where there is one.
struct PatternDeterminiser {
  /// The row of the table that stands for no match, whatever follows.
  static let dead: Int32 = 0
  /// The row that stands for a match.
  static let matched: Int32 = 1
  /// A transition that is not known yet.
  static let unknown: Int32 = -1
  /// The entries a search may keep when the automaton was not made in advance.
  static let searchTableLimit = 1 << 18

  private let program: PatternProgram
  private let tableLimit: Int
  let classes: [UInt8]
  /// The classes of bytes and one for the end of the text.
  let stride: Int
  /// For each state a row of `stride` places of rows; row 0 belongs to no state.
  private(set) var table: [Int32]
  /// The row of the state at the start of a text.
  private(set) var start: Int32 = 0
  /// The instructions and edges looked at so far.
  private(set) var steps = 0

  /// Whether a match can start anywhere but at the start of the text.
  private var restarts = true
  private var states = PatternStateTable()
  private var expanded: SparseSet
  private var reached: SparseSet
  private var pending: [Int32] = []
  private var key: [Int32] = []

  init(_ program: PatternProgram, tableLimit: Int) {
    self.program = program
    self.tableLimit = tableLimit
    let (classes, count) = program.byteClasses()
    self.classes = classes
    stride = max(count + 1, 2)
    table = [Int32](repeating: Self.dead, count: stride)
    expanded = SparseSet(bound: program.instructions.count)
    reached = SparseSet(bound: program.instructions.count)
    restarts = canRestart()
    let place = Place(isTextStart: true, isLineStart: true, isAfterWord: false)
    let found = Self.close(program.start, at: place, nil, program, into: &reached, &pending, &steps)
    start = found ? Self.matched : row(at: place)
  }

  var stateCount: Int { states.count }

  private mutating func canRestart() -> Bool {
    let place = Place(isTextStart: false, isLineStart: true, isAfterWord: false)
    if Self.close(program.start, at: place, nil, program, into: &expanded, &pending, &steps) { return true }
    return expanded.members.contains { index in
      switch program.instructions[Int(index)] {
      case .bytes: true
      case .assertion(let assertion, _): assertion.looksAhead
      default: false
      }
    }
  }

  /// The row a byte class leads to, made if it is new; the byte is any of the class, or `nil` for the end of the text.
  ///
  /// When the table is full all states but the one returned are forgotten.
  mutating func transition(from row: Int32, class number: Int, byte: UInt8?) -> Int32 {
    let found = advance(from: row, byte: byte)
    let next: Int32
    if found {
      next = Self.matched
    } else if let byte {
      let place = Place(isTextStart: false, isLineStart: byte == 10, isAfterWord: Self.isWord(byte))
      if Self.close(program.start, at: place, nil, program, into: &reached, &pending, &steps) {
        next = Self.matched
      } else {
        if table.count + stride > tableLimit, states.count > 1 {
          forget()
          return self.row(at: place)
        }
        next = self.row(at: place)
      }
    } else {
      next = Self.dead
    }
    table[Int(row) + number] = next
    return next
  }

  private mutating func forget() {
    states.removeAll()
    table.removeSubrange(stride...)
  }

  /// The row of the state that holds what was reached.
  private mutating func row(at place: Place) -> Int32 {
    key.removeAll(keepingCapacity: true)
    key.append(0)
    for index in reached.members {
      switch program.instructions[Int(index)] {
      case .bytes: key.append(index)
      case .assertion(let assertion, _) where assertion.looksAhead:
        key[0] = place.bits
        key.append(index)
      default: break
      }
    }
    if key.count == 1, !restarts { return Self.dead }
    key[1...].sort()
    let known = states.count
    let state = states.number(of: key)
    if states.count > known { table.append(contentsOf: repeatElement(Self.unknown, count: stride)) }
    return state * Int32(stride)
  }

  /// Fills `reached` with where a state goes on after a byte; true if it matches on the way.
  private mutating func advance(from row: Int32, byte: UInt8?) -> Bool {
    let range = states.range(row / Int32(stride))
    let place = Place(bits: states[range.lowerBound])
    let after = byte.map { Place(isTextStart: false, isLineStart: $0 == 10, isAfterWord: Self.isWord($0)) }
    expanded.removeAll()
    reached.removeAll()
    var index = range.lowerBound + 1
    // First what stands at this place and becomes known with the byte.
    while index < range.upperBound {
      let instruction = states[index]
      index += 1
      if Self.close(instruction, at: place, .some(byte), program, into: &expanded, &pending, &steps) { return true }
    }
    guard let byte, let after else { return false }
    for instruction in expanded.members {
      guard case .bytes(let first, let count) = program.instructions[Int(instruction)] else { continue }
      steps += 1
      guard let next = edge(Int(first), Int(count), byte) else { continue }
      if Self.close(next, at: after, nil, program, into: &reached, &pending, &steps) { return true }
    }
    return false
  }

  /// Where the edge of a byte leads, by binary search: the edges of an instruction are in order.
  private func edge(_ first: Int, _ count: Int, _ byte: UInt8) -> Int32? {
    var low = first
    var high = first + count
    while low < high {
      let middle = (low + high) / 2
      if program.edges[middle].high < byte { low = middle + 1 } else { high = middle }
    }
    return low < first + count && program.edges[low].low <= byte ? program.edges[low].next : nil
  }

  static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F: true
    default: false
    }
  }
}
