public import SCRMExpressions

/// That an account is within the brand's own reach on a channel: a follower, a WeCom contact, a member of a group chat.
public struct PoolMembership: Sendable, Hashable, Codable, Redacted {
  /// The account.
  public var account: AccountID
  /// The channel; see ``Channel``.
  public var channel: String
  /// The employee it was joined through.
  public var via: StaffID?
  /// The code it was joined by, such as the `State` of a WeCom contact or the scene of a QR code.
  public var code: String?
  /// When it was joined.
  public var joined: Instant
  /// When it was left; `nil` while it lasts.
  public var left: Instant?

  /// Creates a membership.
  public init(
    account: AccountID, channel: String, via: StaffID? = nil, code: String? = nil, joined: Instant, left: Instant? = nil
  ) {
    self.account = account
    self.channel = channel
    self.via = via
    self.code = code
    self.joined = joined
    self.left = left
  }

  /// Whether it holds at a time: from `joined` on, until before `left`.
  public func isActive(at time: Instant) -> Bool {
    joined <= time && left.map { time < $0 } ?? true
  }

  /// The account and channel.
  public var redactedDescription: String { "account \(account) on \(channel)" }
}
