/// The choices about the purposes of the publisher itself.
public struct TCFPublisherPurposes: Sendable, Hashable {
  /// The purposes consented to, 1 … 24.
  public let consents: [Int]
  /// The purposes for which legitimate interest was made known and not objected to.
  public let legitimateInterests: [Int]
  /// The publisher's custom purposes consented to, from 1.
  public let customConsents: [Int]
  /// The custom purposes for which legitimate interest was made known and not objected to.
  public let customLegitimateInterests: [Int]
}
