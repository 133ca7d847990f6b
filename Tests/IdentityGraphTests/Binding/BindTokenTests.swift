import IdentityGraph
import Testing

/// A signer without any security, for tests: the secret and the message, summed.
private struct StubSigner: BindTokenSigning {
  var secret: UInt8 = 7

  func sign(_ message: [UInt8]) -> [UInt8] {
    (0..<16).map { place in
      message.enumerated().reduce(secret) { $0 &* 31 &+ $1.element &+ UInt8(truncatingIfNeeded: place) }
    }
  }

  func isValid(_ tag: [UInt8], of message: [UInt8]) -> Bool { tag == sign(message) }
}

/// Bind tokens join once, and nothing else does.
@Suite struct BindTokenTests {
  private let signer = StubSigner()
  private let now: Instant
  private let registration = IdentifierKey(IdentifierNamespace("registration", scope: "summit"), key: "r1")
  private let account = IdentifierKey(.wechatOpenID(app: "wx1"), key: "o6_bm")
  private let nonce = (0..<16).map { UInt8($0 * 16 + 3) }

  init() throws { now = try Instant(rfc3339: "2026-05-01T08:00:00Z") }

  private func later(_ seconds: Int64) throws -> Instant {
    try #require(Instant(secondsSinceEpoch: now.secondsSinceEpoch + seconds))
  }

  private func issued() throws -> (BindTokenLedger, BindToken) {
    var ledger = BindTokenLedger()
    let token = try ledger.issue(
      to: registration, nonce: nonce, purpose: "checkin", at: now, lifetime: 3_600, signer: signer)
    return (ledger, token)
  }

  @Test func `a token used in time is evidence in person, and joins the two`() throws {
    var (ledger, token) = try issued()
    #expect(token.text.utf8.count < 140 && !token.text.contains("r1"))
    let event = EventKey("checkin", "scan-1")
    let statement = try ledger.use(
      token.text, for: "checkin", by: account, event: event, at: try later(60), signer: signer)
    #expect(statement.identifiers.map(\.key) == [account, registration])
    #expect(statement.identifiers.allSatisfy { $0.assertion == .inPerson } && statement.strength == 1)
    var graph = EvidenceGraph()
    try graph.add(statement)
    #expect(graph.person(of: account) != nil && graph.person(of: account) == graph.person(of: registration))
    #expect(graph.evidence(at: account).map(\.assertion) == [.inPerson])

    // Delivered again, it is the same; anybody else is refused.
    #expect(
      try ledger.use(token.text, for: "checkin", by: account, event: event, at: try later(90), signer: signer)
        == statement)
    let other = IdentifierKey(.wechatOpenID(app: "wx1"), key: "thief")
    for (who, what) in [
      (other, event), (account, EventKey("checkin", "scan-2")), (other, EventKey("checkin", "scan-3")),
    ] {
      refused(.replayed, &ledger, token.text, by: who, event: what, at: try later(90))
    }
  }

  @Test func `time and purpose are kept to`() throws {
    var (ledger, token) = try issued()
    refused(.notYetValid, &ledger, token.text, at: try later(-1))
    refused(.expired, &ledger, token.text, at: try later(3_600))
    refused(.wrongPurpose, &ledger, token.text, purpose: "other", at: now)
    _ = try ledger.use(
      token.text, for: "checkin", by: account, event: EventKey("a", "b"), at: try later(3_599), signer: signer)
  }

  /// Every single change of a character, and other forgeries.
  @Test func `nothing altered is taken`() throws {
    var (ledger, token) = try issued()
    let bytes = Array(token.text.utf8)
    let before = ledger
    for place in bytes.indices {
      for replacement in [UInt8(ascii: "0"), 0x31, 0x61, 0x66, 0x41, 0x2E, 0x20, 0xFF] where bytes[place] != replacement
      {
        var altered = bytes
        altered[place] = replacement
        let text = String(decoding: altered, as: UTF8.self)
        #expect(throws: BindTokenError.self) {
          try ledger.use(text, for: "checkin", by: account, event: EventKey("a", "b"), at: now, signer: signer)
        }
      }
    }
    for text in ["", ".", "....", token.text + ".", token.text + "00", String(repeating: "a", count: 1 << 20), "\u{0}"]
    {
      refused(text.utf8.count > 300 || !text.hasSuffix("00") ? .malformed : .forged, &ledger, text, at: now)
    }
    // Signed under another secret, and signed rightly by somebody who did not issue it here.
    var elsewhere = BindTokenLedger()
    let foreign = try elsewhere.issue(
      to: registration, nonce: nonce, purpose: "checkin", at: now, lifetime: 60, signer: StubSigner(secret: 8))
    refused(.forged, &ledger, foreign.text, at: now)
    var empty = BindTokenLedger()
    refused(.forged, &empty, token.text, at: now)
    #expect(ledger == before)
  }

  @Test func `a nonce is given once, and what cannot be a token is not issued`() throws {
    var (ledger, _) = try issued()
    let before = ledger
    func fails(_ nonce: [UInt8], _ purpose: String, _ lifetime: Int) {
      let error = #expect(throws: BindTokenError.self) {
        try ledger.issue(
          to: registration, nonce: nonce, purpose: purpose, at: now, lifetime: lifetime, signer: signer)
      }
      #expect(error?.code == .invalidValue)
    }
    fails(nonce, "checkin", 60)
    let fresh = [UInt8](repeating: 1, count: 16)
    fails([1], "checkin", 60)
    for purpose in ["", "a.b", "é", String(repeating: "a", count: 49)] { fails(fresh, purpose, 60) }
    for lifetime in [0, -1, Int.max] { fails(fresh, "checkin", lifetime) }
    #expect(ledger == before)
  }

  @Test func `the ledger survives storage and forgets what has ended`() throws {
    var (ledger, token) = try issued()
    _ = try ledger.use(
      token.text, for: "checkin", by: account, event: EventKey("a", "b"), at: now, signer: signer)
    let bytes = try StrictJSONEncoder().encode(ledger)
    var restored = try StrictJSONDecoder().decode(BindTokenLedger.self, from: bytes)
    #expect(restored == ledger)
    refused(.replayed, &restored, token.text, event: EventKey("a", "c"), at: now)
    #expect(restored.forget(endedBefore: try later(3_600)) == 0)
    #expect(restored.forget(endedBefore: try later(3_601)) == 1 && restored.count == 0)
    refused(.expired, &restored, token.text, at: try later(3_601))
    #expect("\(token) \(ledger)".contains(token.nonce) == false)
  }

  private func refused(
    _ code: BindTokenError.Code, _ ledger: inout BindTokenLedger, _ text: String, purpose: String = "checkin",
    by account: IdentifierKey? = nil, event: EventKey = EventKey("x", "y"), at time: Instant
  ) {
    let before = ledger
    let error = #expect(throws: BindTokenError.self) {
      try ledger.use(text, for: purpose, by: account ?? self.account, event: event, at: time, signer: signer)
    }
    #expect(error?.code == code && ledger == before)
  }
}
