public import SCRMModel

/// The members of a segment parted by whether their data may be used: what may leave in an export, and why the rest may not.
public struct ConsentedMembers: Sendable, Hashable {
  /// Whose data may be used for the purpose.
  public var allowed = MembershipSet()
  /// How many may not, by what that rests on.
  public var refused: [ConsentDecision.Basis: Int] = [:]

  /// Creates an empty result.
  public init() {}
}

extension MembershipSet {
  /// Parts the members by their consent; every export goes through it.
  ///
  /// O(members × their statements).
  /// - Parameters:
  ///   - purpose: what the data is for.
  ///   - channel: where it goes; `nil` for all channels.
  ///   - time: the moment at which the decision holds.
  ///   - policy: what holds for whoever said nothing.
  ///   - consents: the statements of a person by number; whose statements are not known has made none.
  public func consenting(
    to purpose: Purpose, channel: String? = nil, at time: Instant, policy: ConsentPolicy = ConsentPolicy(),
    consents: (UInt32) -> ConsentLedger?
  ) -> ConsentedMembers {
    var found = ConsentedMembers()
    var allowed: [UInt32] = []
    let nothing = ConsentLedger()
    for person in self {
      let decision = (consents(person) ?? nothing).decide(purpose, channel: channel, at: time, policy: policy)
      if decision.isAllowed { allowed.append(person) } else { found.refused[decision.basis, default: 0] += 1 }
    }
    found.allowed = MembershipSet(allowed)
    return found
  }
}
