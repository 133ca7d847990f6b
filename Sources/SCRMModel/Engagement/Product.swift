/// The id of a product, as the host gives it.
public struct ProductID: TextIdentifier {
  /// The text.
  public let rawValue: String
  /// Wraps a text.
  public init(_ rawValue: String) { self.rawValue = rawValue }
}

/// Something that can be bought or used.
public struct Product: Sendable, Hashable, Codable {
  /// The id.
  public var id: ProductID
  /// The name.
  public var name: String
  /// The brand.
  public var brand: String?
  /// The categories from the widest to the narrowest, such as `["shoes", "running"]`.
  public var categories: [String]
  /// The topics it belongs to, for matching with interests.
  public var topics: [String]
  /// The usual price of one unit.
  public var price: Money?
  /// Whether it can be had now.
  public var isAvailable: Bool

  /// Creates a product.
  public init(
    id: ProductID, name: String, brand: String? = nil, categories: [String] = [], topics: [String] = [],
    price: Money? = nil, isAvailable: Bool = true
  ) {
    self.id = id
    self.name = name
    self.brand = brand
    self.categories = categories
    self.topics = topics
    self.price = price
    self.isAvailable = isAvailable
  }
}
