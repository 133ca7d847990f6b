import TextMatching

/// Where words stand in the texts of one interaction; kept and reused, so that filling it again allocates nothing.
struct KeywordPlaces: Sendable {
  /// An occurrence: the units of its text before it begins and before it has ended.
  struct Hit: Sendable {
    var keyword: Int32
    var start: Int32
    var end: Int32
  }

  /// The occurrences of each text, in the order of their beginnings.
  private(set) var hits: [Hit] = []
  /// Where the occurrences of each text begin.
  private var starts: [Int] = []
  private var units: [Int32] = []

  mutating func removeAll() {
    hits.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
  }

  /// Begins with another text.
  mutating func begin() { starts.append(hits.count) }

  /// Adds an occurrence in the text begun last.
  mutating func note(_ hit: KeywordHit) {
    hits.append(
      Hit(
        keyword: Int32(truncatingIfNeeded: hit.keyword), start: Int32(clamping: hit.range.lowerBound),
        end: Int32(clamping: hit.range.upperBound)))
  }

  /// Brings the occurrences in the text begun last into their order.
  mutating func finish(_ text: String) {
    let first = starts.last ?? 0
    guard hits.count > first else { return }
    units.removeAll(keepingCapacity: true)
    TextUnits.forEach(in: text) { units.append(Int32(clamping: $0)) }
    for place in first..<hits.count {
      hits[place].start = unitsBefore(hits[place].start)
      hits[place].end = unitsBefore(hits[place].end)
    }
    hits[first...].sort { ($0.start, $0.end) < ($1.start, $1.end) }
  }

  /// How many units begin before the offset.
  private func unitsBefore(_ offset: Int32) -> Int32 {
    var (low, high) = (0, units.count)
    while low < high {
      let middle = (low + high) / 2
      if units[middle] < offset { low = middle + 1 } else { high = middle }
    }
    return Int32(truncatingIfNeeded: low)
  }

  /// Whether the clause holds in one of the texts.
  func hold(_ clause: CompiledTrigger.Near) -> Bool {
    starts.indices.contains { text in
      let range = starts[text]..<(text + 1 < starts.count ? starts[text + 1] : hits.count)
      return clause.isOrdered ? isOrderedChain(clause, range) : isChain(clause, range)
    }
  }

  /// How often the words occur.
  func count(_ words: [Int]) -> Int {
    hits.reduce(0) { $0 + (words.contains(Int($1.keyword)) ? 1 : 0) }
  }

  /// Whether neighbours close enough have every word: chains cannot be made better by leaving one out.
  private func isChain(_ clause: CompiledTrigger.Near, _ range: Range<Int>) -> Bool {
    var seen: UInt64 = 0
    var end: Int32?
    let wanted: UInt64 = clause.words.count >= 64 ? .max : (1 << UInt64(clause.words.count)) - 1
    for hit in hits[range] {
      guard let word = clause.words.firstIndex(of: Int(hit.keyword)) else { continue }
      if let last = end, Int(hit.start) - Int(last) > clause.within { (seen, end) = (0, nil) }
      seen |= 1 << UInt64(word & 63)
      if seen == wanted { return true }
      end = max(end ?? hit.end, hit.end)
    }
    return false
  }

  /// Whether the words begin one after the other, each close enough to the one before: of the chains up to a word the one
  /// that ends last is the best.
  private func isOrderedChain(_ clause: CompiledTrigger.Near, _ range: Range<Int>) -> Bool {
    // At most 64 words, so that this stays off the heap.
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: clause.words.count) { ends in
      ends.initialize(repeating: -1)
      defer { ends.deinitialize() }
      var group = range.lowerBound
      while group < range.upperBound {
        var end = group + 1
        while end < range.upperBound, hits[end].start == hits[group].start { end += 1 }
        // Backwards, so that a word does not follow one that begins where it begins itself.
        for word in clause.words.indices.reversed() {
          for hit in hits[group..<end] where Int(hit.keyword) == clause.words[word] {
            let continues = word == 0 || ends[word - 1] >= 0 && Int(hit.start) - Int(ends[word - 1]) <= clause.within
            if continues { ends[word] = max(ends[word], hit.end) }
          }
        }
        if ends[clause.words.count - 1] >= 0 { return true }
        group = end
      }
      return false
    }
  }
}
