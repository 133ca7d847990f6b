import IdentityGraph
import SCRMModel
import Testing

/// Taking apart what was joined: what moves, and what stays on record.
@Suite struct UnmergeTests {
  private let openID = IdentifierKey(.wechatOpenID(app: "shop"), key: "o1")
  private let weibo = IdentifierKey(.weibo, key: "1001")
  private let phone = IdentifierKey(.phone, key: "+8613912345678")

  private func statement(_ id: String, _ keys: [IdentifierKey], second: Int64) -> IdentityStatement {
    IdentityStatement(
      event: EventKey("test", id), time: Instant(secondsSinceEpoch: second) ?? .epoch,
      identifiers: keys.map { IdentifierClaim($0) })
  }

  private func merged() throws -> (graph: EvidenceGraph, merge: IdentityMerge) {
    var graph = EvidenceGraph()
    try graph.add(statement("1", [openID, phone], second: 1))
    try graph.add(statement("2", [weibo], second: 2))
    let ids = try [openID, weibo].map { try #require(graph.person(of: $0)) }
    var merges: [IdentityMerge] = []
    let changes = try graph.add(statement("3", [weibo, openID], second: 3), recording: &merges)
    #expect(changes == [.merged(absorbed: ids[1], survivor: ids[0])])
    #expect(merges.map(\.absorbedIdentifiers) == [[weibo]] && merges.map(\.survivorIdentifiers) == [[phone, openID]])
    return (graph, try #require(merges.first))
  }

  @Test func `what is kept by account goes back to its side, also what came after the merge`() throws {
    var (graph, merge) = try merged()
    let accounts = try [openID, weibo].map { try #require(graph.account(of: $0)) }
    var ledger = ConsentLedger()
    for (index, account) in [accounts[0], accounts[1], accounts[1]].enumerated() {
      ledger.add(
        ConsentRecord(
          statement: ConsentStatement(.granted, .marketing), account: account,
          time: Instant(secondsSinceEpoch: Int64(index * 10)) ?? .epoch, event: EventKey("test", "c\(index)")))
    }
    let ties = [TieKey(from: accounts[1], to: accounts[0])]
    let result = try graph.undo(.revert(merge, reason: "two people", time: .epoch))
    #expect(result.before.count == 1 && result.after.count == 2)
    #expect(result.changes == [.moved(from: merge.survivor, to: merge.absorbed, accounts: [accounts[1]])])
    guard case .moved(_, _, let moved)? = result.changes.first else { return }
    let (theirs, ours) = ledger.split(accounts: Set(moved))
    #expect(theirs.records.map(\.event.id) == ["c1", "c2"] && ours.records.map(\.event.id) == ["c0"])
    // A tie between the two accounts is between two people again.
    #expect(ties.allSatisfy { $0.from.person != graph.person(redirectedFrom: $0.to.person) })
    #expect(graph.evidence(at: weibo).map(\.event.id) == ["2", "3"])
  }

  @Test func `an identifier that is detached stays apart until the veto is lifted`() throws {
    var (graph, _) = try merged()
    try graph.undo(.detach(phone, reason: "a new owner", time: .epoch))
    try graph.add(statement("4", [openID, phone], second: 4))
    #expect(graph.person(of: phone) != graph.person(of: openID))
    #expect(try graph.explain(phone, openID).path.map(\.obstacle) == [.veto])
    try graph.lift(veto: 0)
    #expect(graph.person(of: phone) == graph.person(of: openID) && graph.vetoes.count == 1)
  }

  @Test func `what cannot be undone is refused and changes nothing`() throws {
    var (graph, merge) = try merged()
    let before = graph.partition
    #expect(throws: SCRMError.self) { try graph.undo(.withdraw(EventKey("test", "nothing"))) }
    #expect(throws: SCRMError.self) {
      try graph.undo(.detach(IdentifierKey(.email, key: "x"), reason: "", time: .epoch))
    }
    #expect(throws: SCRMError.self) { try graph.undo(.part([phone], from: [phone], reason: "", time: .epoch)) }
    #expect(throws: SCRMError.self) { try graph.lift(veto: 0) }
    #expect(throws: SCRMError.self) { try graph.erase(merge.absorbed.other, leavingTombstones: false) }
    #expect(throws: SCRMError.self) { try graph.add(statement("5", [], second: 1)) }
    #expect(throws: SCRMError.self) { try graph.add(statement("6", [phone, phone], second: 1)) }
    #expect(graph.partition == before && graph.vetoes.isEmpty)
  }

  @Test func `an identifier given to a group joins nobody and names its users`() throws {
    var graph = EvidenceGraph()
    for (index, key) in [openID, weibo].enumerated() {
      try graph.add(statement("\(index)", [key, phone], second: Int64(index)))
    }
    #expect(graph.person(of: openID) == graph.person(of: weibo))
    let family = GroupMembership.Whole.group(GroupID("family"))
    try graph.give(phone, to: family)
    #expect(graph.person(of: openID) != graph.person(of: weibo) && graph.person(of: phone) == nil)
    #expect(graph.users(of: phone).count == 2 && graph.owner(of: phone) == family)
    #expect(Set(graph.preventedJoins().map(\.obstacle)) == [.belongsToGroup])
    #expect(graph.memberships(by: phone).map(\.whole) == [family, family])
    graph.takeBack(phone)
    #expect(graph.person(of: openID) == graph.person(of: weibo))
  }

  @Test func `an explanation is the strongest path`() throws {
    var graph = EvidenceGraph()
    var direct = statement("direct", [openID, weibo], second: 1)
    direct.strength = 0.91
    try graph.add(direct)
    try graph.add(statement("a", [openID, phone], second: 2))
    try graph.add(statement("b", [weibo, phone], second: 3))
    let why = try graph.explain(openID, weibo)
    #expect(why.isOnePerson && why.path.map(\.to) == [phone, weibo])
    #expect(why.path.flatMap(\.evidence).map(\.event.id) == ["a", "b"])
    #expect(!"\(why)".contains("139"))
    #expect(throws: SCRMError.self) { try graph.explain(openID, IdentifierKey(.email, key: "x")) }
  }
}

extension PersonID {
  /// An id that nobody has.
  fileprivate var other: PersonID { PersonID(high: high ^ 1, low: low) }
}
