/// A place in a text as the automaton sees it, with the tables at hand while their storage is held open.
struct KeywordCursor {
  typealias State = KeywordTransitions.State

  private let slots: UnsafeBufferPointer<UInt64>
  private let single: UnsafeBufferPointer<State>
  private let failure: UnsafeBufferPointer<State>
  private let numberOfBase: UnsafeBufferPointer<UInt32>
  private let asciiClass: UnsafeBufferPointer<UInt16>
  private let pageOfBlock: UnsafeBufferPointer<UInt16>
  private let pages: UnsafeBufferPointer<UInt16>

  /// The state of the longest suffix of the text so far that begins a keyword.
  private var state: State
  /// The state that the last scalar alone leads to.
  private var last: State

  /// Calls the body with a cursor before the first scalar; it must not leave the body.
  @inline(__always)
  static func with<Result>(
    _ transitions: KeywordTransitions, _ alphabet: KeywordAlphabet, _ body: (inout KeywordCursor) -> Result
  ) -> Result {
    transitions.slots.withUnsafeBufferPointer { slots in
      transitions.single.withUnsafeBufferPointer { single in
        transitions.failure.withUnsafeBufferPointer { failure in
          transitions.numberOfBase.withUnsafeBufferPointer { numberOfBase in
            alphabet.asciiClass.withUnsafeBufferPointer { asciiClass in
              alphabet.pageOfBlock.withUnsafeBufferPointer { pageOfBlock in
                alphabet.pages.withUnsafeBufferPointer { pages in
                  var cursor = KeywordCursor(
                    slots: slots, single: single, failure: failure, numberOfBase: numberOfBase,
                    asciiClass: asciiClass, pageOfBlock: pageOfBlock, pages: pages, state: transitions.root,
                    last: transitions.root)
                  return body(&cursor)
                }
              }
            }
          }
        }
      }
    }
  }

  /// The number of the state.
  @inline(__always)
  var number: Int { Int(numberOfBase[Int(state & KeywordTransitions.baseMask)]) }

  /// Moves on by an ASCII byte; says whether a keyword ends there.
  @inline(__always)
  mutating func read(ascii byte: UInt8) -> Bool { read(asciiClass[Int(byte)]) }

  /// Moves on by a scalar of three bytes; says whether a keyword ends there.
  @inline(__always)
  mutating func read(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Bool {
    read(block: Int(first & 0x0F) << 6 | Int(second & 0x3F), Int(third & 0x3F))
  }

  /// Moves on by a scalar; says whether a keyword ends there.
  @inline(__always)
  mutating func read(scalar: UInt32) -> Bool { read(block: Int(scalar >> 6), Int(scalar & 0x3F)) }

  @inline(__always)
  private mutating func read(block: Int, _ place: Int) -> Bool {
    read(block < pageOfBlock.count ? pages[Int(pageOfBlock[block]) << 6 | place] : 0)
  }

  @inline(__always)
  private mutating func read(_ column: UInt16) -> Bool {
    let column = Int(column)
    // Read all three before anything is decided, so that they wait for memory together.
    let deep = slots[Int(state & KeywordTransitions.baseMask) + column]
    let pair = slots[Int(last) + column]
    let one = single[column]
    let two = State(truncatingIfNeeded: pair >> 32) == last ? State(truncatingIfNeeded: pair) : one
    let isDeep = State(truncatingIfNeeded: deep >> 32) == state
    var next = isDeep ? State(truncatingIfNeeded: deep) : two
    if !isDeep, state & KeywordTransitions.isIncomplete != 0 { next = follow(column) ?? two }
    last = one & ~KeywordTransitions.endsKeyword
    state = next & ~KeywordTransitions.endsKeyword
    return next & KeywordTransitions.endsKeyword != 0
  }

  /// Follows failure links from an incomplete state; `nil` when no state deeper than 2 comes of it.
  private func follow(_ column: Int) -> State? {
    var state = state
    while state & KeywordTransitions.isIncomplete != 0 {
      state = failure[Int(numberOfBase[Int(state & KeywordTransitions.baseMask)])]
      let slot = slots[Int(state & KeywordTransitions.baseMask) + column]
      if State(truncatingIfNeeded: slot >> 32) == state { return State(truncatingIfNeeded: slot) }
    }
    return nil
  }
}
