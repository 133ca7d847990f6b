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
      switch IdentifierNormaliser.key(
        for: identifier, defaultCountryCode: defaultCountryCode, maximumBytes: maximumBytes, replacing: normalisers)
      {
      case .success(let normalised):
        if let known = entries.firstIndex(where: { $0.key == normalised.key }) {
          if entries[known].identifier.assertion < identifier.assertion { entries[known] = normalised }
        } else {
          entries.append(normalised)
        }
      case .failure(let error): refused.append("\(identifier.namespace): \(error.reason)")
      }
    }
  }
}
