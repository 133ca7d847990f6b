extension KeywordAutomaton {
  /// Adds to the set the keywords that occur in the text.
  ///
  /// The same keywords that ``hits(in:)`` finds, several times faster: the text is folded while it is read, not into a
  /// copy. Nothing is allocated, unless scalars compose (half-width kana with its mark, say), or a keyword that needs a word
  /// edge stands beside a letter that folds to another length (as é does); then the text is gone through again by
  /// ``hits(in:)``. A folding that keeps diacritics always folds into a copy.
  ///
  /// - Complexity: O(*n* + *c*) for *n* bytes and *c* occurrences before their edges are looked at.
  package func matchedKeywords(in text: String, into set: inout KeywordSet) {
    guard !keywords.isEmpty else { return }
    // Where marks are kept a letter may compose with what comes after it.
    guard let table = folding.table, table.dropsMarks else { return forEachHit(in: text) { set.insert($0.keyword) } }
    let isComplete = UTF8Bytes.with(text) { source in
      KeywordCursor.with(transitions, alphabet) { cursor in
        var scan = KeywordScan(self, table, source)
        return scan.run(&cursor, into: &set)
      }
    }
    if !isComplete { forEachHit(in: text) { set.insert($0.keyword) } }
  }
}

/// One pass over a text that is folded on the way.
///
/// Edges are looked at in the source. That needs the source offset where an occurrence starts, which is known as long as
/// the occurrence lies within a run of scalars that fold to their own length.
private struct KeywordScan {
  private let outputs: KeywordOutputs
  private var rules: FoldingRules
  private let source: UnsafeBufferPointer<UInt8>

  /// Where the present run of scalars that keep their length starts.
  private var runStart = 0
  /// The class of the last folded scalar before the run; `other` at the start of the text.
  private var classBeforeRun = ScalarClass.other

  init(_ automaton: KeywordAutomaton, _ table: FoldTable, _ source: UnsafeBufferPointer<UInt8>) {
    outputs = automaton.outputs
    rules = FoldingRules(automaton.folding, table)
    self.source = source
  }

  /// Scans the text; says false when it cannot decide an edge.
  @inline(__always)
  mutating func run(_ cursor: inout KeywordCursor, into set: inout KeywordSet) -> Bool {
    let keepsHan = rules.keepsHan
    var offset = 0
    while offset < source.count {
      let byte = source[offset]
      var ends: Bool
      if byte < 0x80 {
        ends = cursor.read(ascii: byte)
        offset += 1
      } else if keepsHan, FoldingRules.leadsHan(byte), offset + 3 <= source.count {
        ends = cursor.read(byte, source[offset + 1], source[offset + 2])
        offset += 3
      } else {
        let unit = rules.unit(at: offset, in: source)
        guard read(unit, from: offset, &cursor, into: &set) else { return false }
        offset = unit.end
        continue
      }
      if ends, !report(cursor.number, at: offset, into: &set) { return false }
    }
    return true
  }

  /// Reads what a scalar folds to; says false when it cannot decide an edge.
  private mutating func read(
    _ unit: FoldingRules.Unit, from start: Int, _ cursor: inout KeywordCursor, into set: inout KeywordSet
  ) -> Bool {
    if unit.keepsLength {
      return !cursor.read(scalar: unit.first) || report(cursor.number, at: unit.end, into: &set)
    }
    if unit.count == 0 {
      if start > runStart { classBeforeRun = rules.classOfScalar(before: start, in: source) }
      runStart = unit.end
      return true
    }
    var isDecided = true
    var last: UInt32 = 0
    rules.forEachScalar(of: unit) { scalar in
      last = scalar
      if cursor.read(scalar: scalar), isDecided { isDecided = reportFree(cursor.number, into: &set) }
    }
    classBeforeRun = ScalarClass(last)
    runStart = unit.end
    return isDecided
  }

  /// Adds the keywords that end here; says false when the start of one is not known and its edge matters.
  private func report(_ state: Int, at end: Int, into set: inout KeywordSet) -> Bool {
    var classAfter: ScalarClass?
    return outputs.forEach(at: state) { keyword in
      if set.contains(keyword) { return true }
      let edges = outputs.edges[keyword]
      if edges.after != .other {
        guard let after = classAfter ?? rules.classOfScalar(atOrAfter: end, in: source) else { return false }
        classAfter = after
        if after == edges.after { return true }
      }
      if edges.before != .other {
        let start = end - edges.length
        if start < runStart { return false }
        let isRunStart = start == runStart
        let before = isRunStart ? classBeforeRun : rules.classOfScalar(before: start, in: source)
        if before == edges.before { return true }
      }
      set.insert(keyword)
      return true
    }
  }

  /// Adds the keywords that end within what one scalar folds to; says false when an edge of one matters.
  private func reportFree(_ state: Int, into set: inout KeywordSet) -> Bool {
    outputs.forEach(at: state) { keyword in
      if set.contains(keyword) { return true }
      guard outputs.edges[keyword].isFree else { return false }
      set.insert(keyword)
      return true
    }
  }
}
