public import SCRMExpressions
public import SCRMModel
public import StrictJSON

/// A file of rules: the facts they may name, the rules, the journeys, and what holds proposals back.
///
/// JSON form: `{"facts":[{"name":"person.city","type":"string","origin":"trait"}],"properties":{"stars":"int"},
/// "zones":["Asia/Shanghai"],"rules":[…],"journeys":[…],"guards":{…}}`. The standard facts (`FactSchema.standard`) are there without being named.
public struct RuleDocument: Sendable, Hashable {
  /// Facts about people besides the standard ones.
  public var facts: [Fact]
  /// Properties of interactions with their types.
  public var properties: [RuleVocabulary.Property]
  /// The IANA names of the time zones that people may have; whoever compiles the book brings their rules.
  public var zones: [String]
  /// The rules.
  public var rules: [RuleDefinition]
  /// The journeys.
  public var journeys: [JourneyDefinition]
  /// What holds proposals back.
  public var guards: RuleGuards

  /// Creates a document.
  public init(
    facts: [Fact] = [], properties: [RuleVocabulary.Property] = [], zones: [String] = [], rules: [RuleDefinition] = [],
    journeys: [JourneyDefinition] = [], guards: RuleGuards = RuleGuards()
  ) {
    self.facts = facts
    self.properties = properties
    self.zones = zones
    self.rules = rules
    self.journeys = journeys
    self.guards = guards
  }

  /// The vocabulary of its rules.
  /// - Throws: `SCRMError` for a fact that cannot be declared.
  public func vocabulary(
    zones: [ZoneRules] = [], channels: ChannelRegistry = ChannelRegistry()
  ) throws(SCRMError) -> RuleVocabulary {
    var schema = FactSchema.standard
    for fact in facts { try schema.declare(fact) }
    return try RuleVocabulary(
      FactReader(schema, channels: channels, consent: guards.consentPolicy), properties: properties, zones: zones)
  }

  /// The compiled book.
  /// - Throws: `SCRMError` or ``RuleFault`` for what cannot be compiled.
  public func book(zones: [ZoneRules] = [], closures: [String: RuleBook.Closure] = [:]) throws -> RuleBook {
    try RuleBook(vocabulary(zones: zones), rules: rules, journeys: journeys, guards: guards, closures: closures)
  }
}

extension RuleDocument: JSONCodable {
  /// Reads the form.
  /// - Throws: `JSONError` with the path to what was wrong.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    try object.expect(["facts", "properties", "zones", "rules", "journeys", "guards"])
    var properties: [RuleVocabulary.Property] = []
    for member in try object.optionalObject("properties") ?? JSONObject() {
      guard case .string(let text) = member.value, let type = ExpressionType(text) else {
        throw JSONError(
          .invalidValue, "expected a type such as string, int or list(string)",
          path: [.key("properties"), .key(member.key)])
      }
      properties.append(.init(member.key, type))
    }
    self.init(
      facts: try object.array("facts"), properties: properties, zones: try object.strings("zones"),
      rules: try object.array("rules"),
      journeys: try object.array("journeys"), guards: try object.optional("guards") ?? RuleGuards())
  }

  /// Writes the form.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("facts", facts)
    if !properties.isEmpty {
      writer.key("properties")
      writer.beginObject()
      for property in properties { writer.field(property.name, property.type.description) }
      writer.endObject()
    }
    writer.field("zones", zones)
    writer.field("rules", rules)
    writer.field("journeys", journeys)
    writer.field("guards", guards)
    writer.endObject()
  }
}
