public import SCRMModel

/// How activity is weighed: a weight per kind, halved with every half-life of age.
///
/// Heat is the sum of weight × 2^(−age ÷ half-life) over the retained days: "hot" data is recent data. A person who makes
/// one comment a day for ever has a heat of about 1.44 × half-life × the weight of a comment.
public struct HeatPolicy: Sendable, Hashable {
  /// The half-life in days, above 0.
  public var halfLifeDays: Double
  /// Weights of each kind, −10^6 … 10^6, to six decimals; a kind not named has ``otherWeight``.
  public var weights: [InteractionKind: Double]
  /// The weight of kinds not named.
  public var otherWeight: Double

  /// Creates a policy; by default a half-life of 14 days, reactions weigh 1, contributions 3, purchases 5.
  public init(
    halfLifeDays: Double = 14, weights: [InteractionKind: Double] = HeatPolicy.standardWeights, otherWeight: Double = 1
  ) {
    self.halfLifeDays = halfLifeDays
    self.weights = weights
    self.otherWeight = otherWeight
  }

  /// The weights of the default policy.
  public static let standardWeights: [InteractionKind: Double] = [
    .view: 0.2, .screen: 0.2, .identify: 0, .alias: 0, .group: 0, .consent: 0, .retract: 0, .search: 0.5, .track: 0.5,
    .click: 0.5, .like: 1, .dislike: 1, .follow: 1, .join: 1, .leave: 0, .message: 2, .share: 3, .comment: 3, .post: 3,
    .review: 4, .purchase: 5, .register: 3, .checkIn: 5, .refund: 0,
  ]

  var fingerprint: String {
    let table = weights.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
    return "\(halfLifeDays);\(table);\(otherWeight)"
  }

  /// A weight in millionths, limited to ±10^12; NaN counts as 0.
  static func millionths(_ weight: Double) -> Int64 {
    weight.isNaN ? 0 : Int64((min(max(weight, -1e6), 1e6) * 1e6).rounded())
  }
}
