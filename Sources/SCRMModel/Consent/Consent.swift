public import SCRMExpressions
import StrictJSON

/// What personal data is used for.
///
/// Consent is given and checked per purpose; the set is open.
public struct Purpose: TextIdentifier {
  /// The name.
  public let rawValue: String
  /// Wraps a name.
  public init(_ rawValue: String) { self.rawValue = rawValue }

  /// Carrying out what the person asked for, such as answering a complaint.
  public static let service: Self = "service"
  /// Advertising and offers.
  public static let marketing: Self = "marketing"
  /// Building a profile: segments, scores.
  public static let profiling: Self = "profiling"
  /// Decisions without a human, in the sense of GDPR article 22 and PIPL article 24.
  public static let automatedDecision: Self = "automated_decision"
  /// Handing data over to others, in the sense of PIPL article 23.
  public static let sharing: Self = "sharing"
  /// Statistics.
  public static let analytics: Self = "analytics"
}

/// A decision about consent, as stated by a person or their device.
public struct ConsentStatement: Sendable, Hashable, Codable, Redacted {
  /// What was decided.
  public enum Decision: String, Sendable, Hashable, Codable, CaseIterable {
    /// Consent was given.
    case granted
    /// Consent was refused or withdrawn.
    case denied
  }

  /// The purpose concerned.
  public var purpose: Purpose
  /// The channel concerned; `nil` for all.
  public var channel: String?
  /// What was decided.
  public var decision: Decision
  /// How it is known: a form version, a TCF string, a signal such as GPC.
  public var evidence: String
  /// When the statement stops counting; `nil` for never.
  public var expires: Instant?

  /// Creates a statement.
  public init(
    _ decision: Decision, _ purpose: Purpose, channel: String? = nil, evidence: String = "", expires: Instant? = nil
  ) {
    self.purpose = purpose
    self.channel = channel
    self.decision = decision
    self.evidence = evidence
    self.expires = expires
  }

  /// Whether every part is the same, texts by bytes.
  public static func == (left: Self, right: Self) -> Bool {
    left.decision == right.decision && left.purpose == right.purpose && left.channel.sameBytes(as: right.channel)
      && left.evidence.sameBytes(as: right.evidence) && left.expires == right.expires
  }

  /// Hashes decision and purpose.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(decision)
    hasher.combine(purpose)
  }

  /// Decision, purpose and channel, without the evidence.
  public var redactedDescription: String { "\(decision.rawValue) \(purpose)" + (channel.map { " on " + $0 } ?? "") }
}

/// An entry of the consent ledger: a statement, the account it was made by, when, and by which interaction.
public struct ConsentRecord: Sendable, Hashable, Codable, Redacted {
  /// What was stated.
  public var statement: ConsentStatement
  /// The account that stated it; on unmerge the entry goes back with its account.
  public var account: AccountID
  /// When it was stated.
  public var time: Instant
  /// The interaction that stated it.
  public var event: EventKey

  /// Creates an entry.
  public init(statement: ConsentStatement, account: AccountID, time: Instant, event: EventKey) {
    self.statement = statement
    self.account = account
    self.time = time
    self.event = event
  }

  /// The statement without its evidence, and the account.
  public var redactedDescription: String { "\(statement) by \(account)" }
}
