import TextMatching

extension KeywordMatcher {
  /// What matching finds, and the room it works in; made once and used for every text.
  public struct Matching: Sendable {
    /// The triggers set off, ascending.
    public fileprivate(set) var triggers: [Int] = []
    /// Whether no word of any trigger was found.
    public var isEmpty: Bool { found.isEmpty }

    /// The words found, by number.
    var found = KeywordSet()
    private var places = KeywordPlaces()
    private var hasPlaces = false
    fileprivate var seen: [UInt32] = []
    fileprivate var generation: UInt32 = 0

    /// Creates an empty room.
    public init() {}

    /// Whether a trigger was set off; O(log *n*) for *n* set off.
    public func contains(_ trigger: Int) -> Bool {
      var (low, high) = (0, triggers.count)
      while low < high {
        let middle = (low + high) / 2
        if triggers[middle] < trigger { low = middle + 1 } else { high = middle }
      }
      return low < triggers.count && triggers[low] == trigger
    }

    /// Forgets what was found; the room stays.
    public mutating func removeAll() {
      triggers.removeAll(keepingCapacity: true)
      found.removeAll()
    }

    /// Begins with a text of which nothing was read, for so many triggers.
    mutating func begin(_ count: Int) {
      removeAll()
      hasPlaces = false
      generation &+= 1
      if generation == 0 { (seen, generation) = ([], 1) }
      while seen.count < count { seen.append(0) }
    }

    /// Notes a trigger that the words found set off; `read` finds where words stand, once for all triggers.
    mutating func judge(_ number: Int, _ trigger: CompiledTrigger, _ read: (inout KeywordPlaces) -> Void) {
      guard seen[number] != generation else { return }
      seen[number] = generation
      guard trigger.mayMatch(found) else { return }
      if !trigger.near.isEmpty || !trigger.counts.isEmpty {
        if !hasPlaces {
          hasPlaces = true
          places.removeAll()
          read(&places)
        }
        guard trigger.near.allSatisfy({ places.hold($0) }),
          trigger.counts.allSatisfy({ $0.range.contains(places.count($0.words)) })
        else { return }
      }
      triggers.append(number)
    }

    /// Orders what was found.
    mutating func end() { if triggers.count > 1 { triggers.sort() } }
  }

  /// Finds the triggers that the texts of one interaction set off together: a word may stand in any of them, words near
  /// each other in one of them.
  public func match(_ texts: [String], into matching: inout Matching) {
    matching.begin(compiled.count)
    for text in texts { automaton.matchedKeywords(in: text, into: &matching.found) }
    for trigger in negative { judge(trigger, texts, &matching) }
    matching.found.forEachElement { keyword in
      for user in users[Int(usersStart[keyword])..<Int(usersStart[keyword + 1])] { judge(user, texts, &matching) }
    }
    matching.end()
  }

  private func judge(_ number: Int32, _ texts: [String], _ matching: inout Matching) {
    matching.judge(Int(number), compiled[Int(number)]) { places in
      for text in texts {
        places.begin()
        automaton.forEachHit(in: text) { if positional.contains($0.keyword) { places.note($0) } }
        places.finish(text)
      }
    }
  }

  /// The words of a trigger that were found, in the order of its clauses.
  public func words(of trigger: Int, in matching: Matching) -> [String] {
    guard compiled.indices.contains(trigger) else { return [] }
    var words: [Int] = []
    func note(_ word: Int) {
      if matching.found.contains(word), !words.contains(word) { words.append(word) }
    }
    for word in compiled[trigger].any { note(word) }
    for word in compiled[trigger].all { note(word) }
    for word in compiled[trigger].positionalWords { note(word) }
    return words.map { automaton.keywords[$0].text }
  }

  /// Where the words of a trigger stand in a text, those of ``KeywordTrigger/none`` left out, in the order of their ends.
  public func occurrences(of trigger: Int, in text: String) -> [KeywordOccurrence] {
    guard compiled.indices.contains(trigger) else { return [] }
    let wanted = Set(compiled[trigger].any + compiled[trigger].all + compiled[trigger].positionalWords)
    var result: [KeywordOccurrence] = []
    automaton.forEachHit(in: text) { hit in
      guard wanted.contains(hit.keyword) else { return }
      result.append(KeywordOccurrence(word: automaton.keywords[hit.keyword].text, range: hit.range))
    }
    return result
  }

  /// Calls the body with every occurrence of every word of all triggers: a number of the word and UTF-8 offsets.
  ///
  /// Nothing is allocated for an occurrence; with ``KeywordFolding/exact`` nothing for a text either.
  public func forEachOccurrence(in text: String, _ body: (_ word: Int, _ range: Range<Int>) -> Void) {
    automaton.forEachHit(in: text) { body($0.keyword, $0.range) }
  }

  /// The word with a number that ``forEachOccurrence(in:_:)`` gave; `nil` for any other number.
  public func word(_ number: Int) -> String? {
    automaton.keywords.indices.contains(number) ? automaton.keywords[number].text : nil
  }
}
