public import SCRMExpressions

/// Reading the log.
///
/// Answers are aligned with the keys asked for.
public protocol InteractionReading: Sendable {
  /// The end of the log; ``LogPosition/start`` for an empty workspace.
  func head() async throws -> LogPosition
  /// The log entries (an interaction or its tombstone) with these event keys, `nil` where there is none.
  ///
  /// Keys compare by bytes. Reads see every commit that was acknowledged before the call.
  func entries(for keys: [EventKey]) async throws -> [LogEntry?]
  /// Up to `limit` entries after `position` in log order; fewer only at the end.
  func log(after position: LogPosition, limit: Int) async throws -> [LogEntry]
}

/// Reading who identifiers lead to.
public protocol IdentityReading: Sendable {
  /// The records for these keys, `nil` where there is none. Keys compare by bytes.
  func identities(for keys: [IdentifierKey]) async throws -> [IdentityRecord?]
}

/// Reading people and the merge log.
public protocol PersonReading: Sendable {
  /// The records for these ids, `nil` where there is none; a merged person's record names the survivor.
  func people(_ ids: [PersonID]) async throws -> [PersonRecord?]
  /// Up to `limit` people with ids after `id`, in id order; merged ones included.
  func people(after id: PersonID?, limit: Int) async throws -> [PersonRecord]
  /// Merges decided after `position`, in the order of decision: `limit` of them, and further ones that were decided at
  /// the position of the last.
  ///
  /// One interaction can join several people. A page never ends within a position, since the next one starts after it.
  func merges(after position: LogPosition, limit: Int) async throws -> [MergeRecord]
}

/// Reading ties between accounts.
public protocol TieReading: Sendable {
  /// The records for these keys, `nil` where there is none.
  func ties(_ keys: [TieKey]) async throws -> [TieRecord?]
  /// Up to `limit` ties after `key`, in key order.
  func ties(after key: TieKey?, limit: Int) async throws -> [TieRecord]
}

/// Reading the state of modules.
public protocol StateReading: Sendable {
  /// The records of one kind for these keys, `nil` where there is none.
  func states(_ kind: StateKind, _ keys: [StateKey]) async throws -> [StateRecord?]
  /// Up to `limit` records of one kind after `key`, in key order.
  func states(_ kind: StateKind, after key: StateKey?, limit: Int) async throws -> [StateRecord]
  /// Up to `limit` records of one kind that are due at or before `time`, in the order of (due, key), after `last`.
  func dueStates(
    _ kind: StateKind, through time: Instant, after last: StateDue?, limit: Int
  ) async throws -> [StateRecord]
}

/// A place in the order of due state.
public struct StateDue: Sendable, Hashable, Comparable {
  /// When it is due.
  public var due: Instant
  /// Whose state it is.
  public var key: StateKey
  /// Creates a place.
  public init(due: Instant, key: StateKey) {
    self.due = due
    self.key = key
  }
  /// Orders by time, then key.
  public static func < (left: Self, right: Self) -> Bool {
    left.due != right.due ? left.due < right.due : left.key < right.key
  }
}

/// Reading who is in which segment.
public protocol MembershipReading: Sendable {
  /// Up to `limit` members of a segment with ids after `person`, in id order.
  func members(of segment: String, after person: PersonID?, limit: Int) async throws -> [Membership]
  /// The memberships of each person, in the byte order of segment names.
  func memberships(of people: [PersonID]) async throws -> [[Membership]]
}

/// The one writing call of the loop.
public protocol Committing: Sendable {
  /// Writes everything in `changes`, or nothing.
  ///
  /// Law: atomic, durable when it returns, and idempotent by ``ChangeSet/key`` — the same key with the same body returns
  /// the first receipt and changes nothing, also after a crash. Of n commits on one base exactly one wins. A cancelled
  /// caller finds the commit either done or not begun.
  /// - Throws: ``StorageError`` with `conflict` when the log does not end at ``ChangeSet/base`` or a record is not of
  ///   the version its change replaces, `keyReused`, `duplicateEvent` or `malformed`; then nothing was written.
  func commit(_ changes: ChangeSet) async throws -> CommitReceipt
}

/// The outbox: proposed actions between the decision and the host's doing.
public protocol Outbox: Sendable {
  /// Claims up to `limit` actions that are pending or whose claim or delay has run out, oldest decision first.
  ///
  /// Law: an action is held by at most one worker at a time; a new claim has a higher ``ActionClaim/fence`` than any
  /// earlier one. Expired actions are not handed out but dead-lettered.
  func claim(limit: Int, worker: String, at now: Instant, lease: Duration) async throws -> [ActionClaim]
  /// Marks a claimed action as done.
  /// - Throws: ``StorageError`` with `claimLost` when the claim is no longer held.
  func acknowledge(_ claim: ActionClaim) async throws
  /// Gives a claimed action back, to be handed out again at `time`; the reason is kept in ``OutboxItem/retryReason``.
  /// - Throws: ``StorageError`` with `claimLost`.
  func retry(_ claim: ActionClaim, at time: Instant, reason: String) async throws
  /// Gives a claimed action up for good.
  /// - Throws: ``StorageError`` with `claimLost`.
  func deadLetter(_ claim: ActionClaim, reason: String) async throws
  /// The actions with these ids and how they stand, `nil` where there is none.
  func actions(_ ids: [ActionID]) async throws -> [OutboxItem?]
  /// Up to `limit` actions after `id` in the order of decision (position, then place in the decision).
  func actions(after id: ActionID?, limit: Int) async throws -> [OutboxItem]
}

/// The rights of the people concerned, and the upkeep of the log.
public protocol Upkeep: Sendable {
  /// Removes everything about the accounts and people named, in one atomic step, and says what was removed.
  ///
  /// Law: no byte of their identifiers, traits or content is left; the log keeps tombstones in their places, and other
  /// people's interactions addressed to them keep only that someone was addressed. Where something that stays names an
  /// erased event, it names it by ``Tombstone/erasedID(_:)``.
  func erase(_ request: ErasureRequest) async throws -> ErasureReceipt
  /// Replaces the content of interactions received before `time` by tombstones and takes the present state as the
  /// baseline of the next replay, so that replaying what remains gives the same state.
  /// - Returns: the number of entries whose content was removed.
  func compact(before time: Instant) async throws -> Int
  /// Everything stored under the accounts and people named, for access and portability.
  func export(_ request: ErasureRequest) async throws -> PersonExport
}

/// A handle on one workspace of a store.
///
/// Nothing can be reached outside it.
public protocol SCRMStore: InteractionReading, IdentityReading, PersonReading, TieReading, StateReading,
  MembershipReading, Committing, Outbox, Upkeep
{
  /// The workspace the handle is opened for.
  var workspace: WorkspaceID { get }
}
