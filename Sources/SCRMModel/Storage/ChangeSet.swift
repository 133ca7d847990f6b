import SCRMExpressions

/// A record to write, with the version it replaces.
public struct Change<Record: Sendable & Hashable>: Sendable, Hashable {
  /// The record as it shall be.
  public var record: Record
  /// The version found when it was decided; `nil` when the record was absent.
  public var replaces: LogPosition?
  /// Whether the record is to be removed instead of written.
  public var isRemoval: Bool

  /// Creates a change.
  public init(_ record: Record, replaces: LogPosition?, isRemoval: Bool = false) {
    self.record = record
    self.replaces = replaces
    self.isRemoval = isRemoval
  }
}

/// That a person enters or leaves a segment.
public struct MembershipChange: Sendable, Hashable {
  /// The membership; for a departure, of the time it ended.
  public var membership: Membership
  /// Whether the person enters.
  public var isEntry: Bool
  /// Creates a change.
  public init(_ membership: Membership, isEntry: Bool) {
    self.membership = membership
    self.isEntry = isEntry
  }
}

/// That an action which nobody has claimed yet must not be carried out any more.
public struct Cancellation: Sendable, Hashable {
  /// The action.
  public var action: ActionID
  /// Why, without personal data.
  public var reason: String
  /// The log position that decided it.
  public var position: LogPosition
  /// Creates a cancellation.
  public init(action: ActionID, reason: String, position: LogPosition) {
    self.action = action
    self.reason = reason
    self.position = position
  }
}

/// Everything one batch decided, to be written at once or not at all.
public struct ChangeSet: Sendable, Hashable {
  /// The idempotency key: committing the same key and body again returns the first receipt and changes nothing.
  ///
  /// Without personal data, as an erasure leaves receipts.
  public var key: String
  /// The end of the log that the decisions were made on; a store whose log ends elsewhere refuses the commit.
  public var base: LogPosition
  /// New log entries; positions follow `base` without a gap.
  public var entries: [LogEntry]
  /// Identifiers that lead to a new or another person.
  public var identities: [Change<IdentityRecord>]
  /// New and changed people.
  public var people: [Change<PersonRecord>]
  /// New merges.
  public var merges: [MergeRecord]
  /// New and changed ties.
  public var ties: [Change<TieRecord>]
  /// New, changed and removed module state.
  public var states: [Change<StateRecord>]
  /// Segment entries and departures, in order.
  public var memberships: [MembershipChange]
  /// New actions for the outbox, in order; suppressed ones too, for the record.
  public var actions: [ProposedAction]
  /// Actions to cancel if nobody claimed them.
  public var cancellations: [Cancellation]

  /// Creates an empty change set.
  public init(key: String, base: LogPosition) {
    self.key = key
    self.base = base
    entries = []
    identities = []
    people = []
    merges = []
    ties = []
    states = []
    memberships = []
    actions = []
    cancellations = []
  }

  /// The end of the log after the commit.
  public var head: LogPosition { LogPosition(base.rawValue &+ UInt64(entries.count)) }

  /// The number of rows the commit writes.
  public var rowCount: Int {
    entries.count + identities.count + people.count + merges.count + ties.count + states.count + memberships.count
      + actions.count + cancellations.count
  }
}

/// The answer to a commit.
public struct CommitReceipt: Sendable, Hashable {
  /// The idempotency key.
  public var key: String
  /// The end of the log after it.
  public var head: LogPosition
  /// Creates a receipt.
  public init(key: String, head: LogPosition) {
    self.key = key
    self.head = head
  }
}
