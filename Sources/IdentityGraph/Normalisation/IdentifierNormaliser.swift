import SCRMModel

/// Chooses the normaliser of an identifier by its namespace.
enum IdentifierNormaliser {
  /// The key of an identifier, with the version of the normaliser that made it.
  static func key(
    for identifier: Identifier, defaultCountryCode: String?, maximumBytes: Int,
    replacing normalisers: [String: any IdentifierNormalising] = [:]
  ) throws(NormalisationError) -> (key: IdentifierKey, version: Int) {
    // The raw value is checked first: limits and NUL hold for every namespace.
    let raw = try OpaqueNormaliser.key(for: identifier.value, limit: maximumBytes)
    let (key, version) = try normalForm(
      of: raw, identifier.namespace.kind, defaultCountryCode, maximumBytes, normalisers)
    return (IdentifierKey(identifier.namespace, key: key), version)
  }

  private static func normalForm(
    of raw: String, _ kind: String, _ defaultCountryCode: String?, _ maximumBytes: Int,
    _ normalisers: [String: any IdentifierNormalising]
  ) throws(NormalisationError) -> (key: String, version: Int) {
    if !normalisers.isEmpty, let own = normalisers[kind] {
      // What a host's function gives is held to the same limits.
      return (try OpaqueNormaliser.key(for: own.key(for: raw), limit: maximumBytes), own.version)
    }
    switch kind {
    case "email": return (try EmailNormaliser.key(for: raw), EmailNormaliser.version)
    case "phone":
      return (try PhoneNormaliser.key(for: raw, defaultCountryCode: defaultCountryCode), PhoneNormaliser.version)
    case "handle": return (try HandleNormaliser.key(for: raw), HandleNormaliser.version)
    default: return (raw, OpaqueNormaliser.version)
    }
  }
}
