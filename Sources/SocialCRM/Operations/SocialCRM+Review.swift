public import IdentityGraph
public import SCRMModel

extension SocialCRM {
  /// Who is one person with whom around some identifiers, why, and what protection prevented; nothing is written.
  ///
  /// Identifiers that are unknown or cannot be normalised are left out. O(what the evidence around them reaches).
  /// - Throws: what the store throws; `SCRMError` with `unsupported` when the identity stage keeps no evidence.
  public func review(_ identifiers: [Identifier]) async throws -> IdentityReview {
    guard let resolver = configuration.identity as? EvidenceResolver, let kind = resolver.stateKind else {
      throw SCRMError(.unsupported, subject: "identity stage", "expected one that keeps evidence")
    }
    let keys = identifiers.flatMap { resolver.keys(of: Party([$0])).entries.map(\.key) }
    let loader = BatchLoader(store: store, configuration: configuration)
    var loaded = try await loader.begin()
    try await loader.loadDemand(ofReviewOf: keys.map { resolver.account(of: $0) }, by: resolver, kind, into: &loaded)
    return resolver.review(of: keys, in: &loaded.draft)
  }
}
