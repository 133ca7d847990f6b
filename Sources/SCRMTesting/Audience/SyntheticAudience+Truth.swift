public import SCRMModel

extension SyntheticAudience {
  /// Which accounts belong to whom.
  ///
  /// What anyone can find out from the interactions is at most this: accounts that no interaction names together stay
  /// apart, and accounts of two people are never named together.
  public struct Truth: Sendable {
    let settings: Settings

    /// The number of people; they are numbered from 0, the most active first.
    public var count: Int { settings.population }

    /// All accounts of a person, whether they ever use them or not; empty when there is no such person.
    public func accounts(of person: Int) -> [Identifier] {
      guard (0..<count).contains(person) else { return [] }
      let person = SyntheticPerson(person, seed: settings.seed)
      return SyntheticPerson.Account.allCases.compactMap { person.identifier($0) }
    }

    /// The person behind every account, by the key that an identity stage gives it.
    ///
    /// O(people).
    public func owners(normalisedBy identity: some IdentityStage) -> [IdentifierKey: Int] {
      var owners: [IdentifierKey: Int] = [:]
      owners.reserveCapacity(count * 6)
      for person in 0..<count {
        for entry in identity.keys(of: Party(accounts(of: person))).entries { owners[entry.key] = person }
      }
      return owners
    }
  }
}
