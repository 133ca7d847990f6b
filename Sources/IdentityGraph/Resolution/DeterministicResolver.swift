public import SCRMModel

/// Joins people by shared identifiers: two accounts belong to one person when an interaction names both for one party.
///
/// The people are the connected components of the graph whose nodes are normalised identifiers and whose edges are the
/// interactions that name several. The partition and the ids of people do not depend on the order of interactions: a
/// person's id is that of the account that was seen first by event time.
///
/// ```swift
/// let resolver = DeterministicResolver()
/// ```
///
/// O(identifiers of the people concerned) per interaction; O(1) for a known person with the usual identifiers.
public struct DeterministicResolver: Sendable {
  /// How identifiers are normalised and joined.
  public struct Settings: Sendable {
    /// The key under which account ids are hashed; give each workspace its own secret.
    ///
    /// Changing it changes all ids.
    public var idKey: [UInt8] = Array("SocialCRM".utf8)
    /// The country code, such as `86`, for telephone numbers written without one; `nil` refuses such numbers.
    public var defaultCountryCode: String?
    /// The kinds of namespaces whose identifiers join nobody, such as a shared device: beside others they are left out.
    public var nonLinkingKinds: Set<String> = []
    /// The host's own normal forms, by the kind of namespace, such as `loyalty`; they take the place of the SDK's.
    public var normalisers: [String: any IdentifierNormalising] = [:]
    /// What is refused.
    public var limits = Limits()

    /// The defaults.
    public init() {}
  }

  private let settings: Settings
  private let hasher: AccountHasher

  /// Creates a resolver.
  public init(_ settings: Settings = Settings()) {
    self.settings = settings
    hasher = AccountHasher(key: settings.idKey)
  }
}

extension DeterministicResolver: IdentityStage {
  /// Name, version and settings.
  public var fingerprint: String {
    let kinds = settings.nonLinkingKinds.sorted().joined(separator: ",")
    let limits = "\(settings.limits.identifiersPerPerson),\(settings.limits.identifierBytes)"
    let forms = settings.normalisers.isEmpty ? "" : ";" + settings.normalisers.fingerprint
    let probe = hasher.account(of: IdentifierKey(IdentifierNamespace("probe"), key: ""))
    return "deterministic/1;\(settings.defaultCountryCode ?? "-");\(kinds);\(limits);\(probe)\(forms)"
  }

  /// The normalised keys of a party's identifiers: those that join first, then by assertion, strongest first, then by
  /// namespace and key.
  public func keys(of party: Party) -> NormalisedParty {
    var result = NormalisedParty(
      identifiers: party.identifiers, defaultCountryCode: settings.defaultCountryCode,
      maximumBytes: settings.limits.identifierBytes, replacing: settings.normalisers)
    result.putInOrder { links($0) ? 0 : 1 }
    return result
  }

  private func links(_ entry: NormalisedParty.Entry) -> Bool {
    settings.nonLinkingKinds.isEmpty || !settings.nonLinkingKinds.contains(entry.key.namespace.kind)
  }

  /// HMAC-SHA-256 of the key under the workspace's secret, cut to 128 bits.
  public func account(of key: IdentifierKey) -> AccountID { hasher.account(of: key) }

  /// Joins the identifiers of the actor, and of the target, to people.
  public func resolve(
    _ interaction: Interaction, actor: NormalisedParty, target: NormalisedParty?, at position: LogPosition,
    now: Instant, in draft: inout PeopleDraft
  ) throws(SCRMError) -> Resolution {
    guard !actor.entries.isEmpty else {
      throw SCRMError(.missing, subject: "\(interaction.key) actor", "expected at least one usable identifier")
    }
    var resolution: Resolution
    if interaction.actorRole == .customer {
      resolution = try join(actor, interaction, position, now, &draft)
    } else {
      resolution = Resolution(
        account: draft.account(of: actor.entries, at: 0, mint: { hasher.account(of: $0) }), person: nil)
    }
    if let target, !target.entries.isEmpty, let role = interaction.targetRole {
      if role == .customer {
        // A target that cannot be joined must not undo the actor; it stays an account nobody is known behind.
        guard let joined = try? join(target, interaction, position, now, &draft) else {
          resolution.targetAccount = draft.account(of: target.entries, at: 0, mint: { hasher.account(of: $0) })
          return resolution
        }
        resolution.targetAccount = joined.account
        resolution.targetPerson = joined.person
        // The target's merges may have moved the actor too.
        if !joined.merges.isEmpty {
          resolution.merges += joined.merges
          if interaction.actorRole == .customer { resolution.person = draft.owner(of: actor.entries, at: 0)?.person }
        }
      } else {
        resolution.targetAccount = draft.account(of: target.entries, at: 0, mint: { hasher.account(of: $0) })
      }
    }
    return resolution
  }

  private func join(
    _ party: NormalisedParty, _ interaction: Interaction, _ position: LogPosition, _ now: Instant,
    _ draft: inout PeopleDraft
  ) throws(SCRMError) -> Resolution {
    // The usual case first: identifiers of one known person, nothing new to note.
    if let known = settled(party, interaction, draft) { return known }
    if party.entries.count == 1, draft.owner(of: party.entries, at: 0) == nil {
      return draft.found(on: party.entries[0], interaction, at: position, mint: { hasher.account(of: $0) })
    }
    let plan = try Plan(party, interaction, settings, hasher, &draft)
    return plan.carryOut(party, interaction, position, now, &draft)
  }

  /// The person whom all identifiers lead to, when the interaction adds nothing to what is known of their accounts.
  private func settled(_ party: NormalisedParty, _ interaction: Interaction, _ draft: PeopleDraft) -> Resolution? {
    guard let first = draft.owner(of: party.entries, at: 0), let person = draft.person(behind: party.entries, at: 0)
    else { return nil }
    let isLater = person.knewAllAccounts(before: interaction.occurred)
    for place in party.entries.indices {
      // Identifiers that join nobody stand behind those that do.
      if place > 0, !settings.nonLinkingKinds.isEmpty, !links(party.entries[place]) { break }
      guard let owner = place == 0 ? first : draft.owner(of: party.entries, at: place), owner.person == first.person,
        !adds(party.entries[place].identifier.assertion, owner.account, person, interaction, isLater)
      else { return nil }
    }
    return Resolution(account: first.account, person: first.person)
  }

  /// Whether an assertion of an account adds something to what a person's record says of it.
  private func adds(
    _ assertion: Identifier.Assertion, _ account: AccountID, _ person: PersonRecord, _ interaction: Interaction,
    _ isLater: Bool
  ) -> Bool {
    // Nothing is older or surer than this, so the account need not be looked for.
    if isLater, person.isSureOfAllAccounts(as: assertion) { return false }
    let accounts = person.accounts
    for index in accounts.indices where accounts[index].account == account {
      if assertion > accounts[index].assertion { return true }
      let firstSeen = accounts[index].firstSeen
      if interaction.occurred != firstSeen { return interaction.occurred < firstSeen }
      return interaction.key < accounts[index].firstEvent
    }
    return true
  }
}
