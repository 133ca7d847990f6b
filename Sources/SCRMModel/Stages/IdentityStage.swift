public import SCRMExpressions

/// The stage that answers "who is it": it joins identifiers to people.
///
/// A stage is pure: it reads what was loaded into a ``PeopleDraft`` and writes there. For the same draft and interaction
/// it decides the same, and the partition it arrives at must not depend on the order of interactions.
public protocol IdentityStage: Sendable {
  /// Name, version and settings; part of the configuration hash of the log.
  var fingerprint: String { get }
  /// The normalised keys of a party's identifiers, best first; identifiers that cannot be normalised are in `refused`.
  func keys(of party: Party) -> NormalisedParty
  /// The account of a key that is not stored yet; must never change for a workspace.
  func account(of key: IdentifierKey) -> AccountID
  /// Joins the identifiers of an interaction's actor, and of its target, to people in the draft.
  /// - Throws: ``SCRMError`` when the interaction cannot be resolved; then the draft is unchanged.
  func resolve(
    _ interaction: Interaction, actor: NormalisedParty, target: NormalisedParty?, at position: LogPosition,
    now: Instant, in draft: inout PeopleDraft
  ) throws(SCRMError) -> Resolution
}

/// A party's identifiers after normalisation.
public struct NormalisedParty: Sendable, Hashable {
  /// An identifier with its key.
  public struct Entry: Sendable, Hashable {
    /// The identifier as written.
    public var identifier: Identifier
    /// What is compared.
    public var key: IdentifierKey
    /// The version of the normaliser.
    public var normaliserVersion: Int
    /// Creates an entry.
    public init(identifier: Identifier, key: IdentifierKey, normaliserVersion: Int) {
      self.identifier = identifier
      self.key = key
      self.normaliserVersion = normaliserVersion
    }
  }

  /// The usable identifiers, without repetition, best first.
  public var entries: [Entry]
  /// Why each unusable identifier cannot be used, without its value.
  public var refused: [String]

  /// Creates a normalised party.
  public init(entries: [Entry], refused: [String] = []) {
    self.entries = entries
    self.refused = refused
  }
}

/// Who took part in an interaction.
public struct Resolution: Sendable, Hashable {
  /// The account that acted: the best of the actor's identifiers.
  public var account: AccountID
  /// The person it belongs to; `nil` for staff, brands and automation.
  public var person: PersonID?
  /// The account the interaction was addressed to.
  public var targetAccount: AccountID?
  /// The person that account belongs to.
  public var targetPerson: PersonID?
  /// Whether the person was not known before.
  public var isNew: Bool
  /// The merges this interaction showed.
  public var merges: [MergeRecord]

  /// Creates a resolution.
  public init(
    account: AccountID, person: PersonID?, targetAccount: AccountID? = nil, targetPerson: PersonID? = nil,
    isNew: Bool = false, merges: [MergeRecord] = []
  ) {
    self.account = account
    self.person = person
    self.targetAccount = targetAccount
    self.targetPerson = targetPerson
    self.isNew = isNew
    self.merges = merges
  }
}
