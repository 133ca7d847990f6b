/// A stage on the way from a first contact to a sale; the set is open.
public struct OpportunityStage: TextIdentifier {
  /// The name.
  public let rawValue: String
  /// Wraps a name.
  public init(_ rawValue: String) { self.rawValue = rawValue }

  /// Someone showed interest.
  public static let lead: Self = "lead"
  /// Sales is in contact, such as on WeCom.
  public static let connected: Self = "connected"
  /// Need and means are known.
  public static let qualified: Self = "qualified"
  /// An offer was made.
  public static let proposal: Self = "proposal"
  /// Terms are discussed.
  public static let negotiation: Self = "negotiation"
  /// It became a sale.
  public static let won: Self = "won"
  /// It became none.
  public static let lost: Self = "lost"
}

/// The stages a host works with and the legal ways between them.
///
/// An opportunity may move forward over any number of stages, back by one stage at a time, and from every open stage to
/// a closed one. Closed stages are left only to reopen, and only where `allowsReopening` says so, to any open stage.
public struct OpportunityPipeline: Sendable, Hashable, Codable {
  /// The open stages in their order.
  public var open: [OpportunityStage]
  /// The stages that end it.
  public var closed: [OpportunityStage]
  /// Whether a closed opportunity may become open again.
  public var allowsReopening: Bool

  /// Creates a pipeline.
  public init(
    open: [OpportunityStage] = [.lead, .connected, .qualified, .proposal, .negotiation],
    closed: [OpportunityStage] = [.won, .lost], allowsReopening: Bool = false
  ) {
    self.open = open
    self.closed = closed
    self.allowsReopening = allowsReopening
  }

  /// Whether the way from one stage to another is legal; staying is, for a stage of the pipeline.
  public func allows(_ from: OpportunityStage, to: OpportunityStage) -> Bool {
    let source = open.firstIndex(of: from)
    let target = open.firstIndex(of: to)
    if let source, let target { return target >= source - 1 }
    if source != nil { return closed.contains(to) }
    guard closed.contains(from) else { return false }
    return from == to || (allowsReopening && target != nil)
  }
}
