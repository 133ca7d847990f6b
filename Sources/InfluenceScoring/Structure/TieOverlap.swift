/// How much the neighbourhoods of two connected nodes have in common: strong ties lie within circles, weak ones between.
public struct TieOverlap: Sendable, Hashable {
  /// What is taken as strength.
  public enum Measure: String, Sendable, Hashable, CaseIterable {
    /// Common neighbours over all neighbours of either, 0 … 1 (Jaccard 1901).
    case jaccard
    /// Σ over common neighbours of 1 ÷ ln(their degree): common friends with few friends say more (Adamic & Adar 2003).
    case adamicAdar
    /// Common neighbours over all neighbours of either besides the two themselves, 0 … 1; 0 where there are none (Onnela et
    /// al., *Structure and Tie Strengths in Mobile Communication Networks*, PNAS 2007).
    case neighbourhood
  }

  /// The end of each tie with the smaller number, ascending.
  public let sources: [UInt32]
  /// The other end, ascending for equal sources.
  public let targets: [UInt32]
  /// The strength of each tie.
  public let values: [Double]
}
