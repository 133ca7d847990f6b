public import SCRMExpressions
public import SCRMModel

/// What the conditions and templates of rules may name, with types: the occurrence itself and the facts about the person.
///
/// | record | fields |
/// |---|---|
/// | `event` | `type`, `text`, `language`, `role`, `author` (the first identifier, as `NAMESPACE:VALUE`), `source`, `channel`, `brand`, `thread`, `session`, `object`, `objectType`, `amount`, `currency`, `occurred`, `properties` |
/// | `property` | the properties of the interaction that were declared, with their types |
/// | `campaign` | `name`, `source`, `medium` |
/// | `case` | `id`, `status`, `category`, `severity`, of an interaction of kind `case` |
/// | `change` | `entered`, `left` (lists of segments), `score`, `before`, `after` |
/// | `activity` | `tier`, `heat`, `total`, `recent` (interactions in 30 days), `now` |
///
/// The facts about the person have the paths of the `FactSchema`, such as `person.city` or `influence.score`. What has
/// no value is missing, so a condition that depends on it is undecided.
public struct RuleVocabulary: Sendable {
  /// The kind of interactions that report how a case stands: with the text properties `case`, `status` (a case of
  /// `ServiceCase.Status`), `category` and `severity`.
  public static let caseReport: InteractionKind = "case"
  /// The kind of interactions that report, not by a customer, that an action was not carried out after all: it ran out or
  /// was given up.
  ///
  /// `context.cause` names the action. What it took from caps and budgets is given back, and its rule may act again.
  public static let undelivered: InteractionKind = "undelivered"

  /// Where the value of a slot comes from.
  enum Source: Sendable {
    case occurrence(EventFact)
    case property(String)
    case person(Fact)
    /// A trait, and a published score, by the name that the reader would read them by.
    case trait(String)
    case score(String)

    /// The source of a fact about the person, with the names of the most frequent found beforehand.
    init(_ fact: Fact) {
      let leaf = fact.name.split(separator: ".", omittingEmptySubsequences: false).last.map(String.init) ?? fact.name
      switch fact.origin {
      case .trait: self = .trait(leaf)
      case .influence: self = .score(leaf.sameBytes(as: "score") ? "influence" : leaf)
      default: self = .person(fact)
      }
    }
  }

  /// Reads the facts about the person.
  public let reader: FactReader
  /// The properties of interactions that were declared.
  public let properties: [Property]
  /// The environment in which conditions are compiled.
  public private(set) var environment: ExpressionEnvironment
  private(set) var sources: [Source?]
  /// The rules of the time zones that people may have, by name.
  public let zones: [String: ZoneRules]

  /// A property of interactions with its type.
  public struct Property: Sendable, Hashable {
    /// The name of the property.
    public let name: String
    /// The type of its values.
    public let type: ExpressionType

    /// Declares a property.
    public init(_ name: String, _ type: ExpressionType) {
      self.name = name
      self.type = type
    }
  }

