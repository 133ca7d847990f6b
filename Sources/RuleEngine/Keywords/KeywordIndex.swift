import SCRMModel
import TextMatching

/// The keywords of all rules in one automaton, so that a text is read once however many rules look at it.
struct KeywordIndex: Sendable {
  /// The keyword numbers of one rule's trigger.
  struct Trigger: Sendable {
    var any: [Int]
    var all: [Int]
    var none: [Int]

    func matches(_ found: KeywordSet) -> Bool {
      (any.isEmpty || any.contains { found.contains($0) }) && all.allSatisfy { found.contains($0) }
        && !none.contains { found.contains($0) }
    }
  }

  private let automaton: KeywordAutomaton
  /// Aligned with the rules.
  let triggers: [Trigger?]

  init(_ rules: [Rule]) throws(SCRMError) {
    var numbers: [String: Int] = [:]
    var keywords: [Keyword] = []
    func number(_ text: String) -> Int {
      if let known = numbers[text] { return known }
      numbers[text] = keywords.count
      keywords.append(Keyword(text))
      return keywords.count - 1
    }
    triggers = rules.map { rule in
      rule.keywords.map { Trigger(any: $0.any.map(number), all: $0.all.map(number), none: $0.none.map(number)) }
    }
    do { automaton = try KeywordAutomaton(keywords) } catch {
      let name = error.keyword.flatMap { index in
        rules.first { rule in rule.keywords.map { ($0.any + $0.all + $0.none).contains(keywords[index].text) } ?? false
        }
      }?.name
      throw SCRMError(.invalidValue, subject: "rule \(name ?? "set") keywords", error.description)
    }
  }

  func emptySet() -> KeywordSet { KeywordSet(keywordCount: automaton.keywords.count) }

  func find(in text: String, into found: inout KeywordSet) { automaton.matchedKeywords(in: text, into: &found) }

  /// The words of a trigger that were found, in its order.
  func words(of trigger: Trigger, in found: KeywordSet) -> [String] {
    (trigger.any + trigger.all).filter { found.contains($0) }.map { automaton.keywords[$0].text }
  }
}
