public import SCRMExpressions

/// A consent string of the IAB Europe Transparency and Consent Framework, version 2.
///
/// The segments are those of "Consent string and vendor list formats v2": the core, and optionally the disclosed vendors,
/// the allowed vendors (no longer written) and the publisher's own purposes. A string that is cut off, holds a field out of
/// range or anything behind its last field is refused. There is no checksum: a string in which a consent was flipped is
/// another valid string.
///
/// ```swift
/// let consent = try TCFConsentString("COrVd1pOrVd1pACABCENAHCAAAAAAAAAAAiQAAAAAAAA")
/// print(consent.cmpID, consent.language)  // 2 EN
/// ```
public struct TCFConsentString: Sendable, Hashable, Redacted {
  /// The string.
  public let text: String
  /// When the string was first made.
  public let created: Instant
  /// When the choices were last changed.
  public let lastUpdated: Instant
  /// The consent management platform.
  public let cmpID: Int
  /// Its version.
  public let cmpVersion: Int
  /// The screen on which the choice was made.
  public let consentScreen: Int
  /// The language of that screen, two letters.
  public let language: String
  /// The version of the Global Vendor List.
  public let vendorListVersion: Int
  /// The version of the policy; 4 and 5 belong to TCF 2.2 and 2.3.
  public let policyVersion: Int
  /// Whether the choices hold for one service only.
  public let isServiceSpecific: Bool
  /// Whether the texts shown were other than the standard ones.
  public let usesNonStandardTexts: Bool
  /// The special features opted in to, 1 … 12.
  public let specialFeatures: [Int]
  /// The purposes consented to, 1 … 24.
  public let purposeConsents: [Int]
  /// The purposes for which legitimate interest was made known and not objected to.
  public let purposeLegitimateInterests: [Int]
  /// Whether purpose 1 was not asked about at all, as some countries have it.
  public let omitsPurposeOne: Bool
  /// The country of the publisher, two letters.
  public let publisherCountry: String
  /// The vendors consented to.
  public let vendorConsents: TCFVendors
  /// The vendors whose legitimate interest was made known and not objected to.
  public let vendorLegitimateInterests: TCFVendors
  /// What the publisher forbids or changes.
  public let publisherRestrictions: [TCFPublisherRestriction]
  /// The vendors that were shown; `nil` without the segment.
  public let disclosedVendors: TCFVendors?
  /// The vendors allowed out of band; `nil` without the segment.
  public let allowedVendors: TCFVendors?
  /// The choices about the publisher's own purposes; `nil` without the segment.
  public let publisherPurposes: TCFPublisherPurposes?

  /// Times and the numbers of purposes and vendors; not the choices.
  public var redactedDescription: String { "TCF string of CMP \(cmpID), updated \(lastUpdated)" }
}
