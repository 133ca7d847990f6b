public import SCRMModel

/// Something that may happen to a person and changes what they are in: one step of a ``SegmentSuggestion``.
///
/// A step is concrete: ``LiveSegments/apply(_:for:)`` makes it happen, in the engine itself or in a copy of it.
public enum SegmentIntervention: Sendable, Hashable {
  /// Interactions of one kind, all at one moment.
  case interactions(SuggestedInteractions)
  /// A fact gets a value, or with `nil` none, from a moment in milliseconds since 1970 on.
  case fact(String, Value?, at: Int64)
  /// Time passes up to a moment in milliseconds since 1970, and nothing happens.
  case wait(until: Int64)
  /// The next publication of a snapshot holds the person, or does not.
  case snapshot(SegmentName, isMember: Bool)

  /// The moment in milliseconds since 1970; `nil` for one that is not bound to a moment.
  public var time: Int64? {
    switch self {
    case .interactions(let interactions): interactions.time
    case .fact(_, _, let time), .wait(let time): time
    case .snapshot: nil
    }
  }

  /// The same step later.
  func delayed(by span: Int64) -> SegmentIntervention {
    switch self {
    case .interactions(var interactions):
      interactions.time = interactions.time &+ span
      return .interactions(interactions)
    case .fact(let name, let value, let time): return .fact(name, value, at: time &+ span)
    case .wait(let time): return .wait(until: time &+ span)
    case .snapshot: return self
    }
  }
}

/// Interactions that would have to happen.
public struct SuggestedInteractions: Sendable, Hashable {
  /// What is done.
  public var kind: InteractionKind
  /// How often, at least 1.
  public var count: Int
  /// When, in milliseconds since 1970.
  public var time: Int64
  /// The values of the fields of `event` by name; fields not named have none.
  public var fields: [String: Value]

  /// Creates interactions.
  public init(_ kind: InteractionKind, count: Int = 1, at time: Int64, fields: [String: Value] = [:]) {
    self.kind = kind
    self.count = count
    self.time = time
    self.fields = fields
  }

  /// One of them as segments see it; fields that the schema does not declare are left out.
  public func event(in schema: EventSchema) -> SegmentEvent {
    var event = SegmentEvent(kind, at: time)
    for (number, field) in schema.fields.enumerated() {
      guard let value = fields[field.name] else { continue }
      if number == 0 {
        event.amount = value.doubleValue ?? .nan
      } else {
        while event.further.count < number { event.further.append(nil) }
        event.further[number - 1] = value
      }
    }
    return event
  }
}

/// Steps that, taken one after the other, turn a membership round.
public struct SegmentSuggestion: Sendable, Hashable {
  /// The steps in the order in which they happen.
  public var steps: [SegmentIntervention]

  /// Creates a suggestion.
  public init(_ steps: [SegmentIntervention]) { self.steps = steps }
}

extension LiveSegments {
  /// Lets a step happen to a person: counts the interactions, sets the fact, lets the time pass, publishes the snapshot.
  ///
  /// O(what the step causes). A snapshot is published with the person added or taken out, as of the engine's time; one
  /// that was never published has no other members.
  /// - Returns: whether the step was understood: the person and the fact are known and it is not too late.
  @discardableResult
  public mutating func apply(_ step: SegmentIntervention, for person: Int) -> Bool {
    switch step {
    case .interactions(let interactions):
      let event = interactions.event(in: catalogue.events)
      for _ in 0..<max(interactions.count, 0) where record(event, for: person) == .tooLate { return false }
      return true
    case .fact(let name, let value, let time):
      guard let fact = catalogue.facts.index(of: name) else { return false }
      return set(fact, to: value, at: time, for: person) != .tooLate
    case .wait(let time):
      advance(to: time)
      return true
    case .snapshot(let name, let isMember):
      guard let id = id(person) else { return false }
      let known = snapshots[name]
      var members = known?.members.filter { $0 != id } ?? []
      if isMember { members.append(id) }
      publish(
        RankSnapshot(
          name: name, asOf: Instant(millisecondsSinceEpoch: clock) ?? .epoch, members: members,
          population: known?.population ?? members.count, least: known?.least))
      return true
    }
  }
}
