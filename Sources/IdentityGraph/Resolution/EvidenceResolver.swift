public import SCRMModel
import StateCoding

/// The stage that makes people of evidence, with protection, and can take a merge apart again.
///
/// It is ``EvidenceGraph`` on a store: every party of an interaction that names several identifiers, or says by what name
/// it goes, is a statement; its hub is the best identifier, an account before a contact value. Of the graph only the
/// neighbourhood of a batch is in memory. People, and which accounts they have, do not depend on the order of arrival.
/// What a person did, their traits and consents follow their accounts when people are joined and when they are parted.
///
/// ```swift
/// var settings = EvidenceResolver.Settings()
/// settings.policy.namespaces["loyalty"] = NamespacePolicy(.account, priority: 90, maximumPerPerson: 1)
/// configuration.identity = EvidenceResolver(settings)
/// ```
///
/// O(1) for a single identifier that adds nothing; otherwise O(identifiers of the people concerned, of those who share a
/// value with them, and their evidence).
public struct EvidenceResolver: Sendable {
  /// How identifiers are normalised and joined.
  public struct Settings: Sendable {
    /// The key under which account ids are hashed; give each workspace its own secret.
    ///
    /// Changing it changes all ids.
    public var idKey: [UInt8] = Array("SocialCRM".utf8)
    /// The country code, such as `86`, for telephone numbers written without one; `nil` refuses such numbers.
    public var defaultCountryCode: String?
    /// What makes people of the evidence.
    public var policy = IdentityPolicy()
    /// The traits that describe who somebody is, by which people are told apart.
    public var descriptorTraits: [(name: String, kind: IdentityDescriptor.Kind)] = [
      ("name", .name), ("birthday", .birthDate), ("city", .place),
    ]
    /// The host's own normal forms, by the kind of namespace, such as `loyalty`; they take the place of the SDK's.
    public var normalisers: [String: any IdentifierNormalising] = [:]
    /// What is refused.
    public var limits = Limits()

    /// The defaults.
    public init() {}
  }

  let settings: Settings
  let hasher: AccountHasher

  /// Creates a resolver.
  public init(_ settings: Settings = Settings()) {
    self.settings = settings
    hasher = AccountHasher(key: settings.idKey)
  }
}

extension EvidenceResolver {
  /// What makes people of the evidence.
  public var policy: IdentityPolicy { settings.policy }

  /// What an interaction says about who its customers are, as statements for an ``EvidenceGraph`` in memory.
  ///
  /// The target's is named by the event id with `target` behind a U+001F.
  public func statements(of interaction: Interaction) -> [IdentityStatement] {
    parties(of: interaction).filter { !$0.entries.isEmpty }.map { party in
      let id = interaction.key.id + (party.isTarget ? "\u{1F}target" : "")
      return IdentityStatement(
        event: EventKey(interaction.key.source, id), time: interaction.occurred.inUTC,
        identifiers: party.entries.map { IdentifierClaim($0.key, $0.identifier.assertion) },
        descriptors: party.descriptors, strength: interaction.trust)
    }
  }
}

extension EvidenceResolver: IdentityStage {
  /// The states of identifiers with evidence, and what is noted about merges and erasures.
  public var stateKind: StateKind? { StoredIdentifier.kind }

  /// Name, version and settings.
  public var fingerprint: String {
    let limits = "\(settings.limits.identifierBytes);\(settings.normalisers.fingerprint)"
    let probe = hasher.account(of: IdentifierKey(IdentifierNamespace("probe"), key: ""))
    let traits = settings.descriptorTraits.map { "\($0.name):\($0.kind.rawValue)" }.joined(separator: ",")
    let policy = ActionID(digest: SHA256.digest(settings.policy.canonicalText.utf8))
    return "evidence/1;\(settings.defaultCountryCode ?? "-");\(traits);\(limits);\(probe);\(policy)"
  }

  /// The normalised keys of a party's identifiers: accounts first, organisations and groups last, each by assertion,
  /// strongest first, then by namespace and key.
  public func keys(of party: Party) -> NormalisedParty {
    var result = NormalisedParty(
      identifiers: party.identifiers, defaultCountryCode: settings.defaultCountryCode,
      maximumBytes: settings.limits.identifierBytes, replacing: settings.normalisers)
    result.putInOrder { rank($0) }
    return result
  }