  /// Creates a vocabulary.
  /// - Parameters:
  ///   - reader: reads the facts about the person; the standard ones when it is left out.
  ///   - properties: properties of interactions that conditions may name as `property.NAME`.
  ///   - zones: the rules of time zones, by which days and hours of people are told.
  ///   - functions: functions of the host that conditions may call; pure, quick and total.
  /// - Throws: `SCRMError` with `duplicateName` when a fact begins with the name of one of the records here, or a property
  ///   is declared twice.
  public init(
    _ reader: FactReader = FactReader(.standard), properties: [Property] = [], zones: [ZoneRules] = [],
    functions: [ExpressionFunction] = []
  ) throws(SCRMError) {
    self.reader = reader
    self.properties = properties
    var known: [String: ZoneRules] = [:]
    for zone in zones { known[zone.name] = zone }
    self.zones = known
    let zoneRules = known
    var environment = ExpressionEnvironment()
    environment.zone = { zoneRules[$0] }
    for fact in reader.schema.facts {
      let root = fact.name.split(separator: ".").first.map(String.init) ?? fact.name
      guard !(EventFact.records + ["property"]).contains(where: { $0.sameBytes(as: root) }) else {
        throw SCRMError(.duplicateName, subject: "fact \(fact.name)", "\(root) names the occurrence in rules")
      }
    }
    for (place, property) in properties.enumerated() {
      guard !properties[..<place].contains(where: { $0.name.sameBytes(as: property.name) }) else {
        throw SCRMError(.duplicateName, subject: "property \(property.name)", "it is declared twice")
      }
    }
    for record in EventFact.records {
      let fields = EventFact.allCases.filter { $0.path.record == record }
      environment.declare(ExpressionRecord(record, fields.map { .init($0.path.field, $0.type) }))
      environment.declare(record, .record(record))
    }
    if !properties.isEmpty {
      environment.declare(ExpressionRecord("property", properties.map { .init($0.name, $0.type) }))
      environment.declare("property", .record("property"))
    }
    reader.schema.declare(in: &environment)
    for function in functions { environment.declare(function) }
    var sources = [Source?](repeating: nil, count: environment.variables.count)
    func place(_ name: String, _ source: Source) {
      if let slot = environment.slot(name) { sources[slot] = source }
    }
    for fact in EventFact.allCases { place(fact.rawValue, .occurrence(fact)) }
    for property in properties { place("property." + property.name, .property(property.name)) }
    for fact in reader.schema.facts { place(fact.name, Source(fact)) }
    self.environment = environment
    self.sources = sources
  }

  /// The value of a slot; `nil` when nothing is known.
  func value(_ slot: Int, in occurrence: RuleOccurrence) -> Value? {
    switch sources[slot] {
    case .occurrence(let fact): fact.value(in: occurrence)
    case .property(let name): occurrence.interaction?.properties[name]
    case .person(let fact): reader.value(fact, of: occurrence.person)
    case .trait(let name): occurrence.person.trait(name)
    case .score(let name): occurrence.person.scores[name].map { .double($0) }
    case nil: nil
    }
  }

  /// Whether a fact is one of the interaction alone, whoever did it and whatever changed with it.
  func isOfInteraction(_ path: FactPath) -> Bool {
    switch sources[path.slot] {
    case .occurrence(let fact): fact.isOfInteraction
    case .property: true
    case .person, .trait, .score, nil: false
    }
  }

  /// The value of a fact that the interaction alone has; `nil` when it is missing.
  func value(_ path: FactPath, of interaction: Interaction) -> Value? {
    switch sources[path.slot] {
    case .occurrence(let fact): path.value(below: fact.value(of: interaction))
    case .property(let name): path.value(below: interaction.properties[name])
    case .person, .trait, .score, nil: nil
    }
  }

  /// Fills the slots that are named; a value of another type than declared stays missing.
  func fill(_ activation: inout ExpressionActivation, _ slots: some Sequence<Int>, with occurrence: RuleOccurrence) {
    activation.reset()
    for slot in slots {
      guard let value = value(slot, in: occurrence) else { continue }
      try? activation.set(slot, value)
    }
  }

  /// The zone by whose days and hours a person lives: their own where it is known and its rules are, or the workspace's.
  func zone(of person: PersonFacts) -> ZoneRules { person.record.timeZone.flatMap { zones[$0] } ?? person.zone }

  /// Everything that decides, for the fingerprint of a book.
  var fingerprint: String {
    let facts = reader.schema.facts.map { "\($0.name):\($0.type):\($0.origin.rawValue)" }
    let own = properties.map { "\($0.name):\($0.type)" }
    let grants = reader.consent.requiresGrant.map(\.rawValue).sorted()
    let zones = zones.values.map(\.fingerprint).sorted()
    return "\(facts);\(own);\(grants);\(reader.tagTrait);\(zones)"
  }
}
