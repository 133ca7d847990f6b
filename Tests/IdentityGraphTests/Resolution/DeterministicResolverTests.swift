import IdentityGraph
import SCRMModel
import Testing

@Suite struct DeterministicResolverTests {
  @Test func `a known person with nothing new leaves the draft as it is`() throws {
    var desk = ResolutionDesk()
    let first = try desk.take(seen("1", weibo, at: 10))
    #expect(first.isNew && first.merges.isEmpty)
    let records = (desk.draft.identityChanges(), desk.draft.personChanges())
    let second = try desk.take(seen("2", weibo, at: 20))
    #expect(!second.isNew && second.person == first.person && second.account == first.account)
    #expect(desk.draft.identityChanges() == records.0)
    #expect(desk.draft.personChanges() == records.1)
    #expect(records.0.map(\.record.version) == [LogPosition(1)])
    #expect(first.person == desk.account(weibo)?.person)
  }

  @Test func `a stronger assertion is noted and a weaker one is not`() throws {
    var desk = ResolutionDesk()
    _ = try desk.take(seen("1", weibo, at: 10))
    _ = try desk.take(seen("2", Identifier(.weibo, "1001", .inPerson), at: 20))
    #expect(desk.person(weibo)?.accounts.map(\.assertion) == [.inPerson])
    #expect(desk.person(weibo)?.version == LogPosition(2))
    _ = try desk.take(seen("3", Identifier(.weibo, "1001", .inferred), at: 30))
    #expect(desk.person(weibo)?.accounts.map(\.assertion) == [.inPerson])
    #expect(desk.person(weibo)?.version == LogPosition(2))
  }

  @Test func `two people become one with the id of the account seen first`() throws {
    var desk = ResolutionDesk()
    let older = try desk.take(seen("1", weibo, at: 10))
    let younger = try desk.take(seen("2", email, at: 20))
    #expect(older.person != younger.person)
    let joined = try desk.take(seen("3", email, weibo, at: 30))
    #expect(joined.person == older.person && !joined.isNew)
    let merge = try #require(joined.merges.first)
    #expect(joined.merges.count == 1)
    #expect(merge.survivor == older.person && merge.absorbed == younger.person)
    #expect(merge.cause == EventKey("test", "3") && merge.position == LogPosition(3))
    #expect(merge.time == Instant(secondsSinceEpoch: 86_400))
    #expect(merge.accounts == [younger.account])
    #expect(Set(merge.evidence) == [older.account, younger.account])
    #expect(desk.draft.merges == joined.merges)
    #expect(desk.person(email)?.id == older.person)
    #expect(desk.person(email)?.accounts.map(\.account) == [older.account, younger.account].sorted())
    // The absorbed record is nothing but a redirect.
    let absorbed = try #require(younger.person.flatMap { desk.draft.person($0) })
    #expect(absorbed == PersonRecord(id: absorbed.id, mergedInto: older.person, version: LogPosition(3)))
  }

