import SCRMModel

extension PeopleDraft {
  /// Puts a new person on one new identifier, whose account `mint` gives when it is asked first.
  mutating func found(
    on entry: NormalisedParty.Entry, _ interaction: Interaction, at position: LogPosition,
    mint: (IdentifierKey) -> AccountID
  ) -> Resolution {
    let account = account(of: entry.key, mint: mint)
    let link = AccountLink(
      account: account, key: entry.key, rawValue: entry.identifier.value, normaliserVersion: entry.normaliserVersion,
      assertion: entry.identifier.assertion, firstSeen: interaction.occurred.inUTC, firstEvent: interaction.key)
    put(PersonRecord(id: account.person, accounts: [link], version: position))
    put(IdentityRecord(key: entry.key, account: account, person: account.person, version: position))
    return Resolution(account: account, person: account.person, isNew: true)
  }
}
