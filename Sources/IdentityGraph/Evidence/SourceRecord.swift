public import SCRMExpressions
public import SCRMModel

/// A record of a source system: an account there with the identifiers and descriptors written beside it.
public struct SourceRecord: Sendable, Hashable, Codable, Redacted {
  /// The system and the number of the record there.
  public var key: EventKey
  /// When the record was made or last changed.
  public var time: Instant
  /// The identifiers as written.
  public var identifiers: [Identifier]
  /// The descriptors as written; empty ones are left out.
  public var descriptors: [IdentityDescriptor]

  /// Creates a record.
  public init(
    _ key: EventKey, time: Instant = .epoch, identifiers: [Identifier], descriptors: [IdentityDescriptor] = []
  ) {
    self.key = key
    self.time = time
    self.identifiers = identifiers
    self.descriptors = descriptors
  }

  /// The identifier the record itself has: the hub of its statement, in the namespace `record:` and the source.
  public var hub: IdentifierKey {
    IdentifierKey(IdentifierNamespace("record", scope: key.source.rawValue), key: key.id)
  }

  /// The statement of the record, and what could not be used, without its value.
  ///
  /// An identifier that cannot be normalised, or an empty descriptor, is left out; the rest stands. O(identifiers²).
  /// - Parameters:
  ///   - defaultCountryCode: the country code, such as `86`, for telephone numbers written without one.
  ///   - normalisers: the host's own normal forms by the kind of namespace, in place of the SDK's.
  ///   - limits: what is refused.
  public func statement(
    defaultCountryCode: String? = nil, normalisers: [String: any IdentifierNormalising] = [:], limits: Limits = Limits()
  ) -> (statement: IdentityStatement, refused: [NormalisationError]) {
    var claims = [IdentifierClaim(hub, .verified)]
    var refused: [NormalisationError] = []
    for identifier in identifiers {
      do throws(NormalisationError) {
        let key = try IdentifierNormaliser.key(
          for: identifier, defaultCountryCode: defaultCountryCode, maximumBytes: limits.identifierBytes,
          replacing: normalisers
        ).key
        if let known = claims.firstIndex(where: { $0.key == key }) {
          claims[known].assertion = max(claims[known].assertion, identifier.assertion)
        } else {
          claims.append(IdentifierClaim(key, identifier.assertion))
        }
      } catch { refused.append(error) }
    }
    let described = descriptors.filter { !$0.value.utf8.isEmpty }
    return (IdentityStatement(event: key, time: time, identifiers: claims, descriptors: described), refused)
  }

  /// The key and counts.
  public var redactedDescription: String { "\(key) with \(identifiers.count) identifiers" }
}
