extension KeywordAutomaton {
  /// Adds to the set the keywords that occur in the text.
  ///
  /// The same keywords that ``hits(in:)`` finds, several times faster: the text is folded while it is read, not into a
  /// copy. Nothing is allocated, unless a keyword that needs a word edge stands beside a letter that folds to another
  /// length (as é does); then the text is gone through again by ``hits(in:)``.
  ///
  /// - Complexity: O(*n* + *c*) for *n* bytes and *c* occurrences before their edges are looked at.
  package func matchedKeywords(in text: String, into set: inout KeywordSet) {
    guard !keywords.isEmpty else { return }
    let isComplete = UTF8Bytes.with(text) { source in
      var scan = KeywordScan(self, source)
      return scan.run(into: &set)
    }
    if !isComplete {
      for hit in hits(in: text) { set.insert(hit.keyword) }
    }
  }
}

/// One pass over a text that is folded on the way.
///
/// Edges are looked at in the source. That needs the source offset where an occurrence starts, which is known as long as
/// the occurrence lies within a run of scalars that fold to their own length.
private struct KeywordScan {
  private let transitions: KeywordTransitions
  private let outputs: KeywordOutputs
  private let rules: FoldingRules
  private let source: UnsafeBufferPointer<UInt8>

  private var state: KeywordTransitions.State = 0
  /// Where the present run of scalars that keep their length starts.
  private var runStart = 0
  /// The class of the last folded scalar before the run; `other` at the start of the text.
  private var classBeforeRun = ScalarClass.other

  init(_ automaton: KeywordAutomaton, _ source: UnsafeBufferPointer<UInt8>) {
    transitions = automaton.transitions
    outputs = automaton.outputs
    rules = FoldingRules(automaton.folding)
    self.source = source
  }

  /// Scans the text; says false when it cannot decide an edge.
  mutating func run(into set: inout KeywordSet) -> Bool {
    var offset = 0
    while offset < source.count {
      let byte = source[offset]
      if byte < 0x80 {
        guard readASCII(at: &offset, into: &set) else { return false }
      } else if FoldingRules.leadsHan(byte), offset + 3 <= source.count {
        // A keyword can only end at the last byte of a scalar.
        _ = read(byte)
        _ = read(source[offset + 1])
        offset += 3
        if read(source[offset - 1]), !report(at: offset, into: &set) { return false }
      } else {
        let unit = rules.unit(at: offset, in: source)
        guard read(unit, from: offset, into: &set) else { return false }
        offset = unit.end
      }
    }
    return true
  }

  /// Reads the ASCII bytes from the offset on, the hot loop; says false when it cannot decide an edge.
  private mutating func readASCII(at offset: inout Int, into set: inout KeywordSet) -> Bool {
    var position = offset
    var state = self.state
    while position < source.count {
      let byte = source[position]
      if byte >= 0x80 { break }
      position += 1
      state = transitions.next(state, byte)
      if state & KeywordTransitions.endsKeyword != 0 {
        state &= ~KeywordTransitions.endsKeyword
        self.state = state
        if !report(at: position, into: &set) { return false }
      }
    }
    self.state = state
    offset = position
    return true
  }

  /// Moves on by one byte; says whether a keyword ends there.
  @inline(__always)
  private mutating func read(_ byte: UInt8) -> Bool {
    let next = transitions.next(state, byte)
    state = next & ~KeywordTransitions.endsKeyword
    return next & KeywordTransitions.endsKeyword != 0
  }

  /// Reads what a scalar folds to; says false when it cannot decide an edge.
  private mutating func read(
    _ unit: FoldingRules.Unit, from start: Int, into set: inout KeywordSet
  ) -> Bool {
    if unit.keepsLength {
      var ends = false
      UTF8Bytes.forEachByte(of: unit.scalars.first) { ends = read($0) }
      return !ends || report(at: unit.end, into: &set)
    }
    if unit.scalars.isEmpty {
      if start > runStart { classBeforeRun = ScalarClass(UTF8Bytes.scalar(before: start, in: source)) }
      runStart = unit.end
      return true
    }
    var isDecided = true
    unit.scalars.forEach { scalar in
      UTF8Bytes.forEachByte(of: scalar) { byte in
        if read(byte), isDecided { isDecided = reportFree(into: &set) }
      }
    }
    classBeforeRun = ScalarClass(unit.scalars.last)
    runStart = unit.end
    return isDecided
  }

  /// Adds the keywords that end here; says false when the start of one is not known and its edge matters.
  private func report(at end: Int, into set: inout KeywordSet) -> Bool {
    var classAfter: ScalarClass?
    return outputs.forEach(at: transitions.number(of: state)) { keyword in
      if set.contains(keyword) { return true }
      let edges = outputs.edges[keyword]
      if edges.after != .other {
        let after = classAfter ?? rules.classOfScalar(atOrAfter: end, in: source)
        classAfter = after
        if after == edges.after { return true }
      }
      if edges.before != .other {
        let start = end - edges.length
        if start < runStart { return false }
        let isRunStart = start == runStart
        let before = isRunStart ? classBeforeRun : ScalarClass(UTF8Bytes.scalar(before: start, in: source))
        if before == edges.before { return true }
      }
      set.insert(keyword)
      return true
    }
  }

  /// Adds the keywords that end within what one scalar folds to; says false when an edge of one matters.
  private func reportFree(into set: inout KeywordSet) -> Bool {
    outputs.forEach(at: transitions.number(of: state)) { keyword in
      if set.contains(keyword) { return true }
      guard outputs.edges[keyword].isFree else { return false }
      set.insert(keyword)
      return true
    }
  }
}
