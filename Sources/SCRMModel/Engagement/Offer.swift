public import SCRMExpressions

/// The id of an offer, as the host gives it.
public struct OfferID: TextIdentifier {
  /// The text.
  public let rawValue: String
  /// Wraps a text.
  public init(_ rawValue: String) { self.rawValue = rawValue }
}

/// Something a brand can give: a promotion, a sample, an invitation, a compensation after a complaint.
public struct Offer: Sendable, Hashable, Codable {
  /// What an offer is for; the set is open.
  public struct Kind: TextIdentifier {
    /// The name.
    public let rawValue: String
    /// Wraps a name.
    public init(_ rawValue: String) { self.rawValue = rawValue }

    /// A better price.
    public static let discount: Self = "discount"
    /// A gift or sample.
    public static let gift: Self = "gift"
    /// Access to something, such as an event.
    public static let invitation: Self = "invitation"
    /// Amends for a fault.
    public static let compensation: Self = "compensation"
  }

  /// The id.
  public var id: OfferID
  /// The name.
  public var name: String
  /// What it is for.
  public var kind: Kind
  /// The products it is about; empty for any.
  public var products: [ProductID]
  /// What it is worth to the person.
  public var worth: Money?
  /// The channels it may be made on; empty for any.
  public var channels: [String]
  /// From when on it may be made; `nil` for ever.
  public var validFrom: Instant?
  /// Until when it may be made, exclusive; `nil` for ever.
  public var validUntil: Instant?
  /// How often one person may get it; `nil` without limit.
  public var limitPerPerson: Int?
  /// Whether a human has to agree each time.
  public var needsApproval: Bool

  /// Creates an offer.
  public init(
    id: OfferID, name: String, kind: Kind, products: [ProductID] = [], worth: Money? = nil, channels: [String] = [],
    validFrom: Instant? = nil, validUntil: Instant? = nil, limitPerPerson: Int? = nil, needsApproval: Bool = false
  ) {
    self.id = id
    self.name = name
    self.kind = kind
    self.products = products
    self.worth = worth
    self.channels = channels
    self.validFrom = validFrom
    self.validUntil = validUntil
    self.limitPerPerson = limitPerPerson
    self.needsApproval = needsApproval
  }

  /// Whether it may be made on a channel at a time to someone who got it `received` times before.
  public func isOpen(at time: Instant, on channel: String, received: Int = 0) -> Bool {
    validFrom.map { $0 <= time } ?? true && validUntil.map { time < $0 } ?? true
      && (channels.isEmpty || channels.contains { $0.sameBytes(as: channel) })
      && limitPerPerson.map { received < $0 } ?? true
  }
}
