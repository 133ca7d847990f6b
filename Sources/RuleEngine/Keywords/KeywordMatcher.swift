public import SCRMModel
import TextMatching

/// Finds which of many keyword triggers a text sets off, reading it once whatever their number.
///
/// One automaton (Aho and Corasick, Communications of the ACM 18(6), 1975) holds the words of all triggers; only the triggers
/// of the words found are looked at. A second pass over the text finds where words stand, when a trigger with ``KeywordTrigger/near`` or
/// ``KeywordTrigger/counts`` has the words it needs.
///
/// ```swift
/// let matcher = try KeywordMatcher([KeywordTrigger(any: ["refund", "退款"]), KeywordTrigger(all: ["late", "order"])])
/// var matching = KeywordMatcher.Matching()
/// matcher.match(["REFUND! 我要退款"], into: &matching)
/// print(matching.triggers)  // [0]
/// ```
///
/// - Complexity: Compiling O(*m* log *m*) for *m* bytes of words. Matching O(*n* + *c* + *t*) for *n* bytes of text, *c*
///   occurrences and *t* words of the triggers they belong to; nothing is allocated once the ``Matching`` has grown.
public struct KeywordMatcher: Sendable {
  /// The triggers; they are told by their place.
  public let triggers: [KeywordTrigger]
  /// Which differences of writing do not matter.
  public let folding: KeywordFolding

  let automaton: KeywordAutomaton
  let compiled: [CompiledTrigger]
  /// Of each keyword the triggers it can help to set off, as a stretch of `users`.
  let usersStart: [Int32]
  let users: [Int32]
  /// The triggers that need no word: those with nothing but `none`.
  let negative: [Int32]
  /// The keywords whose places matter.
  let positional: KeywordSet

  /// Compiles triggers; a trigger without clauses is set off by every text.
  /// - Throws: `SCRMError` that names the trigger and the word, for a word that is empty, folds to nothing or is too long,
  ///   for too many words, or a clause without words.
  public init(_ triggers: [KeywordTrigger], folding: KeywordFolding = .standard) throws(SCRMError) {
    self.triggers = triggers
    self.folding = folding
    for (place, trigger) in triggers.enumerated() {
      guard let problem = CompiledTrigger.problem(trigger) else { continue }
      throw SCRMError(.invalidValue, subject: "keyword trigger \(place)", problem)
    }
    var words = KeywordNumbering()
    let compiled = triggers.map { trigger in CompiledTrigger(trigger) { words.number($0) } }
    do throws(KeywordError) { automaton = try KeywordAutomaton(words.keywords, folding: folding.rules) } catch {
      let place = error.keyword.flatMap { number in compiled.firstIndex { $0.words.contains(number) } }
      let word = error.keyword.map { " word “\(words.keywords[$0].text)”" } ?? ""
      throw SCRMError(
        .invalidValue, subject: place.map { "keyword trigger \($0)\(word)" } ?? "keyword triggers", error.reason)
    }
    self.compiled = compiled
    var positional = KeywordSet(keywordCount: words.keywords.count)
    var uses = [[Int32]](repeating: [], count: words.keywords.count)
    var negative: [Int32] = []
    for (place, trigger) in compiled.enumerated() {
      let place = Int32(truncatingIfNeeded: place)
      if trigger.needsNothing { negative.append(place) }
      for number in Set(trigger.neededWords) { uses[number].append(place) }
      for number in trigger.positionalWords { positional.insert(number) }
    }
    self.positional = positional
    self.negative = negative
    usersStart = uses.reduce(into: [0]) { $0.append($0[$0.count - 1] + Int32(truncatingIfNeeded: $1.count)) }
    users = Array(uses.joined())
  }

  /// The size of the compiled form in bytes, about, without the triggers as given.
  public var storageBytes: Int { automaton.storageBytes + (usersStart.count + users.count + negative.count) * 4 }
}

/// Numbers the words of triggers, equal ones alike.
struct KeywordNumbering {
  private(set) var keywords: [Keyword] = []
  private var numbers: [Keyword: Int] = [:]

  mutating func number(_ keyword: Keyword) -> Int {
    if let known = numbers[keyword] { return known }
    numbers[keyword] = keywords.count
    keywords.append(keyword)
    return keywords.count - 1
  }
}
