public import SCRMExpressions

/// An action that a worker holds until `until`.
public struct ActionClaim: Sendable, Hashable {
  /// The action to carry out.
  public let action: ProposedAction
  /// The worker that holds it.
  public let worker: String
  /// Grows with every claim; a store refuses the answers of an older one.
  public let fence: UInt64
  /// When the claim runs out.
  public let until: Instant
  /// How often it was handed out, from 1.
  public let attempt: Int

  /// Creates a claim.
  public init(action: ProposedAction, worker: String, fence: UInt64, until: Instant, attempt: Int) {
    self.action = action
    self.worker = worker
    self.fence = fence
    self.until = until
    self.attempt = attempt
  }
}

/// An action and how it stands.
public struct OutboxItem: Sendable, Hashable, Redacted {
  /// How an action stands.
  public enum Status: Sendable, Hashable {
    /// It was held back when it was decided and is never handed out.
    case suppressed
    /// It waits to be claimed, not before the time if there is one.
    case pending(notBefore: Instant?)
    /// A worker holds it.
    case claimed(worker: String, until: Instant)
    /// It was carried out.
    case done
    /// A later fact made it wrong before anyone claimed it.
    case cancelled(reason: String)
    /// It was given up, or ran out.
    case dead(reason: String)
  }

  /// The action.
  public var action: ProposedAction
  /// How it stands.
  public var status: Status
  /// How often it was handed out.
  public var attempts: Int
  /// The fence of the latest claim, 0 before the first.
  public var fence: UInt64
  /// Why a worker gave it back last; `nil` when none did.
  ///
  /// It stays when the action is claimed again, and however that ends.
  public var retryReason: String?

  /// Creates an item.
  public init(
    action: ProposedAction, status: Status, attempts: Int = 0, fence: UInt64 = 0, retryReason: String? = nil
  ) {
    self.action = action
    self.status = status
    self.attempts = attempts
    self.fence = fence
    self.retryReason = retryReason
  }

  /// The action and how it stands, without the reasons that workers gave.
  public var redactedDescription: String {
    let standing =
      switch status {
      case .suppressed: "suppressed"
      case .pending: "pending"
      case .claimed: "claimed"
      case .done: "done"
      case .cancelled: "cancelled"
      case .dead: "dead"
      }
    return "\(action), \(standing) after \(attempts) attempts"
  }
}
