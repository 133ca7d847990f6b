import SCRMModel
import TextMatching

/// Finds which of many keyword triggers a text sets off, as ``KeywordMatcher`` does, and takes triggers in and out without
/// building anything anew.
///
/// The words stand in a ``KeywordTable`` in folded form; the text is folded once. Adding or removing a trigger costs the
/// length of its words, whatever stands there already; matching O(*n* + *c*) as with an automaton, expected.
struct KeywordIndex: Sendable {
  /// A word with those who use it.
  private struct Word: Sendable {
    var keyword: Keyword
    var folded: FoldedKeyword
    var string: Int
    /// In how many clauses it stands, and in how many its place matters.
    var uses = 0
    var positional = 0
    /// The triggers it can help to set off.
    var users: [Int] = []
  }

  /// The most words.
  static let maximumWords = KeywordAutomaton.maximumKeywordCount

  let folding: KeywordFolding
  private var table = KeywordTable()
  private var words: [Word?] = []
  private var freeWords: [Int] = []
  private var numbers: [Keyword: Int] = [:]
  /// Of each string of the table the words that fold to it.
  private var wordsOfString: [[Int]] = []
  /// By the number that whoever added it chose.
  private var triggers: [CompiledTrigger?] = []
  /// The triggers that need no word.
  private var negative: Set<Int> = []
  private(set) var count = 0

  init(folding: KeywordFolding = .standard) { self.folding = folding }

  /// Says why a trigger cannot be taken in.
  static func check(_ trigger: KeywordTrigger, folding: KeywordFolding = .standard) throws(SCRMError) {
    if let problem = CompiledTrigger.problem(trigger) {
      throw SCRMError(.invalidValue, subject: "keyword trigger", problem)
    }
    for word in trigger.words {
      do throws(KeywordError) {
        _ = try FoldedKeyword(Keyword(word, match: trigger.match.internalForm), folding: folding.rules)
      } catch { throw SCRMError(.invalidValue, subject: "word “\(word)”", error.reason) }
    }
  }

  // MARK: Changing

  /// Whether there is room for the words of a trigger.
  func hasRoom(for trigger: KeywordTrigger) -> Bool {
    let new = Set(trigger.words.map { Keyword($0, match: trigger.match.internalForm) }).count { numbers[$0] == nil }
    return numbers.count + new <= Self.maximumWords
  }

  /// The limit in words.
  static var limit: String { "expected at most \(maximumWords) different words in all rules" }

  /// Takes a trigger in that was checked and has room, under a number that is free.
  mutating func insert(_ trigger: KeywordTrigger, as number: Int) {
    let compiled = CompiledTrigger(trigger) { self.number($0) }
    while triggers.count <= number { triggers.append(nil) }
    triggers[number] = compiled
    count += 1
    use(compiled, 1)
    if compiled.needsNothing { negative.insert(number) }
    for word in Set(compiled.neededWords) { words[word]?.users.append(number) }
  }

  /// Takes a trigger out; a number that is free changes nothing.
  mutating func remove(_ number: Int) {
    guard triggers.indices.contains(number), let compiled = triggers[number] else { return }
    triggers[number] = nil
    count -= 1
    negative.remove(number)
    for word in Set(compiled.neededWords) { words[word]?.users.removeAll { $0 == number } }
    use(compiled, -1)
  }

  /// The number of a word, a new one if need be.
  private mutating func number(_ keyword: Keyword) -> Int {
    if let known = numbers[keyword] { return known }
    // What was checked can be folded.
    guard let folded = try? FoldedKeyword(keyword, folding: folding.rules) else { return -1 }
    let string = Int(table.insert(folded.bytes))
    let number = freeWords.popLast() ?? words.count
    if number == words.count { words.append(nil) }
    words[number] = Word(keyword: keyword, folded: folded, string: string)
    numbers[keyword] = number
    while wordsOfString.count <= string { wordsOfString.append([]) }
    wordsOfString[string].append(number)
    return number
  }

  private mutating func use(_ trigger: CompiledTrigger, _ step: Int) {
    for word in trigger.words { words[word]?.uses += step }
    for word in trigger.positionalWords { words[word]?.positional += step }
    guard step < 0 else { return }
    for number in Set(trigger.words) {
      guard let word = words[number], word.uses == 0 else { continue }
      table.remove(word.folded.bytes)
      wordsOfString[word.string].removeAll { $0 == number }
      numbers[word.keyword] = nil
      words[number] = nil
      freeWords.append(number)
    }
  }

  // MARK: Matching

  /// Finds the triggers that the texts of one interaction set off together.
  func match(_ texts: [String], into matching: inout KeywordMatcher.Matching) {
    matching.begin(triggers.count)
    for text in texts { forEachHit(in: text, wantsRanges: false) { matching.found.insert($0.keyword) } }
    for trigger in negative { judge(trigger, texts, &matching) }
    matching.found.forEachElement { word in
      for user in words[word]?.users ?? [] { judge(user, texts, &matching) }
    }
    matching.end()
  }

  private func judge(_ number: Int, _ texts: [String], _ matching: inout KeywordMatcher.Matching) {
    guard let trigger = triggers[number] else { return }
    matching.judge(number, trigger) { places in
      for text in texts {
        places.begin()
        forEachHit(in: text, wantsRanges: true) { if (words[$0.keyword]?.positional ?? 0) > 0 { places.note($0) } }
        places.finish(text)
      }
    }
  }

  /// Calls the body with every occurrence of every word.
  private func forEachHit(in text: String, wantsRanges: Bool, _ body: (KeywordHit) -> Void) {
    if count == 0 { return }
    let folded = folding.rules.fold(text)
    folded.bytes.withUnsafeBufferPointer { bytes in
      table.search(bytes) { string, range in
        for number in wordsOfString[Int(string)] {
          guard let word = words[number], word.folded.mayStand(at: range, in: bytes) else { continue }
          body(KeywordHit(keyword: number, range: wantsRanges ? folded.sourceRange(range) : range))
        }
      }
    }
  }

  /// The words of a trigger that were found, in the order of its clauses.
  func words(of number: Int, in matching: KeywordMatcher.Matching) -> [String] {
    guard triggers.indices.contains(number), let trigger = triggers[number] else { return [] }
    var seen = Set<Int>()
    let wanted = trigger.any + trigger.all + trigger.positionalWords
    return wanted.filter { matching.found.contains($0) && seen.insert($0).inserted }
      .compactMap { words[$0]?.keyword.text }
  }
}
