import SocialCRM

/// Counts the texts in which customers use the words of the rules.
///
/// Each rule with words, and each of its words, is asked as a rule of its own without a condition.
struct KeywordCounter: Sendable {
  private struct Tally {
    var rule: String
    var bins = TimeBins()
    var words: [(text: String, count: Int)] = []
  }

  // Beyond so many, single words are not counted: a set of rules that large costs time with every text.
  private static let mostWords = 200
  private static let nobody = PersonFacts(record: PersonRecord(id: PersonID(high: 0, low: 0)), now: .epoch)

  private let probe: RuleSet
  private let targets: [Name: (tally: Int, word: Int?)]
  private var tallies: [Tally] = []

  /// - Throws: `SCRMError` for rules that `RuleSet` refuses.
  init(_ rules: [ReportedRule]) throws(SCRMError) {
    let asking = rules.filter { $0.keywords != nil }
    let countsWords = asking.reduce(0) { $0 + ($1.keywords?.any.count ?? 0) } <= Self.mostWords
    var probes: [Rule] = []
    var targets: [Name: (tally: Int, word: Int?)] = [:]
    for (index, rule) in asking.enumerated() {
      guard let trigger = rule.keywords else { continue }
      var tally = Tally(rule: rule.name)
      func probe(_ trigger: KeywordTrigger, word: Int?) {
        let name = "\(index)/" + (word.map(String.init) ?? "")
        targets[Name(name)] = (index, word)
        probes.append(Rule(name, version: 1, on: rule.kinds, keywords: trigger) { _ in Proposal("count") })
      }
      probe(trigger, word: nil)
      if countsWords {
        for word in trigger.any {
          probe(
            KeywordTrigger(any: [word], all: trigger.all, none: trigger.none, match: trigger.match),
            word: tally.words.count)
          tally.words.append((word, 0))
        }
      }
      tallies.append(tally)
    }
    self.targets = targets
    probe = try RuleSet(probes)
  }

  /// Takes an interaction into account.
  mutating func add(_ interaction: Interaction) throws {
    if tallies.isEmpty || interaction.actor.role != .customer { return }
    for action in try probe.evaluate(RuleInput(interaction: interaction, person: Self.nobody)) {
      guard let target = targets[Name(action.rule)] else { continue }
      if let word = target.word {
        tallies[target.tally].words[word].count += 1
      } else {
        tallies[target.tally].bins.add(interaction.occurred)
      }
    }
  }

  /// The figures over the bins that are drawn, in the order of the rules.
  func figures(in window: TimeWindow) -> [KeywordFigures] {
    tallies.map { tally in
      // A stable order for words that occur equally often: that of the rule.
      let words = tally.words.enumerated().filter { $0.element.count > 0 }
        .sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }
      return KeywordFigures(
        rule: tally.rule, counts: window.counts(of: tally.bins), total: tally.bins.total,
        words: words.map { KeywordFigures.Word(text: $0.element.text, count: $0.element.count) })
    }
  }
}
