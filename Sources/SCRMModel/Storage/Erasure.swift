import SCRMExpressions

/// Whose data is to be erased or exported.
public struct ErasureRequest: Sendable, Hashable, Redacted {
  /// The people, with all ids that redirect to them.
  public var people: [PersonID]
  /// Their accounts.
  public var accounts: [AccountID]
  /// The normalised identifiers of those accounts.
  public var keys: [IdentifierKey]
  /// The end of the log at which the people's accounts were looked up; a store whose log ends elsewhere refuses the
  /// erasure.
  ///
  /// `nil` erases whatever was decided since.
  public var base: LogPosition?

  /// Creates a request.
  public init(people: [PersonID], accounts: [AccountID], keys: [IdentifierKey], base: LogPosition? = nil) {
    self.people = people
    self.accounts = accounts
    self.keys = keys
    self.base = base
  }

  /// Counts only.
  public var redactedDescription: String { "\(people.count) people, \(accounts.count) accounts" }
}

/// What an erasure removed.
public struct ErasureReceipt: Sendable, Hashable, Codable {
  /// Interactions replaced by tombstones.
  public var interactions = 0
  /// Interactions of others in which the erased party was addressed.
  public var redactedInteractions = 0
  /// Identifiers.
  public var identities = 0
  /// Person records.
  public var people = 0
  /// Merge records.
  public var merges = 0
  /// Ties.
  public var ties = 0
  /// Module states.
  public var states = 0
  /// Segment memberships.
  public var memberships = 0
  /// Actions.
  public var actions = 0
  /// Scores in published snapshots.
  public var scores = 0

  /// Creates a receipt of nothing.
  public init() {}
}

/// Everything stored about a person, for access and portability.
public struct PersonExport: Sendable, Hashable, Redacted {
  /// The person records.
  public var people: [PersonRecord]
  /// Their interactions, in log order.
  public var interactions: [Interaction]
  /// Their memberships.
  public var memberships: [Membership]
  /// The actions proposed for them.
  public var actions: [OutboxItem]
  /// Their module state, as documented by the modules.
  public var states: [StateRecord]
  /// The ties their accounts take part in.
  public var ties: [TieRecord]

  /// Creates an export.
  public init(
    people: [PersonRecord], interactions: [Interaction], memberships: [Membership], actions: [OutboxItem],
    states: [StateRecord], ties: [TieRecord]
  ) {
    self.people = people
    self.interactions = interactions
    self.memberships = memberships
    self.actions = actions
    self.states = states
    self.ties = ties
  }

  /// Counts only.
  public var redactedDescription: String {
    "export of \(people.count) people, \(interactions.count) interactions, \(actions.count) actions"
  }
}
