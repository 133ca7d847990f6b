import DenseData
import RuleEngine
import SCRMModel
import Testing

/// A book decides as if every rule were looked at by itself, after any changes of single rules.
@Suite struct RuleBookOracleTests {
  /// What is known, in Swift.
  private struct Given {
    var kind = "comment"
    var text: String?
    var city: String?
    var influence: Double?
    var stars: Int64?
  }

  /// A term of a condition with what it means; `nil` when what it asks for is missing.
  private struct Term: Sendable {
    var text: String
    var holds: @Sendable (Given) -> Bool?
  }

  private static let terms: [Term] = [
    Term(text: "event.text.contains('退款')") { $0.text.map { $0.contains("退款") } },
    Term(text: "event.text.contains('order')") { $0.text.map { $0.contains("order") } },
    Term(text: "event.type == 'comment'") { $0.kind == "comment" },
    Term(text: "person.city == '上海'") { $0.city.map { $0 == "上海" } },
    Term(text: "person.city in ['北京', '上海']") { $0.city.map { ["北京", "上海"].contains($0) } },
    Term(text: "influence.score > 50.0") { $0.influence.map { $0 > 50 } },
    Term(text: "influence.score <= 20.0") { $0.influence.map { $0 <= 20 } },
    Term(text: "property.stars < 3") { $0.stars.map { $0 < 3 } },
    Term(text: "property.stars in [1, 5]") { $0.stars.map { [1, 5].contains($0) } },
  ]

  private struct Known {
    var definition: RuleDefinition
    var terms: [Term]
    var isDisjunction: Bool

    func verdict(_ given: Given) -> Bool? {
      let answers = terms.map { $0.holds(given) }
      if answers.contains(where: { $0 == isDisjunction }) { return isDisjunction }
      return answers.contains { $0 == nil } ? nil : !isDisjunction
    }
  }

  private func rule(_ name: String, _ draw: inout SeededGenerator) -> Known {
    let terms = (0..<draw.below(4)).map { _ in Self.terms[draw.below(Self.terms.count)] }
    let isDisjunction = !terms.isEmpty && draw.below(4) == 0
    let text = terms.map(\.text).joined(separator: isDisjunction ? " || " : " && ")
    let kinds = ["comment", "post", "like"].filter { _ in draw.below(3) == 0 }
    let definition = RuleDefinition(
      name, on: kinds.map { .interaction(InteractionKind($0)) },
      keywords: draw.below(3) == 0 ? KeywordTrigger(any: [["退款", "投诉", "order"][draw.below(3)]]) : nil,
      when: terms.isEmpty ? .always : .text(text), then: [RuleAction(.tag, ["tag": .value(.string(name))])],
      priority: draw.below(3), group: [nil, nil, "g", "h"][draw.below(4)], stops: draw.below(8) == 0,
      missing: MissingDataPolicy.allCases[draw.below(3)])
    return Known(definition: definition, terms: terms, isDisjunction: isDisjunction)
  }

  /// Every rule by itself, in order.
  private func expected(_ rules: [Known], _ given: Given) -> (decided: [String], passedOver: [String]) {
    var (decided, passedOver): ([String], [String]) = ([], [])
    var (stopped, groups): (String?, [String: String]) = (nil, [:])
    let sorted = rules.sorted {
      ($1.definition.priority, $0.definition.name) < ($0.definition.priority, $1.definition.name)
    }
    for rule in sorted {
      let definition = rule.definition
      guard definition.triggers.isEmpty || definition.triggers.contains(.interaction(InteractionKind(given.kind)))
      else { continue }
      if let word = definition.keywords?.any.first, !(given.text ?? "").contains(word) { continue }
      let verdict = rule.verdict(given)
      guard verdict ?? (definition.missing != .skip) else { continue }
      if let by = stopped ?? definition.group.flatMap({ groups[$0] }) {
        passedOver.append("\(definition.name) by \(by)")
        continue
      }
      decided.append(verdict == nil && definition.missing == .report ? "\(definition.name) missing" : definition.name)
      if let group = definition.group { groups[group] = definition.name }
      if definition.stops { stopped = definition.name }
    }
    return (decided, passedOver)
  }

  @Test func `indexed is naive for whole books, whatever was added, replaced or removed`() throws {
    var draw = SeededGenerator(seed: 12)
    var book = try RuleBook(vocabulary())
    var rules: [String: Known] = [:]
    for set in 0..<(isSoak ? 10_000 : 150) {
      // Now and then another set altogether, otherwise a few rules change.
      if set % 50 == 0 {
        rules = [:]
        for number in 0..<draw.below(40) {
          let name = "r\(number)"
          rules[name] = rule(name, &draw)
        }
        book = try RuleBook(vocabulary(), rules: rules.keys.sorted().compactMap { rules[$0]?.definition })
      }
      for _ in 0..<3 {
        let name = "r\(draw.below(40))"
        let new = rule(name, &draw)
        switch (rules[name] != nil, draw.below(3)) {
        case (false, _): try book.add(new.definition)
        case (true, 0):
          book.remove(name)
          rules[name] = nil
          continue
        default: try book.replace(new.definition)
        }
        rules[name] = new
      }
      for number in 0..<3 {
        var given = Given(kind: ["comment", "post", "like"][draw.below(3)])
        let parts = ["退款", "投诉", " order ", "。", " and "]
        if draw.below(4) > 0 { given.text = (0..<draw.below(4)).map { _ in parts[draw.below(5)] }.joined() }
        if draw.below(3) > 0 { given.city = ["上海", "北京", "广州"][draw.below(3)] }
        if draw.below(3) > 0 { given.influence = [10, 20, 35, 50, 60][draw.below(5)] }
        if draw.below(3) > 0 { given.stars = Int64(1 + draw.below(5)) }
        var interaction = said(given.text, InteractionKind(given.kind), id: "e\(set)-\(number)")
        if let stars = given.stars { interaction.properties = ["stars": .int(stars)] }
        let person = known(given.city.map { ["city": .string($0)] } ?? [:], influence: given.influence)
        var memory = RuleMemory()
        let outcome = book.evaluate(
          RuleOccurrence(RuleInput(interaction: interaction, person: person)), memory: &memory)
        let (decided, passedOver) = expected(Array(rules.values), given)
        let found = outcome.decisions.map { $0.suppression == .missingData ? "\($0.rule) missing" : $0.rule }
        #expect(found == decided, "\(given)")
        #expect(outcome.passedOver.map { "\($0.rule) by \($0.by)" } == passedOver, "\(given)")
      }
    }
  }
}
