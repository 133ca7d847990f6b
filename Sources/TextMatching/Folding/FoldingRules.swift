/// A folding made ready to walk over a text.
struct FoldingRules {
  private let foldsCase: Bool
  private let table: FoldTable
  private let variants: HanVariants?
  /// Whether every character of U+3400 … U+9FFF folds to one of them.
  let keepsHan: Bool
  /// The scalars of the last unit of several source scalars.
  private var joined: [UInt32] = []

  /// What one step over the source gives.
  struct Unit {
    /// How many scalars it folds to; none for a dropped mark.
    var count: Int
    /// The first of them.
    var first: UInt32
    /// Where they stand when there are several.
    fileprivate var start = 0
    fileprivate var isJoined = false
    /// The source offset after the scalars that went in.
    var end: Int
    /// Whether one scalar became one scalar of the same length, so that offsets move on together.
    var keepsLength: Bool
  }

  init(_ folding: TextFolding, _ table: FoldTable) {
    foldsCase = folding.foldsCase
    variants = folding.hanVariants
    keepsHan = folding.hanVariants?.expansions.isEmpty ?? true
    self.table = table
  }

  @inline(__always)
  func foldASCII(_ byte: UInt8) -> UInt8 {
    foldsCase && byte &- 0x41 < 26 ? byte | 0x20 : byte
  }

  /// The end of the ASCII and Han from the offset on; an ASCII letter that a mark after it composes with is left out.
  func endOfPlainRun(from offset: Int, in source: UnsafeBufferPointer<UInt8>) -> Int {
    var end = offset
    while end < source.count {
      let byte = source[end]
      if byte < 0x80 {
        end += 1
      } else if variants == nil, FoldingRules.leadsHan(byte), end + 3 <= source.count {
        end += 3
      } else {
        break
      }
    }
    if !table.dropsMarks, end > offset, end < source.count, source[end - 1] < 0x80,
      table.entry(UTF8Bytes.scalar(at: end, in: source).value).interacts
    {
      end -= 1
    }
    return end
  }

  /// Whether the byte leads a scalar of U+4000–9FFF, three bytes of Han.
  @inline(__always)
  static func leadsHan(_ byte: UInt8) -> Bool { byte >= 0xE4 && byte <= 0xE9 }

  /// Folds the scalar at the offset with the scalars after it that are reordered or composed with it.
  ///
  /// The scalar is not ASCII unless ``endOfPlainRun(from:in:)`` stopped before it.
  mutating func unit(at offset: Int, in source: UnsafeBufferPointer<UInt8>) -> Unit {
    let (scalar, end) = UTF8Bytes.scalar(at: offset, in: source)
    // Han and most emoji: nothing else to fold, and nothing that joins.
    if HanVariants.scalars.contains(scalar), keepsHan || !table.entry(scalar).isChanged {
      return Unit(count: 1, first: variants?.fold(scalar) ?? scalar, end: end, keepsLength: true)
    }
    if (0x1F300...0x1FAFF).contains(scalar) {
      return Unit(count: 1, first: scalar, end: end, keepsLength: true)
    }
    let entry = table.entry(scalar)
    let joins = entry.joins || Hangul.syllables.contains(scalar) && Hangul.isOpen(scalar)
    if joins, let next = scalarAfterMarks(at: end, in: source), table.entry(next.value).interacts {
      return join(scalar, next, in: source)
    }
    guard entry.isChanged else { return Unit(count: 1, first: scalar, end: end, keepsLength: true) }
    if entry.count == 1 {
      let keepsLength = UTF8Bytes.length(of: entry.value) == end - offset
      return Unit(count: 1, first: entry.value, end: end, keepsLength: keepsLength)
    }
    if entry.count == 0 { return Unit(count: 0, first: 0, end: end, keepsLength: false) }
    let start = Int(entry.value)
    return Unit(count: entry.count, first: table.sequences[start], start: start, end: end, keepsLength: false)
  }

  /// Calls the body with the scalars of the last unit.
  @inline(__always)
  func forEachScalar(of unit: Unit, _ body: (UInt32) -> Void) {
    if unit.count == 1 { return body(unit.first) }
    for place in unit.start..<(unit.start + unit.count) {
      body(unit.isJoined ? joined[place] : table.sequences[place])
    }
  }

  /// The class of the first folded scalar at or after the offset; `other` at the end, `nil` when a mark stands there whose
  /// place depends on others.
  func classOfScalar(atOrAfter offset: Int, in source: UnsafeBufferPointer<UInt8>) -> ScalarClass? {
    guard let next = scalarAfterMarks(at: offset, in: source) else { return .other }
    if table.entry(next.value).interacts { return nil }
    return ScalarClass(table.first(next.value))
  }

  /// The class of what a scalar that keeps its length became.
  func classOfScalar(before offset: Int, in source: UnsafeBufferPointer<UInt8>) -> ScalarClass {
    ScalarClass(table.first(UTF8Bytes.scalar(before: offset, in: source)))
  }

  // MARK: Joining

  private mutating func join(
    _ scalar: UInt32, _ second: (value: UInt32, end: Int), in source: UnsafeBufferPointer<UInt8>
  ) -> Unit {
    joined.removeAll(keepingCapacity: true)
    decompose(scalar)
    var next = second
    var end = second.end
    while true {
      decompose(next.value)
      end = next.end
      guard let following = scalarAfterMarks(at: end, in: source), table.entry(following.value).interacts else {
        break
      }
      next = following
    }
    CanonicalForms.order(&joined)
    CanonicalForms.shared.compose(&joined)
    return Unit(count: joined.count, first: joined.first ?? 0, isJoined: true, end: end, keepsLength: false)
  }

  /// Appends what a scalar folds to, decomposed.
  private mutating func decompose(_ scalar: UInt32) {
    let entry = table.entry(scalar)
    if !entry.isChanged { return CanonicalForms.decompose(scalar, into: &joined) }
    if entry.count == 1 { return CanonicalForms.decompose(entry.value, into: &joined) }
    for place in Int(entry.value)..<(Int(entry.value) + entry.count) {
      CanonicalForms.decompose(table.sequences[place], into: &joined)
    }
  }

  /// The scalar at the offset, or after the dropped marks there.
  private func scalarAfterMarks(
    at offset: Int, in source: UnsafeBufferPointer<UInt8>
  ) -> (value: UInt32, end: Int)? {
    var next = offset
    while next < source.count {
      let (scalar, end) = UTF8Bytes.scalar(at: next, in: source)
      guard table.entry(scalar).isDropped else { return (scalar, end) }
      next = end
    }
    return nil
  }
}
