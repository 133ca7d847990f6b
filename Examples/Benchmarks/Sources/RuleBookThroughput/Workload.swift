import Foundation
import RuleEngine
import SCRMExpressions
import SCRMModel

/// Rules and interactions as the engine takes them.
struct Workload {
  /// A condition and the keyword in it.
  struct Condition {
    var text: String
    var rest: String
    var keyword: String
  }

  var conditions: [Condition] = []
  var occurrences: [RuleOccurrence] = []

  init(_ folder: URL, events: Int) throws {
    let limits = JSONLimits(maximumBytes: 1 << 30)
    let rules = try JSON(bytes: Array(Data(contentsOf: folder.appendingPathComponent("rules.json"))), limits: limits)
    for rule in try rules.arrayValue() {
      let object = try rule.objectValue()
      let text = try object.string("cel").replacingOccurrences(of: "profile.city", with: "person.city")
        .replacingOccurrences(of: "profile.influence", with: "influence.score")
      let keyword = try object.string("keyword")
      let rest = text.components(separatedBy: " && event.text.contains").first ?? text
      conditions.append(Condition(text: text, rest: rest, keyword: keyword))
    }
    for line in try Data(contentsOf: folder.appendingPathComponent("events.ndjson")).split(separator: 10).prefix(events)
    {
      occurrences.append(try Self.occurrence(JSON(bytes: Array(line)).objectValue(), occurrences.count))
    }
  }

  private static func occurrence(_ object: JSONObject, _ number: Int) throws -> RuleOccurrence {
    let (event, profile) = (try object.object("event"), try object.object("profile"))
    let milliseconds = try event.int("ts")
    let time =
      Instant(secondsSinceEpoch: milliseconds / 1_000, nanoseconds: Int32(milliseconds % 1_000) * 1_000_000) ?? .epoch
    let user = try profile.string("id")
    let person = PersonID(high: UInt64(user.dropFirst()) ?? 0, low: 1)
    let account = AccountID(high: person.high, low: 2)
    var interaction = Interaction(
      key: EventKey("bench", try event.string("id")), kind: InteractionKind(try event.string("type")),
      actor: Party(.handle("bench"), user), at: time, received: time)
    interaction.text = LocalizedText(try event.string("text"))
    interaction.context.channel = try event.string("channel")
    var record = PersonRecord(id: person)
    _ = record.traits.record(
      "city",
      TraitValue(
        .string(try profile.string("city")), source: "bench", account: account, observed: time, confidence: 1,
        event: interaction.key))
    let facts = PersonFacts(record: record, scores: ["influence": try profile.double("influence")], now: time)
    return RuleOccurrence(
      RuleInput(interaction: interaction, person: facts), at: LogPosition(UInt64(number) + 1))
  }

  static func vocabulary() throws -> RuleVocabulary {
    var schema = FactSchema.standard
    try schema.declare(Fact("person.city", .string))
    return try RuleVocabulary(FactReader(schema))
  }

  static func guards() throws -> RuleGuards {
    RuleGuards(caps: [try FrequencyCap("daily", limit: 1, within: .days(1))])
  }

  private static func actions(_ number: Int) throws -> [RuleAction] {
    [
      RuleAction(.message, ["text": .template(try ActionTemplate("Hello {person.city|there}"))]),
      RuleAction(.tag, ["tag": .value(.string("rule\(number)"))]),
    ]
  }

  /// Rules whose keyword stands in the condition.
  func rules(_ count: Int) -> [RuleDefinition] {
    conditions.prefix(count).enumerated().map { number, condition in
      RuleDefinition("rule\(number)", when: .text(condition.text), then: (try? Self.actions(number)) ?? [])
    }
  }

  /// Rules whose keyword is looked for in folded text, each with a word of its own beside it.
  func wordedRules(_ count: Int) -> [RuleDefinition] {
    conditions.prefix(count).enumerated().map { number, condition in
      RuleDefinition(
        "rule\(number)", keywords: KeywordTrigger(any: [condition.keyword, "word\(number)"]),
        when: .text(condition.rest), then: (try? Self.actions(number)) ?? [])
    }
  }
}
