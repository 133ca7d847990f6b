public import SCRMExpressions

/// Reads the facts of a schema from what the loop knows about a person.
public struct FactReader: Sendable {
  /// The facts read.
  public let schema: FactSchema
  /// The channels by which accounts become channel facts.
  public let channels: ChannelRegistry
  /// What holds for a purpose about which a person said nothing.
  public let consent: ConsentPolicy
  /// The trait that holds the tags.
  public let tagTrait: String

  /// Creates a reader; tags are read from the trait `tags` unless another is named.
  public init(
    _ schema: FactSchema, channels: ChannelRegistry = ChannelRegistry(), consent: ConsentPolicy = ConsentPolicy(),
    tagTrait: String = "tags"
  ) {
    self.schema = schema
    self.channels = channels
    self.consent = consent
    self.tagTrait = tagTrait
  }

  /// The value of a fact; `nil` when nothing is known.
  ///
  /// The value may be of another kind than the schema says where a source stated it so; an activation refuses it.
  public func value(_ fact: Fact, of person: PersonFacts) -> Value? {
    switch fact.origin {
    case .trait: return person.trait(fact.leaf)
    case .tag: return person.trait(tagTrait)
    case .segment: return .list(person.segments.map { .string($0) })
    case .consent:
      let decision = person.record.consents.decide(Purpose(fact.leaf), channel: nil, at: person.now, policy: consent)
      return .bool(decision.isAllowed)
    case .influence:
      if fact.leaf.sameBytes(as: "score") { return person.scores["influence"].map { .double($0) } }
      return person.scores[fact.leaf].map { .double($0) }
    case .identity:
      if fact.leaf.sameBytes(as: "accounts") { return .int(Int64(person.record.accounts.count)) }
      return Self.names(person.record.accounts.map(\.key.namespace.kind))
    case .channel:
      let known = person.record.accounts.flatMap { channels.channels(speaking: $0.key.namespace) }
      let isClass = fact.leaf.sameBytes(as: "classes")
      return Self.names(known.map { isClass ? $0.platformClass.rawValue : $0.id })
    }
  }

  /// The values of all facts in the order of the schema.
  public func row(of person: PersonFacts) -> [Value?] { schema.facts.map { value($0, of: person) } }

  /// Different names in byte order.
  private static func names(_ names: [String]) -> Value {
    let sorted = names.sorted { $0.byteOrder($1) == .ascending }
    var different: [Value] = []
    for (index, name) in sorted.enumerated() where index == 0 || !name.sameBytes(as: sorted[index - 1]) {
      different.append(.string(name))
    }
    return .list(different)
  }
}
