/// The transition function of the automaton: what state follows a state on a byte.
///
/// States are numbered in breadth-first order. The first ones, where nearly all time is spent, have a full row with an
/// entry for every class of bytes (bytes in no keyword share class 0), so that a step is one look-up. Only as many as
/// fit `rowBudget` entries get one; the others keep their few edges and a failure link, as in the original construction.
/// Memory is therefore at most 1 MiB of rows and 22 bytes for each byte of the keywords beyond them.
///
/// A class, so that a scan holds it by one reference.
final class KeywordTransitions: Sendable {
  /// A state as the rows name it: the offset of its row, or beyond `rowsEnd` the state's own number; the top bit says
  /// that a keyword ends there.
  typealias State = UInt32

  static let endsKeyword: State = 0x8000_0000
  static let rowBudget = 262_144

  /// The class of every byte as it stands in the text, upper-case ASCII with its lower case when case is folded.
  let classOfByte: [UInt8]
  let rows: [State]
  /// States below this value have rows.
  let rowsEnd: State
  private let stride: State
  private let edgeStart: [UInt32]
  private let edgeClass: [UInt8]
  private let edgeTarget: [State]
  private let failure: [State]

  /// How many states there are.
  let stateCount: Int

  /// The storage in bytes.
  var storageBytes: Int {
    classOfByte.count + rows.count * 4 + edgeStart.count * 4 + edgeClass.count + edgeTarget.count * 4
      + failure.count * 4
  }

  init(_ links: KeywordLinks, trie: KeywordTrie, classOfByte: [UInt8], classCount: Int, rowBudget: Int) {
    let withRows = max(1, min(links.order.count, rowBudget / classCount))
    let rowsEnd = withRows * classCount
    func state(_ number: Int) -> State {
      let value = number < withRows ? number * classCount : rowsEnd + number - withRows
      return State(truncatingIfNeeded: value) | (links.endsKeyword[number] ? KeywordTransitions.endsKeyword : 0)
    }

    var rows = [State](repeating: 0, count: rowsEnd)
    var edgeStart: [UInt32] = [0]
    var edgeClass: [UInt8] = []
    var edgeTarget: [State] = []
    var failure: [State] = []
    for number in links.order.indices {
      let children = trie.children(of: links.order[number])
      if number < withRows {
        // The failure state comes earlier in breadth-first order, so its row is complete.
        let row = number * classCount
        if number > 0 {
          let source = links.failure[number] * classCount
          for column in 0..<classCount { rows[row + column] = rows[source + column] }
        }
        for child in children { rows[row + Int(classOfByte[Int(trie.byte[child])])] = state(links.number[child]) }
      } else {
        for child in children {
          edgeClass.append(classOfByte[Int(trie.byte[child])])
          edgeTarget.append(state(links.number[child]))
        }
        edgeStart.append(UInt32(truncatingIfNeeded: edgeTarget.count))
        failure.append(state(links.failure[number]) & ~KeywordTransitions.endsKeyword)
      }
    }
    self.classOfByte = classOfByte
    self.rows = rows
    self.rowsEnd = State(truncatingIfNeeded: rowsEnd)
    self.stride = State(truncatingIfNeeded: classCount)
    self.edgeStart = edgeStart
    self.edgeClass = edgeClass
    self.edgeTarget = edgeTarget
    self.failure = failure
    self.stateCount = links.order.count
  }

  /// The state after reading the byte; `state` comes without its top bit, the result with it.
  @inline(__always)
  func next(_ state: State, _ byte: UInt8) -> State {
    let column = classOfByte[Int(byte)]
    if state < rowsEnd { return rows[Int(state) + Int(column)] }
    return nextByEdges(state, column)
  }

  private func nextByEdges(_ start: State, _ column: UInt8) -> State {
    var state = start
    while state >= rowsEnd {
      let index = Int(state - rowsEnd)
      for edge in Int(edgeStart[index])..<Int(edgeStart[index + 1]) where edgeClass[edge] == column {
        return edgeTarget[edge]
      }
      state = failure[index]
    }
    return rows[Int(state) + Int(column)]
  }

  /// The breadth-first number of a state.
  func number(of state: State) -> Int {
    state < rowsEnd ? Int(state / stride) : Int(state - rowsEnd + rowsEnd / stride)
  }
}
