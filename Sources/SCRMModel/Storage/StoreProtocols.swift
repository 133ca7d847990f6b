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
  /// Up to `limit` people with ids after `id`, in the order of their 128 bits; merged ones included.
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
  /// the first receipt and changes nothing, also after a crash. The receipts of the latest 1,000 commits at least are
  /// kept, also through an erasure. The key of a refused commit is free. Of n commits on one base exactly one wins. A
  /// cancelled caller finds the commit either done or not begun.
  ///
  /// Rows are written in the order of the properties of ``ChangeSet``, so a commit can cancel an action of its own.
  /// - Throws: ``StorageError``; then nothing was written. `keyReused` when the key stands for another body; `conflict`
  ///   when the log does not end at ``ChangeSet/base`` or a record is not of the version its change replaces;
  ///   `duplicateEvent` when an event key is in the log or twice in the change set; `malformed` when positions do not
  ///   follow the base, when the change set names a record or an action twice, or an action that is in the outbox. Which
  ///   of several is reported is left open.
  func commit(_ changes: ChangeSet) async throws -> CommitReceipt
}

/// The outbox: proposed actions between the decision and the host's doing.
public protocol Outbox: Sendable {
  /// Claims up to `limit` actions that are pending or whose claim or delay has run out, oldest decision first.
  ///
  /// Law: an action is held by at most one worker at a time; a new claim of it has a higher ``ActionClaim/fence`` than
  /// any earlier one. An action is pending from its ``ProposedAction/due`` on, or at once without one. A claim that ran out still counts until another one takes the action. An action is expired from
  /// ``ProposedAction/expires`` on; one that the claim meets while nobody holds it is not handed out but dead-lettered,
  /// with a reason of the store's. A limit of 0 or less claims nothing.
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
  /// Up to `limit` actions after `id` in the order in which they were committed.
  /// - Throws: ``StorageError`` with `notFound` when there is no action with this id, such as after an erasure: begin
  ///   the scan again.
  func actions(after id: ActionID?, limit: Int) async throws -> [OutboxItem]
}

/// The rights of the people concerned, and the upkeep of the log.
public protocol Upkeep: Sendable {
  /// Removes everything about the accounts and people named, in one atomic step, and says what was removed.
  ///
  /// Law: no byte of their identifiers, traits or content is left; the log keeps tombstones in their places, and other
  /// people's interactions addressed to them keep only that someone was addressed. Where something that stays names an
  /// erased event, it names it by ``Tombstone/erasedID(_:)``. Identities go by whichever of key, account and person they
  /// are named. The same step ends the log with ``LogEntry/Body/erasure(_:)`` of the receipt, so a commit that was decided
  /// before is a conflict. A second erasure of the same removes nothing, and one that removes nothing writes nothing.
  /// - Throws: ``StorageError`` with `conflict` when the log does not end at ``ErasureRequest/base``; then nothing was
  ///   removed.
  func erase(_ request: ErasureRequest) async throws -> ErasureReceipt
  /// Replaces the content of interactions received before `time` by tombstones and takes the present state as the
  /// baseline of the next replay, so that replaying what remains gives the same state.
  /// - Returns: the number of entries whose content was removed.
  func compact(before time: Instant) async throws -> Int
  /// Everything stored under the accounts and people named, for access and portability: interactions that the accounts
  /// acted in, in log order, and their ties; records, memberships, actions and states of the people, in any order.
  func export(_ request: ErasureRequest) async throws -> PersonExport
}

/// A handle on one workspace of a store, which several tasks may call at once.
///
/// Nothing can be reached outside it. What holds for every call:
/// - One call sees one moment: each commit in full or not at all, and every one that was acknowledged before the call.
/// - Answers by key stand in the order of the keys, also when one is asked for twice.
/// - A page has fewer rows than its limit only at the end; with a limit of 0 or less it is empty. The row that a scan
///   continues after need not be there any more. Rows that stay are seen exactly once, whatever is written meanwhile.
/// - Texts are kept and compared by bytes. All but ids, sources, kinds and identifier keys may hold U+0000.
/// - A read of a cancelled task throws or answers in full.
///
/// The conformance kit in SCRMTesting tries all of this against an adapter.
public protocol SCRMStore: InteractionReading, IdentityReading, PersonReading, TieReading, StateReading,
  MembershipReading, Committing, Outbox, Upkeep
{
  /// The workspace the handle is opened for.
  var workspace: WorkspaceID { get }
  /// The interactions of the log in which these accounts acted, in log order; those whose content was removed are left out.
  ///
  /// Asked for when people are parted. Unless a store says otherwise, they are taken from ``Upkeep/export(_:)``.
  func interactions(actedBy accounts: [AccountID]) async throws -> [Interaction]
}

extension SCRMStore {
  /// The interactions that an export of the accounts holds.
  public func interactions(actedBy accounts: [AccountID]) async throws -> [Interaction] {
    try await export(ErasureRequest(people: [], accounts: accounts, keys: [])).interactions
  }
}
