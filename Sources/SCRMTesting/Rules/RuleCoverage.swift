public import SocialCRM

/// How much of a book its scenarios test: of each rule whether it acted and was silent, and of each term of its condition
/// whether it was seen to hold and not to hold.
public struct RuleCoverage: Sendable, Hashable {
  /// A term of a condition.
  public struct Term: Sendable, Hashable {
    /// The term as written.
    public let text: String
    /// How often it held where it decided.
    public fileprivate(set) var held = 0
    /// How often it did not.
    public fileprivate(set) var failed = 0

    /// Whether it was seen both ways.
    public var isCovered: Bool { held > 0 && failed > 0 }
  }

  /// A rule.
  public struct Rule: Sendable, Hashable {
    /// The name.
    public let name: String
    /// How many proposals of it were seen.
    public fileprivate(set) var proposed = 0
    /// How many suppressed proposals of it were seen.
    public fileprivate(set) var suppressed = 0
    /// How often it was asked and silent.
    public fileprivate(set) var silent = 0
    /// The terms of its condition, in the order of the text.
    public fileprivate(set) var terms: [Term]

    /// Whether it acted, was silent, and every term was seen both ways.
    public var isCovered: Bool { proposed > 0 && silent > 0 && terms.allSatisfy(\.isCovered) }
  }

  /// The rules in the order in which they are looked at.
  public private(set) var rules: [Rule]

  /// Runs scenarios and measures what of a book they reach.
  /// - Throws: as ``Scenario/run()``.
  public init(of book: RuleBook, by scenarios: [Scenario]) async throws {
    rules = book.rules.map { Rule(name: $0.name, terms: Self.terms(of: $0.name, in: book)) }
    for scenario in scenarios {
      let run = try await scenario.finished()
      for occurrence in run.occurrences {
        for place in rules.indices { take(place, book, occurrence) }
      }
      for action in run.proposals {
        guard let place = rules.firstIndex(where: { $0.name == action.rule }) else { continue }
        if action.isProposed { rules[place].proposed += 1 } else { rules[place].suppressed += 1 }
      }
    }
  }

  private mutating func take(_ place: Int, _ book: RuleBook, _ occurrence: RuleOccurrence) {
    guard let explanation = book.explain(rules[place].name, occurrence) else { return }
    if case .silent = explanation.conclusion { rules[place].silent += 1 }
    for reason in explanation.condition?.reasons ?? [] {
      guard let term = rules[place].terms.firstIndex(where: { $0.text == reason.text }) else { continue }
      switch reason.outcome {
      case .decided(true): rules[place].terms[term].held += 1
      case .decided(false): rules[place].terms[term].failed += 1
      case .missing, .failed: continue
      }
    }
  }

  private static func terms(of rule: String, in book: RuleBook) -> [Term] {
    var terms: [Term] = []
    for text in book.conditionTerms(of: rule) where !terms.contains(where: { $0.text == text }) {
      terms.append(Term(text: text))
    }
    return terms
  }

  /// The share of rules and terms that are covered, 0 … 1; 1 for a book without rules.
  public var share: Double {
    let parts = rules.flatMap { [$0.proposed > 0, $0.silent > 0] + $0.terms.map(\.isCovered) }
    return parts.isEmpty ? 1 : Double(parts.count { $0 }) / Double(parts.count)
  }

  /// What is not covered, a line each.
  public var gaps: [String] {
    rules.flatMap { rule in
      (rule.proposed > 0 ? [] : ["\(rule.name) never acts"]) + (rule.silent > 0 ? [] : ["\(rule.name) is never silent"])
        + rule.terms.flatMap { term in
          (term.held > 0 ? [] : ["\(rule.name): \(term.text) never holds"])
            + (term.failed > 0 ? [] : ["\(rule.name): \(term.text) always holds"])
        }
    }
  }
}
