import IdentityGraph
import SCRMModel

/// The tutorial of Documentation/Identity.md: three sources, one person, a wrong merge, its explanation, its undoing.
struct Tutorial {
  let start: Instant

  func run() throws {
    let day = { (number: Int) in start.advanced(by: .days(number)) }
    let fan = IdentifierKey(.wechatOpenID(app: "wxshop"), key: "oA1")
    let member = IdentifierKey(.loyalty("miles"), key: "880017")
    let web = IdentifierKey(.user("web"), key: "u-77")
    let phone = IdentifierKey(.phone, key: "+8613912345678")
    let mail = IdentifierKey(.email, key: "li.na@example.cn")

    // Three sources, one person.
    var graph = EvidenceGraph()
    try graph.add(
      IdentityStatement(
        event: EventKey("wechat", "login-1"), time: day(0),
        identifiers: [IdentifierClaim(fan, .verified), IdentifierClaim(phone, .verified)],
        descriptors: [IdentityDescriptor(.name, "李娜")]))
    try graph.add(
      IdentityStatement(
        event: EventKey("airline", "880017"), time: day(1),
        identifiers: [IdentifierClaim(member, .verified), IdentifierClaim(phone, .verified), IdentifierClaim(mail)],
        descriptors: [IdentityDescriptor(.name, "李娜")]))
    try graph.add(
      IdentityStatement(
        event: EventKey("web", "form-9"), time: day(2),
        identifiers: [IdentifierClaim(web, .verified), IdentifierClaim(mail)]))
    print("one person:", graph.people().count == 1, "with", graph.people()[0].identifiers.count, "identifiers")

    // A wrong merge: the model was sure, and wrong.
    let friend = IdentifierKey(.weibo, key: "1002003004")
    try graph.add(
      IdentityStatement(
        event: EventKey("weibo", "post-5"), time: day(3), identifiers: [IdentifierClaim(friend, .verified)]))
    var merges: [IdentityMerge] = []
    let changes = try graph.add(
      IdentityStatement(
        event: EventKey("model", "pair-31"), time: day(4),
        identifiers: [IdentifierClaim(friend, .inferred), IdentifierClaim(web, .inferred)], strength: 0.97),
      recording: &merges)
    guard let merge = merges.first else { return }
    print("merged:", changes.contains(.merged(absorbed: merge.absorbed, survivor: merge.survivor)))

    // Its explanation.
    for step in try graph.explain(friend, fan).path { print(" ", step) }

    // Its undoing, looked at first.
    let undo = IdentityUndo.revert(merge, reason: "asked at the counter: two people", time: day(5))
    print("would be:", try graph.preview(undo))
    try graph.undo(undo)
    print("one person:", graph.person(of: friend) == graph.person(of: fan))

    // The same evidence again changes nothing.
    try graph.add(
      IdentityStatement(
        event: EventKey("model", "pair-32"), time: day(6),
        identifiers: [IdentifierClaim(friend, .inferred), IdentifierClaim(web, .inferred)], strength: 0.97))
    print("one person:", graph.person(of: friend) == graph.person(of: fan))
    for prevented in graph.preventedJoins(around: friend) { print(" ", prevented) }

    // Somebody types the address that is not theirs.
    let thief = IdentifierKey(.user("web"), key: "u-99")
    try graph.add(
      IdentityStatement(
        event: EventKey("web", "form-13"), time: day(7),
        identifiers: [IdentifierClaim(thief, .verified), IdentifierClaim(phone)]))
    for step in try graph.explain(thief, fan).path { print(" ", step) }
  }
}
