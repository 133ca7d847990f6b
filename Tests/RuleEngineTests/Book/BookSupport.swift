import Foundation
import RuleEngine
import SCRMModel

/// The facts that the rules of these tests may name.
let bookSchema: FactSchema = {
  var schema = FactSchema.standard
  for fact in [Fact("person.name", .string), Fact("person.city", .string), Fact("person.points", .int)] {
    try? schema.declare(fact)
  }
  return schema
}()

/// Whether properties are tried on as many cases as the bars ask for.
let isSoak = ProcessInfo.processInfo.environment["SCRM_SOAK"] != nil

let shanghai = ZoneRules("Asia/Shanghai", offset: 28_800)

func vocabulary() throws -> RuleVocabulary {
  try RuleVocabulary(
    FactReader(bookSchema), properties: [.init("stars", .int)], zones: [shanghai])
}

func definition(_ json: String) throws -> RuleDefinition { try RuleDefinition(jsonText: json) }

/// A person with traits.
func known(
  _ traits: [String: Value] = [:], _ person: PersonID = anna, at time: Instant = minute(0), influence: Double? = nil,
  consents: [ConsentStatement] = []
) -> PersonFacts {
  var record = facts(person, consents: consents).record
  for (name, value) in traits {
    _ = record.traits.record(
      name,
      TraitValue(
        value, source: "crm", account: AccountID(high: 1, low: 1), observed: minute(-1000), confidence: 1,
        event: EventKey("crm", name)))
  }
  return PersonFacts(record: record, scores: influence.map { ["influence": $0] } ?? [:], now: time)
}

/// A book with what it remembers of one person.
struct Desk {
  var book: RuleBook
  var memory = RuleMemory()
  var shared = SharedRuleMemory()
  var number = 0

  init(
    _ rules: [String], journeys: [String] = [], guards: RuleGuards = RuleGuards(),
    closures: [String: RuleBook.Closure] = [:]
  ) throws {
    book = try RuleBook(
      vocabulary(), rules: rules.map { try definition($0) },
      journeys: journeys.map { try JourneyDefinition(jsonText: $0) }, guards: guards, closures: closures)
  }

  /// Lets Anna say or do something.
  @discardableResult
  mutating func take(
    _ text: String? = nil, _ kind: InteractionKind = .comment, at time: Instant = minute(0),
    person: PersonFacts? = nil, role: ActorRole = .customer, cause: InteractionContext.Cause? = nil,
    changes: [SegmentChange] = [], suppression: ProposedAction.Suppression? = nil,
    change: (inout Interaction) -> Void = { _ in }
  ) throws -> RuleOutcome {
    number += 1
    var interaction = said(text, kind, id: "e\(number)", role: role, cause: cause)
    interaction.occurred = time
    change(&interaction)
    var person = person ?? known()
    person.now = max(person.now, time)
    let input = RuleInput(interaction: interaction, person: person, changes: changes, suppression: suppression)
    return try take(RuleOccurrence(input, at: LogPosition(UInt64(number))))
  }

  /// Lets time come.
  @discardableResult
  mutating func wait(until time: Instant, person: PersonFacts? = nil, scores: [ScoreChange] = []) throws -> RuleOutcome
  {
    number += 1
    var person = person ?? known()
    person.now = time
    return try take(
      RuleOccurrence(RuleOccasion(person: person), scores: scores, at: LogPosition(UInt64(number))))
  }

  /// What is remembered goes through its bytes each time, as a loop would have it.
  private mutating func take(_ occurrence: RuleOccurrence) throws -> RuleOutcome {
    memory = try RuleMemory(bytes: memory.bytes)
    shared = try SharedRuleMemory(bytes: shared.bytes)
    var scratch = RuleScratch(book)
    return book.evaluate(occurrence, memory: &memory, shared: &shared, using: &scratch)
  }
}

extension RuleOutcome {
  /// `rule: outcome` of each decision.
  var summary: [String] { decisions.map { "\($0.rule): \($0.outcome)" } }
}

let hour: Int = 60
let day: Int = 1_440

extension String {
  /// The text with every occurrence of a part replaced.
  func with(_ part: String, with other: String) -> String {
    split(separator: part, omittingEmptySubsequences: false).joined(separator: other)
  }
}
