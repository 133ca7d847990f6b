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
    forEachHit(in: text) { hits.append($0) }
    return hits
  }

  /// Calls the body with every occurrence, in the order of ``hits(in:)``.
  ///
  /// Nothing is allocated for a hit, and with ``TextFolding/exact`` nothing for a text either; otherwise the text is
  /// folded into a copy first.
  ///
  /// - Complexity: as ``hits(in:)``.
  package func forEachHit(in text: String, _ body: (KeywordHit) -> Void) {
    guard !keywords.isEmpty else { return }
    if folding.isExact {
      UTF8Bytes.with(text) { bytes in scan(bytes) { body(KeywordHit(keyword: $0, range: $1)) } }
    } else {
      let folded = folding.fold(text)
      folded.bytes.withUnsafeBufferPointer { bytes in
        scan(bytes) { body(KeywordHit(keyword: $0, range: folded.sourceRange($1))) }
      }
    }
  }

  /// Calls the body with every keyword and the offsets of its occurrence in folded bytes.
  @inline(__always)
  private func scan(_ bytes: UnsafeBufferPointer<UInt8>, _ body: (Int, Range<Int>) -> Void) {
    KeywordCursor.with(transitions, alphabet) { cursor in
      var offset = 0
      while offset < bytes.count {
        let first = bytes[offset]
        let ends: Bool
        if first < 0x80 {
          ends = cursor.read(ascii: first)
          offset += 1
        } else if first & 0xF0 == 0xE0, offset + 3 <= bytes.count {
          ends = cursor.read(first, bytes[offset + 1], bytes[offset + 2])
          offset += 3
        } else {
          let (scalar, end) = UTF8Bytes.scalar(at: offset, in: bytes)
          ends = cursor.read(scalar: scalar)
          offset = end
        }
        guard ends else { continue }
        let end = offset
        _ = outputs.forEach(at: cursor.number) { keyword in
          let edges = outputs.edges[keyword]
          let range = end - edges.length..<end
          if edges.isFree || KeywordAutomaton.allows(edges, range, in: bytes) { body(keyword, range) }
          return true
        }
      }
    }
  }

  /// Whether what stands beside the occurrence in the folded text is allowed there.
  static func allows(
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
