/// What a publisher forbids or changes for a purpose and some vendors.
public struct TCFPublisherRestriction: Sendable, Hashable {
  /// What is restricted.
  public enum Kind: Int, Sendable, Hashable, Codable, CaseIterable {
    /// The purpose is flatly not allowed.
    case notAllowed = 0
    /// Consent is required, even where the vendor would rely on legitimate interest.
    case consentRequired = 1
    /// Legitimate interest is required, even where the vendor would rely on consent.
    case legitimateInterestRequired = 2
  }

  /// The purpose, 1 … 24.
  public let purpose: Int
  /// What is restricted.
  public let kind: Kind
  /// The vendors concerned.
  public let vendors: TCFVendors
}
