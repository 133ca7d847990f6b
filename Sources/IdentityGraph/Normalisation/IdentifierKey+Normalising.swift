public import SCRMModel

extension IdentifierKey {
  /// The key of an identifier as written, in the normal form of its namespace; O(length).
  ///
  /// ```swift
  /// let phone = try IdentifierKey(normalising: Identifier(.phone, "139 1234 5678"), defaultCountryCode: "86")
  /// ```
  ///
  /// - Parameters:
  ///   - identifier: the identifier; its assertion does not matter.
  ///   - defaultCountryCode: the country code, such as `86`, for telephone numbers written without one.
  ///   - normalisers: the host's own normal forms by the kind of namespace, in place of the SDK's.
  ///   - limits: what is refused.
  /// - Throws: ``NormalisationError``, which never repeats the value.
  public init(
    normalising identifier: Identifier, defaultCountryCode: String? = nil,
    normalisers: [String: any IdentifierNormalising] = [:], limits: Limits = Limits()
  ) throws(NormalisationError) {
    self = try IdentifierNormaliser.key(
      for: identifier, defaultCountryCode: defaultCountryCode, maximumBytes: limits.identifierBytes,
      replacing: normalisers
    ).key
  }
}