  @Test func `three people become one at once`() throws {
    var desk = ResolutionDesk()
    let people = try [seen("1", weibo, at: 30), seen("2", email, at: 10), seen("3", phone, at: 20)].map { interaction in
      try desk.take(interaction).person
    }
    let joined = try desk.take(seen("4", weibo, email, phone, card, at: 40))
    #expect(joined.person == people[1])
    #expect(
      Set(joined.merges.map(\.absorbed)) == [people[0], people[2]].compactMap { $0 }.reduce(into: []) { $0.insert($1) })
    #expect(joined.merges.allSatisfy { $0.survivor == people[1] && $0.evidence.count == 3 })
    #expect([weibo, email, phone, card].allSatisfy { desk.person($0)?.id == people[1] })
    #expect(desk.person(card)?.accounts.count == 4)
    // Owners of identifiers are always the survivors themselves.
    #expect(desk.draft.identityChanges().allSatisfy { $0.record.person == people[1] })
  }

  @Test func `partition and id do not depend on the order of arrival`() throws {
    let history = [
      seen("1", weibo, at: 40), seen("2", email, phone, at: 20), seen("3", weibo, phone, at: 30),
      seen("4", email, at: 10),
      seen("5", card, at: 5),
    ]
    let expected = try #require(ResolutionDesk().account(email)?.person)
    for order in permutations(of: history) {
      var desk = ResolutionDesk()
      for interaction in order { _ = try desk.take(interaction) }
      for identifier in [weibo, email, phone] {
        #expect(desk.person(identifier)?.id == expected, "\(order.map(\.key))")
      }
      #expect(desk.person(weibo)?.accounts.count == 3)
      #expect(desk.person(email)?.accounts.map(\.firstSeen.secondsSinceEpoch).sorted() == [10, 20, 30])
      #expect(desk.person(card)?.id == desk.account(card)?.person)
      // Every id ever given leads to the person, in at most as many steps as there are accounts.
      for change in desk.draft.personChanges() where change.record.id != desk.account(card)?.person {
        #expect(desk.survivor(change.record.id)?.id == expected)
      }
    }
  }

  private func permutations<Element>(of elements: [Element]) -> [[Element]] {
    guard elements.count > 1 else { return [elements] }
    return elements.indices.flatMap { index in
      var rest = elements
      let first = rest.remove(at: index)
      return permutations(of: rest).map { [first] + $0 }
    }
  }

  @Test func `a late event renames a person and the old id redirects`() throws {
    var desk = ResolutionDesk()
    let before = try desk.take(seen("1", weibo, email, at: 20))
    let first = try #require(before.person)
    let other = try #require([weibo, email].compactMap { desk.account($0)?.person }.first { $0 != first })
    let late = other == desk.account(weibo)?.person ? weibo : email
    let renamed = try desk.take(seen("2", late, at: 10))
    #expect(renamed.person == other && !renamed.isNew)
    #expect(renamed.merges.map(\.absorbed) == [first] && renamed.merges.map(\.survivor) == [other])
    #expect(desk.draft.person(first)?.mergedInto == other)
    #expect(desk.person(weibo)?.id == other && desk.person(email)?.id == other)
    // And back again: the redirect becomes the person.
    let back = try desk.take(seen("3", late == weibo ? email : weibo, at: 5))
    #expect(back.person == first)
    #expect(desk.draft.person(first)?.mergedInto == nil && desk.draft.person(other)?.mergedInto == first)
    #expect(desk.person(weibo)?.accounts.count == 2)
  }

  @Test func `redirects form a chain that ends at the survivor`() throws {
    var desk = ResolutionDesk()
    // Each step joins everyone so far to someone who was seen before them.
    let identifiers = (0..<6).map { Identifier(.user("shop"), "u\($0)") }
    var ids: [PersonID] = []
    for (step, identifier) in identifiers.enumerated() {
      let fresh = try desk.take(seen("a\(step)", identifier, at: Int64(100 - step)))
      ids.append(try #require(fresh.person))
      if step > 0 { _ = try desk.take(seen("b\(step)", identifiers[step - 1], identifier, at: 200)) }
    }
    for (step, id) in ids.dropLast().enumerated() {
      #expect(desk.draft.person(id)?.mergedInto == ids[step + 1])
      #expect(desk.survivor(id)?.id == ids.last)
    }
    #expect(desk.person(identifiers[0])?.accounts.count == 6)
  }

  @Test func `traits and consents of both are joined`() throws {
    var desk = ResolutionDesk()
    var first = try #require(try desk.take(seen("1", weibo, at: 10)).person.flatMap { desk.draft.person($0) })
    var second = try #require(try desk.take(seen("2", email, at: 20)).person.flatMap { desk.draft.person($0) })
    let granted = consent(.granted, first.accounts[0].account, "1", at: 10)
    let denied = consent(.denied, second.accounts[0].account, "2", at: 20)
    first.consents.add(granted)
    first.traits.record("city", trait("Berlin", first.accounts[0].account, "1", confidence: 0.5))
    second.consents.add(denied)
    second.traits.record("city", trait("Beijing", second.accounts[0].account, "2", confidence: 0.9))
    second.traits.record("age", trait("30", second.accounts[0].account, "2", confidence: 0.9))
    desk.draft.put(first)
    desk.draft.put(second)
    _ = try desk.take(seen("3", weibo, email, at: 30))
    let person = try #require(desk.person(weibo))
    #expect(person.traits["city"] == .string("Beijing") && person.traits["age"] == .string("30"))
    #expect(person.traits.traits.first { $0.name == "city" }?.values.count == 2)
    #expect(person.consents.records == [granted, denied])
    // Of two accounts the refusal counts.
    #expect(!person.consents.decide(.marketing, channel: nil, at: .distantFuture).isAllowed)
  }

  private func consent(
    _ decision: ConsentStatement.Decision, _ account: AccountID, _ id: String, at second: Int64
  ) -> ConsentRecord {
    ConsentRecord(
      statement: ConsentStatement(decision, .marketing), account: account,
      time: Instant(secondsSinceEpoch: second) ?? .epoch, event: EventKey("test", id))
  }

  private func trait(_ value: String, _ account: AccountID, _ id: String, confidence: Double) -> TraitValue {
    TraitValue(
      .string(value), source: "test", account: account, observed: .epoch, confidence: confidence,
      event: EventKey("test", id))
  }
}
