public import SCRMExpressions
public import StrictJSON

/// A trait with where it is from: source, time and confidence.
public struct TraitValue: Sendable, Hashable, Redacted {
  /// The value.
  public var value: Value
  /// The system that said so.
  public var source: SourceID
  /// The account it was said of; on unmerge the value goes back with its account.
  public var account: AccountID
  /// When it was observed.
  public var observed: Instant
  /// How far it is believed, 0 … 1.
  ///
  /// Assigned values are limited.
  @UnitInterval public var confidence: Double
  /// The interaction that stated it.
  public var event: EventKey

  /// Creates a trait value.
  public init(
    _ value: Value, source: SourceID, account: AccountID, observed: Instant, confidence: Double, event: EventKey
  ) {
    self.value = value
    self.source = source
    self.account = account
    self.observed = observed
    self.event = event
    self.confidence = confidence
  }

  /// Kind, source and time, without the value.
  public var redactedDescription: String { "\(value) from \(source) at \(observed)" }
}

extension TraitValue: JSONCodable {
  /// Reads the documented members.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    let confidence = try object.double("confidence")
    guard (0...1).contains(confidence) else {
      throw JSONError(.invalidValue, "expected a number from 0 to 1").prefixed(by: .key("confidence"))
    }
    self.init(
      try object.optionalValue("value") ?? .null, source: try object.required("source"),
      account: try object.required("account"), observed: try object.required("observed"),
      confidence: confidence, event: try object.required("event"))
  }

  /// Writes all members.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("value", value)
    writer.field("source", source)
    writer.field("account", account)
    writer.field("observed", observed)
    writer.field("confidence", confidence)
    writer.field("event", event)
    writer.endObject()
  }
}

/// What is known of a person: for every trait, the latest value of every source and account.
///
/// Conflicting sources stand beside each other; reading picks by confidence, then time. The content does not depend on
/// the order of arrival, and splitting a person gives each side its own values back.
public struct TraitLedger: Sendable, Hashable, Redacted {
  /// The values by trait name; per source and account the latest one, best first.
  public private(set) var traits: [(name: String, values: [TraitValue])] = []

  /// Creates an empty ledger.
  public init() {}

  /// The names of the known traits in byte order.
  public var names: [String] { traits.map(\.name) }

  /// The best value of a trait: highest confidence, then latest, then event key.
  public subscript(name: String) -> Value? { best(name)?.value }

  /// The best value of a trait with its provenance.
  public func best(_ name: String) -> TraitValue? {
    traits.first { $0.name.sameBytes(as: name) }?.values.first
  }

  /// Records a value; returns whether the best value changed.
  ///
  /// A value older than the one known of its source and account changes nothing. O(number of traits).
  @discardableResult
  public mutating func record(_ name: String, _ value: TraitValue) -> Bool {
    let index: Int
    if let known = traits.firstIndex(where: { $0.name.byteOrder(name) != .ascending }) {
      index = known
      if !traits[known].name.sameBytes(as: name) { traits.insert((name: name, values: []), at: known) }
    } else {
      index = traits.endIndex
      traits.append((name: name, values: []))
    }
    let before = traits[index].values.first?.value
    var values = traits[index].values
    if let same = values.firstIndex(where: { $0.source == value.source && $0.account == value.account }) {
      guard Self.isLater(value, than: values[same]) else { return false }
      values.remove(at: same)
    }
    values.insert(value, at: values.firstIndex { Self.isBetter(value, than: $0) } ?? values.endIndex)
    traits[index].values = values
    return before != values.first?.value
  }

  /// Records all values of another ledger.
  public mutating func merge(_ other: TraitLedger) {
    for trait in other.traits { for value in trait.values { record(trait.name, value) } }
  }

  /// Whether both hold the same values.
  public static func == (left: Self, right: Self) -> Bool {
    left.traits.count == right.traits.count
      && zip(left.traits, right.traits).allSatisfy { $0.name.sameBytes(as: $1.name) && $0.values == $1.values }
  }

  /// The number of traits; names may be personal too.
  public var redactedDescription: String { "\(traits.count) traits" }

  /// Hashes the names.
  public func hash(into hasher: inout Hasher) { for trait in traits { trait.name.hashBytes(into: &hasher) } }

  private static func isLater(_ left: TraitValue, than right: TraitValue) -> Bool {
    if left.observed != right.observed { return left.observed > right.observed }
    return left.event != right.event ? left.event > right.event : isGreater(left, than: right)
  }

  private static func isBetter(_ left: TraitValue, than right: TraitValue) -> Bool {
    if left.confidence != right.confidence { return left.confidence > right.confidence }
    if left.observed != right.observed { return left.observed > right.observed }
    if left.event != right.event { return left.event > right.event }
    if left.account != right.account { return left.account > right.account }
    return left.source != right.source ? left.source > right.source : isGreater(left, than: right)
  }

  // One interaction that says two things of one trait: any rule will do that does not ask for the order of arrival.
  private static func isGreater(_ left: TraitValue, than right: TraitValue) -> Bool {
    if left.confidence != right.confidence { return left.confidence > right.confidence }
    return left.value != right.value && right.value.jsonBytes.lexicographicallyPrecedes(left.value.jsonBytes)
  }
}

extension TraitLedger: JSONCodable {
  /// Reads an object of arrays of trait values.
  public init(json: JSON) throws(JSONError) {
    self.init()
    for member in try json.objectValue() {
      do throws(JSONError) {
        for (index, element) in try member.value.arrayValue().enumerated() {
          do { record(member.key, try TraitValue(json: element)) } catch { throw error.prefixed(by: .index(index)) }
        }
      } catch { throw error.prefixed(by: .key(member.key)) }
    }
  }

  /// Writes an object of arrays of trait values.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    for trait in traits { writer.field(trait.name, trait.values) }
    writer.endObject()
  }
}
