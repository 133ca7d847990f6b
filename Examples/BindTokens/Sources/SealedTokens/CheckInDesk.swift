public import Crypto
public import IdentityGraph

/// The desk of an event: gives tokens to those who register online, and takes them from those who come.
public struct CheckInDesk {
  private let signer: SealedTokenSigner
  private let event: String
  private var ledger = BindTokenLedger()
  /// Who is who, by what the desk saw.
  public private(set) var graph = EvidenceGraph()

  /// Opens the desk of an event, named as the purpose of a token is.
  public init(of event: String, key: SymmetricKey) {
    self.event = event
    signer = SealedTokenSigner(key: key)
  }

  /// Takes a registration in and gives the text for its code.
  public mutating func register(
    _ registration: IdentifierKey, mail: IdentifierKey, name: String, at time: Instant, lifetime: Int = 86_400
  ) throws -> String {
    try graph.add(
      IdentityStatement(
        event: EventKey("registration", registration.key), time: time,
        identifiers: [IdentifierClaim(registration, .verified), IdentifierClaim(mail)],
        descriptors: [IdentityDescriptor(.name, name)]))
    var random = SystemRandomNumberGenerator()
    let nonce = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    return try ledger.issue(
      to: registration, nonce: nonce, purpose: event, at: time, lifetime: lifetime, signer: signer
    ).text
  }

  /// Takes the token that somebody shows; then the account that scanned it and the registration are one person.
  public mutating func checkIn(_ text: String, by account: IdentifierKey, scan: String, at time: Instant) throws {
    let statement = try ledger.use(
      text, for: event, by: account, event: EventKey("check-in", scan), at: time, signer: signer)
    try graph.add(statement)
  }
}
