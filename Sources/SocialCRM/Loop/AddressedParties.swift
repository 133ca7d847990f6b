import SCRMModel

/// The parties other than customers that a batch addresses, with their identifiers normalised and numbered.
///
/// Nearly everything is addressed to one of a brand's few accounts, which need not be normalised again each time.
struct AddressedParties {
  private static let kept = 8

  private var parties: [(party: Party, normalised: NormalisedParty)] = []

  /// The target of an interaction, if it was met.
  func find(_ interaction: Interaction) -> NormalisedParty? {
    for place in parties.indices where interaction.isAddressed(to: parties[place].party) {
      return parties[place].normalised
    }
    return nil
  }

  /// Notes the target of an interaction that was not met; customers are not noted, nor more than a few.
  mutating func note(_ normalised: NormalisedParty, of interaction: Interaction) {
    guard parties.count < Self.kept, let party = interaction.target, party.role != .customer else { return }
    parties.append((party, normalised))
  }
}
