/// The transition function of the automaton: what state follows a state on a class of scalars.
///
/// A transition to a state of depth 1 depends on the scalar alone, and one to depth 2 only on it and the scalar before.
/// So a row keeps only the transitions that lead deeper, and a step looks at three places that do not wait for each
/// other: the state's row, the row of the state that the last scalar alone leads to, and the table of depth 1. Rows are
/// sparse and packed into one array; each slot names its owner.
///
/// A row that holds all transitions to states deeper than 2 is complete and a step is three reads. Rows are completed in
/// breadth-first order as long as `rowBudget` further entries last; the states after that keep their own children and
/// follow failure links, as in the original construction.
///
/// A class, so that a scan holds it by one reference.
final class KeywordTransitions: Sendable {
  /// A state is the base of its row; the top bit, set only in targets, says that a keyword ends there, the next one that
  /// the row is not complete.
  typealias State = UInt32

  static let endsKeyword: State = 0x8000_0000
  static let isIncomplete: State = 0x4000_0000
  static let baseMask: State = 0x3FFF_FFFF
  static let rowBudget = 131_072
  private static let noOwner: UInt64 = 0xFFFF_FFFF_0000_0000

  /// The owner of each slot above, the target below.
  let slots: [UInt64]
  /// The state of depth 1 that each class leads to, or the root.
  let single: [State]
  let root: State
  /// The number of the state at each base.
  let numberOfBase: [UInt32]
  /// Where an incomplete state goes on looking, by number.
  let failure: [State]

  /// How many states there are.
  let stateCount: Int

  /// The storage in bytes.
  var storageBytes: Int { slots.count * 8 + (single.count + numberOfBase.count + failure.count) * 4 }

  init(_ links: KeywordLinks, trie: KeywordTrie, classCount: Int, rowBudget: Int) {
    let rows = Rows(links, trie: trie, budget: rowBudget)
    var packer = KeywordRowPacker()
    var base: [State] = []
    for state in 0..<trie.stateCount {
      let place = packer.place(rows.classes[rows.range(of: state)])
      base.append(State(truncatingIfNeeded: place) | (rows.isIncomplete[state] ? Self.isIncomplete : 0))
    }
    func target(_ state: Int) -> State { base[state] | (links.endsKeyword[state] ? Self.endsKeyword : 0) }

    // Every class can be read at every base.
    var slots = [UInt64](repeating: Self.noOwner, count: packer.slotCount + classCount)
    var numberOfBase = [UInt32](repeating: 0, count: packer.slotCount)
    for state in 0..<trie.stateCount {
      let place = Int(base[state] & Self.baseMask)
      numberOfBase[place] = UInt32(truncatingIfNeeded: state)
      for entry in rows.range(of: state) {
        slots[place + Int(rows.classes[entry])] = UInt64(base[state]) << 32 | UInt64(target(Int(rows.targets[entry])))
      }
    }
    var single = [State](repeating: base[0], count: classCount)
    for child in trie.children(of: 0) { single[Int(trie.entered[child])] = target(child) }
    self.slots = slots
    self.single = single
    self.numberOfBase = numberOfBase
    root = base[0]
    failure = links.failure.map { base[Int($0)] }
    stateCount = trie.stateCount
  }
}

extension KeywordTransitions {
  /// The rows before they are packed: for each state its classes in ascending order, and where they lead.
  private struct Rows {
    private var start: [Int] = [0]
    private(set) var classes: [UInt16] = []
    private(set) var targets: [Int32] = []
    private(set) var isIncomplete: [Bool] = []

    init(_ links: KeywordLinks, trie: KeywordTrie, budget: Int) {
      let firstOfDepthTwo = Int(trie.firstChild[1 < trie.stateCount ? 1 : 0])
      var rest = budget
      // The root's transitions are the table of depth 1.
      start.append(0)
      isIncomplete.append(false)
      for state in 1..<max(trie.stateCount, 1) {
        let children = trie.children(of: state)
        let failure = Int(links.failure[state])
        if failure < firstOfDepthTwo {
          append(children, of: trie)
          isIncomplete.append(false)
        } else if !isIncomplete[failure], range(of: failure).count <= rest {
          // The failure state comes earlier in breadth-first order, so its row is there.
          rest -= merge(children, of: trie, with: range(of: failure))
          isIncomplete.append(false)
        } else {
          append(children, of: trie)
          isIncomplete.append(true)
        }
        start.append(classes.count)
      }
    }

    func range(of state: Int) -> Range<Int> { start[state]..<start[state + 1] }

    private mutating func append(_ children: Range<Int>, of trie: KeywordTrie) {
      for child in children { append(trie.entered[child], Int32(truncatingIfNeeded: child)) }
    }

    private mutating func append(_ column: UInt16, _ target: Int32) {
      classes.append(column)
      targets.append(target)
    }

    /// Appends the children and what the other row has beside them; returns how many entries that were.
    private mutating func merge(_ children: Range<Int>, of trie: KeywordTrie, with row: Range<Int>) -> Int {
      var child = children.lowerBound
      var entry = row.lowerBound
      var added = 0
      while child < children.upperBound || entry < row.upperBound {
        let isChild = entry == row.upperBound || child < children.upperBound && trie.entered[child] <= classes[entry]
        if isChild {
          if entry < row.upperBound, trie.entered[child] == classes[entry] { entry += 1 }
          append(trie.entered[child], Int32(truncatingIfNeeded: child))
          child += 1
        } else {
          append(classes[entry], targets[entry])
          entry += 1
          added += 1
        }
      }
      return added
    }
  }
}