  private func rank(_ entry: NormalisedParty.Entry) -> Int {
    switch settings.policy.policy(of: entry.key.namespace).role {
    case .account: 0
    case .contact: 1
    case .organisation, .group: 2
    }
  }

  /// HMAC-SHA-256 of the key under the workspace's secret, cut to 128 bits.
  public func account(of key: IdentifierKey) -> AccountID { hasher.account(of: key) }

  /// Enters what the actor, and the target, say of their identifiers as evidence.
  public func resolve(
    _ interaction: Interaction, actor: NormalisedParty, target: NormalisedParty?, at position: LogPosition,
    now: Instant, in draft: inout PeopleDraft
  ) throws(SCRMError) -> Resolution {
    guard !actor.entries.isEmpty else {
      throw SCRMError(.missing, subject: "\(interaction.key) actor", "expected at least one usable identifier")
    }
    let isCustomer = interaction.actorRole == .customer
    // Held here, since what refers to `self` would copy it with all its settings.
    let (hasher, traits) = (hasher, settings.descriptorTraits)
    var resolution: Resolution
    if isCustomer {
      let party = StatingParty(actor, of: interaction, isTarget: false, traits)
      resolution = try resolve(party, interaction, position, now, &draft)
    } else {
      resolution = Resolution(
        account: draft.account(of: actor.entries, at: 0, mint: { hasher.account(of: $0) }), person: nil)
    }
    guard let target, !target.entries.isEmpty else { return resolution }
    resolution.targetAccount = draft.account(of: target.entries, at: 0, mint: { hasher.account(of: $0) })
    if interaction.targetRole == .customer {
      let party = StatingParty(target, of: interaction, isTarget: true, traits)
      // A target that may not come back must not undo the actor; it stays an account nobody is known behind.
      guard let found = try? resolve(party, interaction, position, now, &draft) else { return resolution }
      resolution.targetPerson = found.person
      resolution.merges += found.merges
      resolution.moves += found.moves
      // What the target showed may have moved the actor too.
      if isCustomer { resolution.person = draft.owner(of: actor.entries, at: 0)?.person }
    }
    return resolution
  }
}

/// A party of an interaction as it states who it is.
struct StatingParty {
  let entries: [NormalisedParty.Entry]
  let descriptors: [IdentityDescriptor]
  let isTarget: Bool

  /// - Parameter traits: those that describe who somebody is.
  init(
    _ party: NormalisedParty, of interaction: Interaction, isTarget: Bool,
    _ traits: [(name: String, kind: IdentityDescriptor.Kind)]
  ) {
    entries = party.entries
    self.isTarget = isTarget
    var descriptors: [IdentityDescriptor] = []
    if !isTarget, !interaction.traits.isEmpty {
      for (name, kind) in traits {
        guard let value = interaction.traits[name]?.stringValue, !value.utf8.isEmpty else { continue }
        descriptors.append(IdentityDescriptor(kind, value))
      }
    }
    self.descriptors = descriptors
  }

  /// Whether it says more than that one known account was seen again.
  func adds(to draft: PeopleDraft, _ interaction: Interaction) -> Bool {
    if entries.count != 1 || !descriptors.isEmpty { return true }
    guard let owner = draft.owner(of: entries, at: 0), let person = draft.person(behind: entries, at: 0) else {
      return false
    }
    // Nothing is older or surer than this, so the account need not be looked for.
    if person.knewAllAccounts(before: interaction.occurred),
      person.isSureOfAllAccounts(as: entries[0].identifier.assertion)
    {
      return false
    }
    let accounts = person.accounts
    for index in accounts.indices where accounts[index].account == owner.account {
      if entries[0].identifier.assertion > accounts[index].assertion { return true }
      let firstSeen = accounts[index].firstSeen
      return interaction.occurred != firstSeen
        ? interaction.occurred < firstSeen : interaction.key < accounts[index].firstEvent
    }
    return true
  }
}
