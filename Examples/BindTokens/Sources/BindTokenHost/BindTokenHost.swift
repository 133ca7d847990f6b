import Crypto
import IdentityGraph
import SealedTokens

/// An online registration and a social account become one person at the door, and a copied code does not.
@main struct BindTokenHost {
  static func main() throws {
    var desk = CheckInDesk(of: "summit-2026", key: SymmetricKey(size: .bits256))
    let registration = IdentifierKey(.user("registration"), key: "R-17")
    let fan = IdentifierKey(.wechatOpenID(app: "summit"), key: "o-1")
    let stranger = IdentifierKey(.wechatOpenID(app: "summit"), key: "o-2")
    let start = try Instant(rfc3339: "2026-05-01T08:00:00Z")
    let token = try desk.register(
      registration, mail: IdentifierKey(.email, key: "li.na@example.com"), name: "李娜", at: start)
    try desk.checkIn(token, by: fan, scan: "gate-1", at: start.advanced(by: .hours(1)))
    print("one person:", desk.graph.person(of: fan) == desk.graph.person(of: registration))
    do {
      try desk.checkIn(token, by: stranger, scan: "gate-2", at: start.advanced(by: .hours(2)))
    } catch { print("refused:", error) }
    print("the stranger is apart:", desk.graph.person(of: stranger) == nil)
  }
}
