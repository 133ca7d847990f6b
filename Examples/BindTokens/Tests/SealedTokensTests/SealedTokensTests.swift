import Crypto
import IdentityGraph
import SealedTokens
import Testing

@Suite struct SealedTokensTests {
  private let registration = IdentifierKey(.user("registration"), key: "R-17")
  private let mail = IdentifierKey(.email, key: "li.na@example.com")
  private let fan = IdentifierKey(.wechatOpenID(app: "summit"), key: "o-1")
  private let other = IdentifierKey(.wechatOpenID(app: "summit"), key: "o-2")
  private let start = Instant.epoch

  private func desk(_ event: String = "summit", key: SymmetricKey = SymmetricKey(size: .bits256)) -> CheckInDesk {
    CheckInDesk(of: event, key: key)
  }

  private func code(_ body: () throws -> Void) -> BindTokenError.Code? {
    do { try body() } catch { return (error as? BindTokenError)?.code }
    return nil
  }

  @Test func `a token joins the registration to the account that shows it, once`() throws {
    var desk = desk()
    let token = try desk.register(registration, mail: mail, name: "李娜", at: start)
    try desk.checkIn(token, by: fan, scan: "1", at: start.advanced(by: .hours(1)))
    #expect(desk.graph.person(of: fan) == desk.graph.person(of: registration))
    // The same scan delivered again is no second use; another one is.
    try desk.checkIn(token, by: fan, scan: "1", at: start.advanced(by: .hours(1)))
    #expect(code { try desk.checkIn(token, by: fan, scan: "2", at: start.advanced(by: .hours(2))) } == .replayed)
    #expect(code { try desk.checkIn(token, by: other, scan: "3", at: start.advanced(by: .hours(2))) } == .replayed)
    #expect(desk.graph.person(of: other) == nil)
  }

  @Test func `a token is refused from its end on, and before its beginning`() throws {
    var desk = desk()
    let token = try desk.register(registration, mail: mail, name: "李娜", at: start, lifetime: 60)
    #expect(code { try desk.checkIn(token, by: fan, scan: "1", at: start.advanced(by: .seconds(-1))) } == .notYetValid)
    #expect(code { try desk.checkIn(token, by: fan, scan: "1", at: start.advanced(by: .seconds(60))) } == .expired)
    try desk.checkIn(token, by: fan, scan: "1", at: start.advanced(by: .seconds(59)))
  }

  @Test func `a token of another desk, secret or event is refused`() throws {
    var (one, two) = (desk(), desk())
    let token = try one.register(registration, mail: mail, name: "李娜", at: start)
    #expect(code { try two.checkIn(token, by: fan, scan: "1", at: start) } == .forged)
    let key = SymmetricKey(size: .bits256)
    var (first, second, third) = (desk(key: key), desk(key: key), desk("party", key: key))
    let signed = try first.register(registration, mail: mail, name: "李娜", at: start)
    #expect(code { try second.checkIn(signed, by: fan, scan: "1", at: start) } == .forged)
    #expect(code { try third.checkIn(signed, by: fan, scan: "1", at: start) } == .wrongPurpose)
  }

  @Test func `a token with any bit changed is refused`() throws {
    var desk = desk()
    let token = try desk.register(registration, mail: mail, name: "李娜", at: start)
    let bytes = Array(token.utf8)
    for place in bytes.indices {
      for bit in 0..<7 {
        var changed = bytes
        changed[place] ^= 1 << bit
        let text = String(decoding: changed, as: UTF8.self)
        let refused = code { try desk.checkIn(text, by: other, scan: "1", at: start) }
        #expect(refused == .forged || refused == .malformed, "byte \(place), bit \(bit)")
      }
    }
    #expect(desk.graph.person(of: other) == nil)
  }
}
