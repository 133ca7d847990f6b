import SCRMModel

extension NormalisedParty {
  /// The keys of identifiers in the order given, each once, with its strongest assertion.
  init(
    identifiers: [Identifier], defaultCountryCode: String?, maximumBytes: Int,
    replacing normalisers: [String: any IdentifierNormalising]
  ) {
    self.init(entries: [])
    entries.reserveCapacity(identifiers.count)
    for identifier in identifiers {
      do throws(NormalisationError) {
        let (key, version) = try IdentifierNormaliser.key(
          for: identifier, defaultCountryCode: defaultCountryCode, maximumBytes: maximumBytes, replacing: normalisers)
        if let known = entries.indices.first(where: { entries[$0].key == key }) {
          if entries[known].identifier.assertion < identifier.assertion {
            entries[known] = Entry(identifier: identifier, key: key, normaliserVersion: version)
          }
        } else {
          entries.append(Entry(identifier: identifier, key: key, normaliserVersion: version))
        }
      } catch { refused.append("\(identifier.namespace): \(error.reason)") }
    }
  }
}
