import TextMatching

/// A trigger in numbers of keywords.
struct CompiledTrigger: Sendable {
  struct Near: Sendable {
    var words: [Int]
    var within: Int
    var isOrdered: Bool
  }

  struct Count: Sendable {
    var words: [Int]
    var range: ClosedRange<Int>
  }

  var any: [Int]
  var all: [Int]
  var none: [Int]
  var near: [Near]
  var counts: [Count]

  /// The most words of one near clause.
  static let maximumNearWords = 64

  /// Why a trigger cannot be compiled; `nil` when it can.
  static func problem(_ trigger: KeywordTrigger) -> String? {
    if let clause = trigger.near.first(where: { !(1...maximumNearWords).contains($0.words.count) }) {
      return "expected 1 to \(maximumNearWords) words near each other, got \(clause.words.count)"
    }
    return trigger.counts.contains { $0.words.isEmpty } ? "expected words to count" : nil
  }

  /// Compiles a trigger; `number` gives each word its number, the same for equal ones.
  init(_ trigger: KeywordTrigger, number: (Keyword) -> Int) {
    func numbers(_ words: [String]) -> [Int] {
      var seen = Set<Int>()
      return words.map { number(Keyword($0, match: trigger.match.internalForm)) }.filter { seen.insert($0).inserted }
    }
    any = numbers(trigger.any)
    all = numbers(trigger.all)
    none = numbers(trigger.none)
    near = trigger.near.map { Near(words: numbers($0.words), within: $0.within, isOrdered: $0.isOrdered) }
    counts = trigger.counts.map {
      Count(words: numbers($0.words), range: $0.atLeast...max($0.atLeast, $0.atMost ?? .max))
    }
  }

  /// Whether a text without any keyword sets it off.
  var needsNothing: Bool { any.isEmpty && all.isEmpty && near.isEmpty && counts.isEmpty }
  /// The words of which at least one is in every text that sets it off; the smallest clause is enough.
  var neededWords: [Int] {
    if let first = all.first { return [first] }
    if let first = near.first?.words.first { return [first] }
    return any.isEmpty ? counts.first?.words ?? [] : any
  }
  /// The words whose places matter.
  var positionalWords: [Int] { near.flatMap(\.words) + counts.flatMap(\.words) }
  /// All words.
  var words: [Int] { any + all + none + positionalWords }

  /// Whether the words found are those it needs, wherever they stand.
  func mayMatch(_ found: KeywordSet) -> Bool {
    all.allSatisfy { found.contains($0) } && (any.isEmpty || any.contains { found.contains($0) })
      && !none.contains { found.contains($0) } && near.allSatisfy { $0.words.allSatisfy { found.contains($0) } }
      && counts.allSatisfy { $0.words.contains { found.contains($0) } }
  }
}

extension KeywordTrigger {
  /// All words, in the order of the clauses; a word may come several times.
  var words: [String] { any + all + none + near.flatMap(\.words) + counts.flatMap(\.words) }
}

extension KeywordTrigger.Match {
  var internalForm: Keyword.Match {
    switch self {
    case .automatic: .automatic
    case .word: .word
    case .substring: .substring
    }
  }
}
