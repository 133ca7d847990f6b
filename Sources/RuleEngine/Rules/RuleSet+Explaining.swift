public import SCRMModel

extension RuleSet {
  /// Why a rule would propose something for an input, or why it would not: kind, keywords, entry, then the condition.
  ///
  /// For tests, editors and support; nothing is noted. Consent and cooldown are not looked at: they suppress a proposal,
  /// which then carries its own explanation.
  /// - Returns: the explanation; `nil` when no rule has the name.
  public func explain(_ name: String, _ input: RuleInput) -> Explanation? {
    guard let index = rules.firstIndex(where: { $0.name == name }) else { return nil }
    let rule = rules[index]
    if !rule.kinds.isEmpty, !rule.kinds.contains(input.interaction.kind) {
      let kinds = rule.kinds.map(\.rawValue).sorted().joined(separator: ", ")
      return Explanation(
        "\(name) does not look at the interaction", evidence: [.init("it is a \(input.interaction.kind)")],
        otherwise: "one of: \(kinds)")
    }
    if !rule.entering.isEmpty, !input.changes.contains(where: { $0.isEntry && rule.entering.contains($0.segment) }) {
      return Explanation(
        "\(name) does not look at the interaction",
        evidence: [.init("with it the person enters no segment of the rule")],
        otherwise: "entering one of: \(rule.entering.sorted().joined(separator: ", "))")
    }
    var found = KeywordMatcher.Matching()
    keywords.match(input.interaction.searchedTexts, into: &found)
    guard let (context, judgement) = judge(index, input, found: found) else {
      return Explanation(
        "\(name) does not look at the interaction", evidence: [.init("its text does not hold the words of the rule")],
        otherwise: rule.keywords.map(\.requirement))
    }
    let words = context.keywords.isEmpty ? [] : [Explanation.Evidence("the text holds " + quoted(context.keywords))]
    return Explanation(
      judgement.holds ? "\(name) proposes something" : "the condition of \(name) does not hold",
      evidence: words + judgement.evidence, otherwise: judgement.otherwise)
  }
}

/// Words in quotation marks, separated by commas.
func quoted(_ words: [String]) -> String {
  var text = ""
  for word in words {
    if !text.isEmpty { text += ", " }
    text += "“"
    text += word
    text += "”"
  }
  return text
}
