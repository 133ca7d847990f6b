import StrictJSON

/// The workspace (tenant) a storage handle is opened for.
public struct WorkspaceID: TextIdentifier {
  /// The text.
  public let rawValue: String
  /// Wraps a text.
  public init(_ rawValue: String) { self.rawValue = rawValue }
}

/// The system an interaction or a trait came from, such as `twitter`, `shop` or `segment:web`.
public struct SourceID: TextIdentifier {
  /// The text.
  public let rawValue: String
  /// Wraps a text.
  public init(_ rawValue: String) { self.rawValue = rawValue }
}

/// The stable id of a person: that of the account by which the person was first seen.
///
/// When two people turn out to be one, the id whose account was seen first stays and the other redirects to it.
public struct PersonID: OpaqueID {
  /// The first 64 bits.
  public let high: UInt64
  /// The last 64 bits.
  public let low: UInt64
  /// Creates an id from its bits.
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }
}

/// The id of one account: one identifier in one namespace.
///
/// Ties are kept between accounts and projected to people.
public struct AccountID: OpaqueID {
  /// The first 64 bits.
  public let high: UInt64
  /// The last 64 bits.
  public let low: UInt64
  /// Creates an id from its bits.
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }
  /// The person that is founded on this account.
  public var person: PersonID { PersonID(high: high, low: low) }
}

/// The id of a proposed action; the same decision has the same id, so a host can act on it at most once.
public struct ActionID: OpaqueID {
  /// The first 64 bits.
  public let high: UInt64
  /// The last 64 bits.
  public let low: UInt64
  /// Creates an id from its bits.
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }
}
