public import SCRMExpressions
public import SCRMModel

/// Which registrations have a bind token, and which tokens were used: each joins once.
///
/// ```swift
/// let token = try ledger.issue(
///   to: registration, nonce: nonce, purpose: "checkin", at: now, lifetime: 86_400, signer: signer)
/// let statement = try ledger.use(token.text, for: "checkin", by: openID, event: event, at: later, signer: signer)
/// try graph.add(statement)
/// ```
///
/// A value that the host keeps with its state; commit its change together with the statement, so that a token is used
/// exactly once. Issuing and using are O(1) expected.
public struct BindTokenLedger: Sendable, Hashable {
  struct Entry: Sendable, Hashable, Codable {
    var nonce: String
    var registration: IdentifierKey
    var expires: Instant
    var use: Use?
  }

  struct Use: Sendable, Hashable, Codable {
    var event: EventKey
    var account: IdentifierKey
    var time: Instant
  }

  private var entries: [String: Entry] = [:]

  /// Creates an empty ledger.
  public init() {}

  /// How many tokens are kept.
  public var count: Int { entries.count }

  /// Issues a token for a registration; see ``BindToken`` for the parameters.
  ///
  /// - Throws: ``BindTokenError`` `invalidValue`, also for a nonce that was given before, or what the signer throws; then
  ///   nothing was issued.
  public mutating func issue(
    to registration: IdentifierKey, nonce: [UInt8], purpose: String, at issued: Instant, lifetime: Int,
    signer: some BindTokenSigning
  ) throws -> BindToken {
    let token = try BindToken(nonce: nonce, purpose: purpose, issued: issued, lifetime: lifetime, signer: signer)
    guard entries[token.nonce] == nil else {
      throw BindTokenError(.invalidValue, "the nonce was given before, expected random bytes")
    }
    entries[token.nonce] = Entry(nonce: token.nonce, registration: registration, expires: token.expires)
    return token
  }

  /// Uses a token: the account that presents it is the one that registered.
  ///
  /// The same event again (a repeated delivery) gives the same statement again.
  ///
  /// - Returns: the statement for ``EvidenceGraph/add(_:)``: the account and the registration, both in person.
  /// - Throws: ``BindTokenError``: `malformed`, `forged` (also for a token that this ledger never issued), `wrongPurpose`,
  ///   `notYetValid`, `expired`, or `replayed`; then nothing changed.
  public mutating func use(
    _ text: String, for purpose: String, by account: IdentifierKey, event: EventKey, at time: Instant,
    signer: some BindTokenSigning
  ) throws(BindTokenError) -> IdentityStatement {
    let token = try BindToken(text, signer: signer)
    guard token.purpose.sameBytes(as: purpose) else {
      throw BindTokenError(.wrongPurpose, "the token is for another purpose, expected one for \(purpose)")
    }
    guard token.issued <= time else { throw BindTokenError(.notYetValid, "the token is used before it was issued") }
    guard time < token.expires else { throw BindTokenError(.expired, "the token ended at \(token.expires)") }
    guard let entry = entries[token.nonce] else { throw BindTokenError(.forged, "the token was never issued here") }
    if let use = entry.use {
      guard use.event == event, use.account == account else {
        throw BindTokenError(.replayed, "the token was used before")
      }
      return statement(entry, use)
    }
    let use = Use(event: event, account: account, time: time)
    entries[token.nonce]?.use = use
    return statement(entry, use)
  }

  /// Forgets the tokens that ended before a time: they are refused by their own end.
  ///
  /// - Returns: how many.
  @discardableResult
  public mutating func forget(endedBefore time: Instant) -> Int {
    let before = entries.count
    entries = entries.filter { $0.value.expires >= time }
    return before - entries.count
  }

  private func statement(_ entry: Entry, _ use: Use) -> IdentityStatement {
    IdentityStatement(
      event: use.event, time: use.time,
      identifiers: [IdentifierClaim(use.account, .inPerson), IdentifierClaim(entry.registration, .inPerson)])
  }
}

extension BindTokenLedger: Codable {
  /// Reads the tokens.
  public init(from decoder: any Decoder) throws {
    for entry in try decoder.singleValueContainer().decode([Entry].self) { entries[entry.nonce] = entry }
  }

  /// Writes the tokens, ordered by nonce.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(entries.values.sorted { $0.nonce < $1.nonce })
  }
}

extension BindTokenLedger: Redacted {
  /// The number of tokens.
  public var redactedDescription: String { "\(entries.count) bind tokens" }
}
