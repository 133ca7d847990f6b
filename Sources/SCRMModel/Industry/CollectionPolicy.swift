/// Whether what is known may be used for a purpose, and whether it is kept at all (data minimisation).
///
/// By default everything is kept and only its use is limited: what the industry profile calls irrelevant is not usable
/// for the governed purposes. With the mode ``Mode/drop`` it is removed before it is stored; see
/// ``CollectionFilter``. Consent is another question, answered by ``ConsentLedger``; both have to agree.
///
/// ```swift
/// var policy = CollectionPolicy(profile: .standard(for: .finance))
/// print(policy.usability(of: "music", for: .marketing).isUsable)  // false: taste is irrelevant in finance
/// print(policy.usability(of: "income", for: .marketing).isUsable)  // true: required
/// policy.rules.append(.init(group: .income, purpose: .sharing, relevance: .irrelevant))
/// ```
public struct CollectionPolicy: Sendable, Hashable, Codable {
  /// What is done with irrelevant data.
  public enum Mode: String, Sendable, Hashable, Codable, CaseIterable {
    /// It is kept and not used.
    case keep
    /// It is dropped before it is stored.
    case drop
  }

  /// What the industry wants.
  public var profile: IndustryProfile
  /// Which group a name belongs to.
  public var catalogue: AttributeCatalogue
  /// Decisions that go before the profile; of several that fit equally well the last counts.
  public var rules: [Rule]
  /// The purposes for which use is not limited, sorted; by default only `service`, what the person asked for.
  public var exemptPurposes: [Purpose]
  /// What is done with irrelevant data.
  public var mode: Mode

  /// Creates a policy.
  public init(
    profile: IndustryProfile, catalogue: AttributeCatalogue = .standard, rules: [Rule] = [],
    exemptPurposes: [Purpose] = [.service], mode: Mode = .keep
  ) {
    self.profile = profile
    self.catalogue = catalogue
    self.rules = rules
    self.exemptPurposes = exemptPurposes.sorted()
    self.mode = mode
  }

  /// A decision about one attribute or one group, for one purpose or for all.
  ///
  /// The more exact rule goes first: attribute and purpose, attribute, group and purpose, group.
  public struct Rule: Sendable, Hashable, Codable {
    /// The name of the trait or property; `nil` for a rule about a group.
    public let attribute: String?
    /// The group; `nil` for a rule about an attribute.
    public let group: AttributeGroup?
    /// The purpose; `nil` for all, exempt ones included only when named.
    public let purpose: Purpose?
    /// What is decided.
    public let relevance: Relevance

    /// A rule about one trait or property.
    public init(attribute: String, purpose: Purpose? = nil, relevance: Relevance) {
      self.attribute = attribute
      self.group = nil
      self.purpose = purpose
      self.relevance = relevance
    }

    /// A rule about a group.
    public init(group: AttributeGroup, purpose: Purpose? = nil, relevance: Relevance) {
      self.attribute = nil
      self.group = group
      self.purpose = purpose
      self.relevance = relevance
    }
  }

  /// Whether a trait or property may be used for a purpose, and why.
  ///
  /// O(rules).
  public func usability(of attribute: String, for purpose: Purpose) -> Usability {
    usability(attribute: attribute, group: catalogue[attribute], purpose: purpose)
  }

  /// Whether a group of attributes may be used for a purpose, and why.
  ///
  /// O(rules).
  public func usability(of group: AttributeGroup, for purpose: Purpose) -> Usability {
    usability(attribute: nil, group: group, purpose: purpose)
  }

  private func usability(attribute: String?, group: AttributeGroup?, purpose: Purpose) -> Usability {
    let isExempt = exemptPurposes.contains(purpose)
    if let rule = rule(attribute: attribute, group: group, purpose: purpose), !isExempt || rule.purpose != nil {
      return Usability(purpose: purpose, group: group, relevance: rule.relevance, reason: .rule)
    }
    if isExempt { return Usability(purpose: purpose, group: group, relevance: .useful, reason: .exemptPurpose) }
    guard let group else { return Usability(purpose: purpose, group: nil, relevance: .useful, reason: .unassigned) }
    return Usability(purpose: purpose, group: group, relevance: profile.relevance(of: group), reason: .profile)
  }

  /// The most exact rule that fits; without a purpose only rules for all purposes fit.
  private func rule(attribute: String?, group: AttributeGroup?, purpose: Purpose?) -> Rule? {
    let form = attribute.map(AttributeCatalogue.matchedForm)
    var best: (rule: Rule, rank: Int)?
    for rule in rules where rule.purpose == nil || rule.purpose == purpose {
      var rank = rule.purpose == nil ? 0 : 1
      if let name = rule.attribute {
        guard let form, AttributeCatalogue.matchedForm(name).sameBytes(as: form) else { continue }
        rank += 2
      } else {
        guard let group, rule.group == group else { continue }
      }
      if rank >= best?.rank ?? 0 { best = (rule, rank) }
    }
    return best?.rule
  }

  /// Whether the mode ``Mode/drop`` removes a trait or property.
  ///
  /// That is so when a rule for all purposes, or else the profile, calls it irrelevant and no rule for a single purpose
  /// wants it. What has no group is kept.
  public func drops(_ attribute: String) -> Bool {
    drops(attribute: attribute, group: catalogue[attribute])
  }

  /// Whether the mode ``Mode/drop`` removes a group, apart from rules about single attributes.
  public func drops(_ group: AttributeGroup) -> Bool {
    drops(attribute: nil, group: group)
  }

  private func drops(attribute: String?, group: AttributeGroup?) -> Bool {
    let general = rule(attribute: attribute, group: group, purpose: nil)?.relevance
    guard (general ?? group.map(profile.relevance(of:))) == .irrelevant else { return false }
    return rules.allSatisfy { rule in
      guard let purpose = rule.purpose else { return true }
      let exact = self.rule(attribute: attribute, group: group, purpose: purpose)
      return exact.map { $0.relevance == .irrelevant } ?? true
    }
  }
}

/// The answer of a collection policy, with its reason.
public struct Usability: Sendable, Hashable, Codable {
  /// What the answer rests on.
  public enum Reason: String, Sendable, Hashable, Codable, CaseIterable {
    /// A rule of the policy.
    case rule
    /// The industry profile.
    case profile
    /// The purpose is exempt.
    case exemptPurpose
    /// The name belongs to no group.
    case unassigned
  }

  /// The purpose asked about.
  public let purpose: Purpose
  /// The group the attribute belongs to.
  public let group: AttributeGroup?
  /// How much it is wanted.
  public let relevance: Relevance
  /// What the answer rests on.
  public let reason: Reason

  /// Whether it may be used.
  public var isUsable: Bool { relevance != .irrelevant }
}
