extension KeywordAutomaton {
  /// All occurrences of all keywords, overlapping ones included.
  ///
  /// One hit for each occurrence in the folded text, in the order of their ends there; of those that end together the
  /// longest first, equal ones by keyword. Where one scalar folds to several letters ("ﬀ" to "ff"), hits of a part of
  /// them have the range of the whole, so that two may be equal.
  ///
  /// - Complexity: O(*n* + *c*) for *n* bytes and *c* occurrences before their edges are looked at.
  package func hits(in text: String) -> [KeywordHit] {
    var hits: [KeywordHit] = []
    guard !keywords.isEmpty else { return hits }
    let folded = folding.fold(text)
    folded.bytes.withUnsafeBufferPointer { bytes in
      var state: KeywordTransitions.State = 0
      for position in bytes.indices {
        state = transitions.next(state, bytes[position])
        guard state & KeywordTransitions.endsKeyword != 0 else { continue }
        state &= ~KeywordTransitions.endsKeyword
        let end = position + 1
        _ = outputs.forEach(at: transitions.number(of: state)) { keyword in
          let edges = outputs.edges[keyword]
          let start = end - edges.length
          if edges.isFree || KeywordAutomaton.allows(edges, start..<end, in: bytes) {
            hits.append(KeywordHit(keyword: keyword, range: folded.sourceRange(start..<end)))
          }
          return true
        }
      }
    }
    return hits
  }

  /// Whether what stands beside the occurrence in the folded text is allowed there.
  private static func allows(
    _ edges: KeywordEdges, _ range: Range<Int>, in bytes: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    if edges.before != .other, range.lowerBound > 0,
      ScalarClass(UTF8Bytes.scalar(before: range.lowerBound, in: bytes)) == edges.before
    {
      return false
    }
    if edges.after != .other, range.upperBound < bytes.count,
      ScalarClass(UTF8Bytes.scalar(at: range.upperBound, in: bytes).value) == edges.after
    {
      return false
    }
    return true
  }
}
