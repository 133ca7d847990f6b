public import SCRMExpressions
import StrictJSON

/// A relation between two accounts.
///
/// Ties belong to accounts and are projected to people, so that a split of a person takes its ties apart too.
public struct Tie: Sendable, Hashable, Codable, Redacted {
  /// What relates them; the set is open.
  public struct Kind: TextIdentifier {
    /// The name.
    public let rawValue: String
    /// Wraps a name.
    public init(_ rawValue: String) { self.rawValue = rawValue }

    /// A shared interest.
    public static let interest: Self = "interest"
    /// Work.
    public static let professional: Self = "professional"
    /// Family.
    public static let family: Self = "family"
    /// One follows the other.
    public static let follows: Self = "follows"
    /// One answers, shares or mentions the other.
    public static let interacts: Self = "interacts"
  }

  /// Whether it holds one way or both ways.
  public enum Direction: String, Sendable, Hashable, Codable, CaseIterable {
    /// From `from` to `to`.
    case directed
    /// Between both alike.
    case mutual
  }

  /// The account that acts.
  public var from: AccountID
  /// The account it is directed at.
  public var to: AccountID
  /// What relates them.
  public var kind: Kind
  /// Whether it holds one way or both ways.
  public var direction: Direction
  /// How strong it is, 0 … 1; assigned values are limited.
  @UnitInterval public var strength: Double
  /// When it was first observed.
  public var since: Instant
  /// When it was last observed.
  public var last: Instant

  /// Creates a tie.
  public init(
    from: AccountID, to: AccountID, kind: Kind, direction: Direction = .directed, strength: Double = 1, since: Instant,
    last: Instant? = nil
  ) {
    self.from = from
    self.to = to
    self.kind = kind
    self.direction = direction
    self.since = since
    self.last = max(since, last ?? since)
    self.strength = strength
  }

  /// The kind and the two accounts.
  public var redactedDescription: String { "\(kind) \(from) \(direction == .mutual ? "↔" : "→") \(to)" }
}
