public import SCRMModel

/// Which events a behaviour term looks at: their kinds, and a condition over `event`.
public struct EventSelection: Sendable, Hashable {
  /// The kinds in byte order, each once; empty for every kind.
  public let kinds: [InteractionKind]
  /// A condition over `event.amount` and the other declared fields; `nil` for none.
  ///
  /// An event about which it is undecided does not count.
  public let filter: ExpressionTree?

  /// Creates a pattern.
  public init(_ kinds: [InteractionKind], where filter: ExpressionTree? = nil) {
    let sorted = kinds.sorted { $0.rawValue.byteOrder($1.rawValue) == .ascending }
    self.kinds = sorted.enumerated().filter { $0.offset == 0 || sorted[$0.offset - 1] != $0.element }.map(\.element)
    self.filter = filter
  }

  /// Creates a pattern of one kind.
  public init(_ kind: InteractionKind, where filter: ExpressionTerm<Bool>? = nil) {
    self.init([kind], where: filter?.tree)
  }
}

extension EventSelection: ExpressibleByStringLiteral {
  /// The pattern of one kind.
  public init(stringLiteral value: String) { self.init([InteractionKind(value)]) }
}
