public import SCRMModel

/// An invented audience and what it does, for tests, benchmarks and demonstrations: no real person is in it.
///
/// People have several accounts each on WeChat, WeCom, Weibo, Twitter, e-mail, telephone, a loyalty programme and the web.
/// Few are very active and most only watch (the 90-9-1 rule, Nielsen 2006); texts are Chinese and English; some accounts
/// are joined by what people do later, some never. Deliveries are repeated, late, out of order or wrong in the shares
/// that the settings name.
///
/// ```swift
/// let audience = SyntheticAudience(.init(people: 200, interactions: 5_000, seed: 7))
/// let outcomes = try await crm.ingest(Array(audience.interactions()))
/// print(audience.truth.accounts(of: 0).count)  // the accounts that belong to the most active person
/// ```
///
/// The same settings give the same interactions on every machine. Nothing is kept in memory but the last few interactions,
/// so a million of them over a hundred thousand people can be streamed.
public struct SyntheticAudience: Sendable {
  /// How many, when, and how clean.
  public let settings: Settings

  /// Creates an audience.
  public init(_ settings: Settings = Settings()) { self.settings = settings }

  /// The interactions in the order of receipt.
  ///
  /// O(1) in time and memory for each.
  public func interactions() -> Interactions { Interactions(deliveries: deliveries()) }

  /// The interactions with what is particular about each: the person who acts, and whether it is repeated or wrong.
  public func deliveries() -> Deliveries { Deliveries(settings: settings) }

  /// What is true of the audience, whatever the interactions let anyone find out.
  public var truth: Truth { Truth(settings: settings) }

  /// The brand that the audience speaks to, on the public channels.
  public static let brand = Party(
    [Identifier(.weibo, "6000000001", .verified)], role: .brand, displayName: "Brand")
  /// The brand's account on Twitter.
  public static let internationalBrand = Party(
    [Identifier(.handle("twitter"), "@brand", .verified)], role: .brand, displayName: "Brand")
}

extension SyntheticAudience {
  /// A sequence of the interactions alone.
  public struct Interactions: Sequence, Sendable {
    let deliveries: Deliveries

    /// Begins anew.
    public func makeIterator() -> Iterator { Iterator(base: deliveries.makeIterator()) }

    /// How many there are.
    public var underestimatedCount: Int { deliveries.underestimatedCount }

    /// Makes one interaction after the other.
    public struct Iterator: IteratorProtocol, Sendable {
      var base: Deliveries.Iterator

      /// The next interaction; `nil` at the end.
      public mutating func next() -> Interaction? { base.next()?.interaction }
    }
  }
}
