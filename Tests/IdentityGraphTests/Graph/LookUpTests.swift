import IdentityGraph
import SCRMModel
import Testing

/// Looking up by id and by edge, in the order in which it is asked and added.
@Suite struct LookUpTests {
  private func key(_ name: String) -> IdentifierKey { IdentifierKey(.user("web"), key: name) }

  private func statement(_ id: String, _ keys: [IdentifierKey]) -> IdentityStatement {
    IdentityStatement(
      event: EventKey("test", id), time: .epoch, identifiers: keys.map { IdentifierClaim($0, .verified) })
  }

  /// Whether every id leads to the person of its identifier.
  private func isConsistent(_ graph: EvidenceGraph, _ keys: [IdentifierKey]) -> Bool {
    keys.allSatisfy { key in
      guard let account = graph.account(of: key), let person = graph.person(of: key) else { return false }
      return graph.person(redirectedFrom: account.person) == person && graph.identifiers(of: person).contains(key)
    }
  }

  @Test func `ids lead to their people whenever they are asked for, also in copies that went apart`() throws {
    var first = EvidenceGraph()
    try first.add(statement("1", [key("a"), key("b")]))
    // The second copy is made before anybody asked, and both go on.
    var second = first
    try first.add(statement("2", [key("c")]))
    try second.add(statement("2", [key("d"), key("e")]))
    #expect(isConsistent(second, ["a", "b", "d", "e"].map(key)))
    #expect(isConsistent(first, ["a", "b", "c"].map(key)))
    #expect(second.person(redirectedFrom: try #require(first.account(of: key("c"))).person) == nil)
    // A copy made after the first question, before the next identifier.
    var third = second
    try third.add(statement("3", [key("f"), key("a")]))
    try second.add(statement("3", [key("g")]))
    #expect(isConsistent(third, ["a", "b", "d", "e", "f"].map(key)))
    #expect(isConsistent(second, ["a", "b", "d", "e", "g"].map(key)))
  }

  @Test func `an erased id is forgotten, and a new identifier of the same name is a new one`() throws {
    var graph = EvidenceGraph()
    try graph.add(statement("1", [key("a"), key("b")]))
    try graph.add(statement("2", [key("c")]))
    let id = try #require(graph.person(of: key("a")))
    try graph.erase(id, leavingTombstones: false)
    #expect(graph.person(redirectedFrom: id) == nil)
    try graph.add(statement("3", [key("a"), key("d")]))
    #expect(isConsistent(graph, ["a", "c", "d"].map(key)))
  }

  @Test(arguments: [1, 11, 12, 13, 14, 20])
  func `evidence repeated between two identifiers with many others is one edge`(others: Int) throws {
    var graph = EvidenceGraph()
    let (left, right) = (key("left"), key("right"))
    try graph.add(statement("first", [left, right]))
    for index in 0..<others {
      try graph.add(statement("l\(index)", [left, key("l\(index)")]))
      try graph.add(statement("r\(index)", [right, key("r\(index)")]))
    }
    for round in 0..<3 {
      try graph.add(statement("again\(round)", round == 1 ? [right, left] : [left, right]))
    }
    let path = try graph.explain(left, right).path
    #expect(path.count == 1 && path.first?.evidence.map(\.event.id) == ["first", "again0", "again1", "again2"])
    let receipt = try graph.erase(try #require(graph.person(of: left)), leavingTombstones: false)
    #expect(receipt.edges == 2 * others + 1)
  }
}
