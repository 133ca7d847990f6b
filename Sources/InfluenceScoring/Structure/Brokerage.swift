/// How much the people around each node are connected among themselves: few such ties make it a broker.
///
/// Burt, *Structural Holes* (1992).
public struct Brokerage: Sendable, Hashable {
  /// How far the contacts of a node lead back to each other, above 0, about 1 for the tightest circles; `nil` for a node
  /// without ties.
  ///
  /// Σ over contacts j of (p(i, j) + Σ over further contacts q of p(i, q) × p(q, j))², where p(i, j) is the part of the ties of
  /// i, there and back, that it has with j. It may exceed 1 for nodes with two contacts. Low values are brokers.
  public let constraint: [Double?]
  /// How many contacts a node has that do not lead to the same people, 0 … number of contacts.
  ///
  /// Σ over contacts j of 1 − Σ over further contacts q of p(i, q) × m(j, q), where m(j, q) is the tie of j and q in terms of
  /// the strongest one of j. 0 for a node without ties.
  public let effectiveSize: [Double]
}
