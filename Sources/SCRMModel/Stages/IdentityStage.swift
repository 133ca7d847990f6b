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
  /// The kind of the stage's own state; `nil` for a stage that keeps none, which is the default.
  var stateKind: StateKind? { get }
  /// What has to be loaded into the draft before these interactions are resolved; asked again until nothing is missing.
  ///
  /// What was asked for and is not stored is not loaded again, so a stage may ask for it twice. Nothing unless a stage
  /// says otherwise.
  /// - Throws: ``SCRMError`` with `unsupportedSchema` or `corruptState`, naming the key.
  func demand(
    for batch: [(interaction: Interaction, actor: NormalisedParty, target: NormalisedParty?)],
    in draft: inout PeopleDraft
  ) throws(SCRMError) -> IdentityDemand
  /// What has to be loaded before a ruling; `withdrawn` is the interaction whose evidence it withdraws.
  ///
  /// Nothing unless a stage says otherwise.
  func demand(
    for ruling: IdentityRuling, withdrawing withdrawn: Interaction?, in draft: inout PeopleDraft
  ) throws(SCRMError) -> IdentityDemand
  /// Carries out a ruling.
  ///
  /// A stage that cannot says so, which is the default.
  /// - Throws: ``SCRMError`` with `unsupported`.
  func carryOut(
    _ ruling: IdentityRuling, withdrawing withdrawn: Interaction?, at position: LogPosition, in draft: inout PeopleDraft
  ) throws(SCRMError) -> RulingOutcome
  /// Puts the changed states into the draft; called once, when everything of a batch is resolved.
  ///
  /// Nothing unless a stage says otherwise.
  func finish(_ draft: inout PeopleDraft)
}

extension IdentityStage {
  /// None.
  public var stateKind: StateKind? { nil }
  /// Nothing.
  public func demand(
    for batch: [(interaction: Interaction, actor: NormalisedParty, target: NormalisedParty?)],
    in draft: inout PeopleDraft
  ) throws(SCRMError) -> IdentityDemand { IdentityDemand() }
  /// Nothing.
  public func demand(
    for ruling: IdentityRuling, withdrawing withdrawn: Interaction?, in draft: inout PeopleDraft
  ) throws(SCRMError) -> IdentityDemand { IdentityDemand() }
  /// Refuses.
  public func carryOut(
    _ ruling: IdentityRuling, withdrawing withdrawn: Interaction?, at position: LogPosition, in draft: inout PeopleDraft
  ) throws(SCRMError) -> RulingOutcome {
    throw SCRMError(.unsupported, subject: "identity stage", "expected a stage that keeps evidence")
  }
  /// Does nothing.
  public func finish(_ draft: inout PeopleDraft) {}
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
    /// The number of the key in a batch, by which a ``PeopleDraft`` made for that batch knows it without a look-up; −1
    /// for none.
    package var number: Int32 = -1
    /// Creates an entry.
    public init(identifier: Identifier, key: IdentifierKey, normaliserVersion: Int) {
      self.identifier = identifier
      self.key = key
      self.normaliserVersion = normaliserVersion
    }

    /// Whether identifier, key and version are the same.
    public static func == (left: Self, right: Self) -> Bool {
      left.key == right.key && left.identifier == right.identifier && left.normaliserVersion == right.normaliserVersion
    }

    /// Hashes identifier, key and version.
    public func hash(into hasher: inout Hasher) {
      hasher.combine(identifier)
      hasher.combine(key)
      hasher.combine(normaliserVersion)
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
  /// The accounts that went from one person to another because of this interaction, after the merges.
  public var moves: [AccountMove]

  /// Creates a resolution.
  public init(
    account: AccountID, person: PersonID?, targetAccount: AccountID? = nil, targetPerson: PersonID? = nil,
    isNew: Bool = false, merges: [MergeRecord] = [], moves: [AccountMove] = []
  ) {
    self.account = account
    self.person = person
    self.targetAccount = targetAccount
    self.targetPerson = targetPerson
    self.isNew = isNew
    self.merges = merges
    self.moves = moves
  }
}
