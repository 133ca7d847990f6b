public import SCRMExpressions

/// The id of an obligation.
public struct ObligationID: TextIdentifier {
  /// The text.
  public let rawValue: String
  /// Wraps a text.
  public init(_ rawValue: String) { self.rawValue = rawValue }
}

/// A promise made to a person, with the time by which it has to be kept.
public struct Obligation: Sendable, Hashable, Codable, Redacted {
  /// The id.
  public var id: ObligationID
  /// To whom it was made.
  public var person: PersonID
  /// What was promised.
  public var promise: String
  /// The interaction that made it.
  public var event: EventKey
  /// The case it belongs to.
  public var serviceCase: CaseID?
  /// Who has to keep it.
  public var owner: StaffID?
  /// When it was made.
  public var made: Instant
  /// By when it has to be kept.
  public var due: Instant
  /// When it was kept; `nil` while it was not.
  public var kept: Instant?
  /// When the person released the brand from it; `nil` when they did not.
  public var released: Instant?

  /// Creates an obligation.
  public init(
    id: ObligationID, person: PersonID, promise: String, event: EventKey, serviceCase: CaseID? = nil,
    owner: StaffID? = nil, made: Instant, due: Instant, kept: Instant? = nil, released: Instant? = nil
  ) {
    self.id = id
    self.person = person
    self.promise = promise
    self.event = event
    self.serviceCase = serviceCase
    self.owner = owner
    self.made = made
    self.due = due
    self.kept = kept
    self.released = released
  }

  /// Whether it is broken at a time: that is after `due`, and until then it was neither kept nor released.
  ///
  /// A promise kept late stays broken.
  public func isBreached(at time: Instant) -> Bool {
    guard time > due else { return false }
    let settled = [kept, released].compactMap { $0 }.min()
    return settled.map { $0 > due } ?? true
  }

  /// Whether something is still to be done at a time.
  public func isOpen(at time: Instant) -> Bool {
    made <= time && kept.map { time < $0 } ?? true && released.map { time < $0 } ?? true
  }

  /// When it is due and whether it was kept.
  public var redactedDescription: String { "obligation due \(due), \(kept == nil ? "not kept" : "kept")" }
}
