import SCRMModel

/// Chooses the normaliser of an identifier by its namespace.
enum IdentifierNormaliser {
  /// The key of an identifier, with the version of the normaliser that made it.
  static func key(
    for identifier: Identifier, defaultCountryCode: String?, maximumBytes: Int,
    replacing normalisers: [String: any IdentifierNormalising] = [:]
  ) -> Result<NormalisedParty.Entry, NormalisationError> {
    do throws(NormalisationError) {
      let key: String
      let version: Int
      // The raw value is checked first: limits and NUL hold for every namespace.
      let raw = try OpaqueNormaliser.key(for: identifier.value, limit: maximumBytes)
      if !normalisers.isEmpty, let own = normalisers[identifier.namespace.kind] {
        // What a host's function gives is held to the same limits.
        key = try OpaqueNormaliser.key(for: own.key(for: raw), limit: maximumBytes)
        return .success(
          NormalisedParty.Entry(
            identifier: identifier, key: IdentifierKey(identifier.namespace, key: key), normaliserVersion: own.version))
      }
      switch identifier.namespace.kind {
      case "email": (key, version) = (try EmailNormaliser.key(for: raw), EmailNormaliser.version)
      case "phone":
        (key, version) = (
          try PhoneNormaliser.key(for: raw, defaultCountryCode: defaultCountryCode), PhoneNormaliser.version
        )
      case "handle": (key, version) = (try HandleNormaliser.key(for: raw), HandleNormaliser.version)
      default: (key, version) = (raw, OpaqueNormaliser.version)
      }
      return .success(
        NormalisedParty.Entry(
          identifier: identifier, key: IdentifierKey(identifier.namespace, key: key), normaliserVersion: version))
    } catch { return .failure(error) }
  }
}
