import IdentityGraph
import SCRMModel
import Testing

@Suite struct ResolverPolicyTests {
  @Test func `an openid means something in its app only and a unionid in all`() throws {
    var desk = ResolutionDesk()
    let one = Identifier(.wechatOpenID(app: "app-1"), "oSame")
    let two = Identifier(.wechatOpenID(app: "app-2"), "oSame")
    let union = Identifier(.wechatUnionID(account: "open"), "uSame")
    #expect(try desk.take(seen("1", one, at: 10)).person != desk.take(seen("2", two, at: 20)).person)
    _ = try desk.take(seen("3", one, union, at: 30))
    #expect(desk.person(one)?.id != desk.person(two)?.id)
    _ = try desk.take(seen("4", two, union, at: 40))
    #expect(desk.person(one)?.id == desk.person(two)?.id)
  }

  @Test func `opaque keys are compared by bytes and names by their folded form`() throws {
    var desk = ResolutionDesk()
    // Precomposed and decomposed é: equal as Swift strings, not as ids of somebody else's system.
    let (composed, decomposed) = ("caf\u{E9}", "cafe\u{301}")
    #expect(composed == decomposed)
    _ = try desk.take(seen("1", Identifier(.user("shop"), composed), at: 10))
    _ = try desk.take(seen("2", Identifier(.user("shop"), decomposed), at: 20))
    #expect(
      desk.person(Identifier(.user("shop"), composed))?.id != desk.person(Identifier(.user("shop"), decomposed))?.id)
    _ = try desk.take(seen("3", Identifier(.handle("twitter"), "@カ\u{30AC}"), at: 30))
    let known = try desk.take(seen("4", Identifier(.handle("twitter"), "＠ｶカ\u{3099}"), at: 40))
    #expect(!known.isNew)
  }

  @Test func `non-linking identifiers join nobody`() throws {
    var desk = ResolutionDesk { $0.nonLinkingKinds = ["device"] }
    // Stronger than the others, so it would lead if it linked.
    let device = Identifier(.device, "shared-tablet", .inPerson)
    let first = try desk.take(seen("1", device, weibo, at: 10))
    let second = try desk.take(seen("2", device, email, at: 20))
    #expect(first.person != second.person && second.merges.isEmpty)
    #expect(first.account == desk.account(weibo) && second.account == desk.account(email))
    #expect(desk.person(device) == nil)
    // Alone, it is somebody of its own.
    let alone = try desk.take(seen("3", device, at: 30))
    #expect(alone.isNew && alone.person == desk.account(device)?.person)
    #expect(try !desk.take(seen("4", device, weibo, at: 40)).isNew)
    #expect(desk.person(weibo)?.id == first.person)
  }

  @Test func `a non-linking identifier does not hide the person when there is a target`() throws {
    var desk = ResolutionDesk { $0.nonLinkingKinds = ["device"] }
    let resolution = try desk.take(
      seen("1", Identifier(.device, "tablet", .inPerson), weibo, at: 10, target: Party([email])))
    #expect(resolution.person == desk.account(weibo)?.person)
    #expect(resolution.targetPerson == desk.account(email)?.person)
    let keys = desk.resolver.keys(of: Party([Identifier(.device, "tablet", .inPerson), weibo]))
    #expect(keys.entries.map(\.key.namespace) == [.weibo, .device])
  }

  @Test func `more identifiers than the limit are refused and the draft stays`() throws {
    var desk = ResolutionDesk { $0.limits.identifiersPerPerson = 3 }
    _ = try desk.take(seen("1", weibo, email, at: 10))
    _ = try desk.take(seen("2", phone, card, at: 20))
    let before = (desk.draft.identityChanges(), desk.draft.personChanges(), desk.draft.merges)
    let error = #expect(throws: SCRMError.self) { try desk.take(seen("3", weibo, phone, at: 30)) }
    #expect(error?.code == .limitExceeded)
    #expect(error?.subject == "test/3 identifiers")
    #expect(desk.draft.identityChanges() == before.0)
    #expect(desk.draft.personChanges() == before.1)
    #expect(desk.draft.merges == before.2)
    // Exactly at the limit is allowed.
    _ = try desk.take(seen("4", weibo, Identifier(.user("shop"), "u"), at: 40))
    #expect(desk.person(weibo)?.accounts.count == 3)
  }

  @Test func `a target beyond the limit keeps its account and does not undo the actor`() throws {
    var desk = ResolutionDesk { $0.limits.identifiersPerPerson = 2 }
    let target = Party([email, phone, card])
    let resolution = try desk.take(seen("1", weibo, at: 10, target: target))
    #expect(resolution.isNew && resolution.person == desk.account(weibo)?.person)
    #expect(resolution.targetPerson == nil)
    // Without the account nobody could find the interaction when the target asks to be erased.
    #expect(
      resolution.targetAccount == desk.resolver.keys(of: target).entries.first.map { desk.resolver.account(of: $0.key) }
    )
    #expect(desk.person(email) == nil)
  }

  @Test(arguments: [ActorRole.staff, .brand, .automation]) func `only customers become people`(role: ActorRole) throws {
    var desk = ResolutionDesk()
    let voice = Identifier(.handle("weibo"), "OurBrand")
    let acting = try desk.take(seen("1", voice, at: 10, role: role, target: Party([weibo])))
    #expect(acting.person == nil && !acting.isNew && acting.account == desk.account(voice))
    #expect(acting.targetPerson == desk.account(weibo)?.person)
    let addressed = try desk.take(seen("2", weibo, at: 20, target: Party([voice], role: role)))
    #expect(addressed.targetPerson == nil && addressed.targetAccount == desk.account(voice))
    #expect(desk.person(voice) == nil)
    #expect(desk.draft.personChanges().count == 1)
  }

  @Test func `an addressee can join people and move the actor`() throws {
    var desk = ResolutionDesk()
    _ = try desk.take(seen("1", email, at: 10))
    // Someone answers to themselves under another account.
    let resolution = try desk.take(seen("2", weibo, at: 20, target: Party([weibo, email])))
    #expect(resolution.person == desk.account(email)?.person)
    #expect(resolution.person == resolution.targetPerson)
    #expect(resolution.merges.map(\.absorbed) == [desk.account(weibo)?.person].compactMap { $0 })
  }

  @Test func `unusable identifiers are named without their value`() throws {
    var desk = ResolutionDesk()
    let keys = desk.resolver.keys(of: Party([Identifier(.email, "secret-nobody"), weibo, Identifier(.user(), "")]))
    #expect(keys.entries.map(\.key.namespace) == [.weibo])
    #expect(keys.refused.count == 2 && keys.refused.allSatisfy { !$0.contains("secret") })
    let error = #expect(throws: SCRMError.self) {
      try desk.take(seen("1", Identifier(.email, "secret-nobody"), at: 10))
    }
    #expect(error?.code == .missing)
    #expect(desk.draft.personChanges().isEmpty)
  }

  @Test func `keys are without repetition, the strongest assertion first`() {
    let keys = ResolutionDesk().resolver.keys(
      of: Party([email, weibo, Identifier(.email, "Anna@Example.com", .verified), phone, weibo]))
    #expect(keys.entries.map(\.key.namespace) == [.email, .phone, .weibo])
    #expect(keys.entries[0].identifier.assertion == .verified)
  }

  // HMAC-SHA-256 of `kind NUL scope NUL key`, first 16 bytes, by Python's hmac and hashlib.
  @Test(arguments: [
    ("SocialCRM", "email", "", "anna@example.com", "77aa9e5e37b5ae27e72ad1a018c628e5"),
    ("SocialCRM", "wechat.openid", "app-1", "oAbC", "30833f39d72b70e12c861efe5fe5c056"),
    ("tenant-2", "email", "", "anna@example.com", "4d8cc98cd0ccacb4d57f9cbbfb12e64c"),
    ("", "email", "", "anna@example.com", "a8c1a9ba101398b61271acbf238647e0"),
  ]) func `accounts are hashed under the key of the workspace`(
    secret: String, kind: String, scope: String, key: String, expected: String
  ) {
    let desk = ResolutionDesk { $0.idKey = Array(secret.utf8) }
    #expect(desk.resolver.account(of: IdentifierKey(.init(kind, scope: scope), key: key)).description == expected)
  }

  @Test func `a key longer than a block is hashed first`() {
    let desk = ResolutionDesk { $0.idKey = [UInt8](repeating: 0xAA, count: 131) }
    #expect(
      desk.resolver.account(of: IdentifierKey(.email, key: "anna@example.com")).description
        == "99bac517cecc462b8087a19240969a08")
  }

  @Test func `the fingerprint tells every setting apart and does not hold the key`() {
    let changes: [(inout DeterministicResolver.Settings) -> Void] = [
      { _ in }, { $0.idKey = [1] }, { $0.defaultCountryCode = "86" }, { $0.nonLinkingKinds = ["device"] },
      { $0.limits.identifiersPerPerson = 7 }, { $0.limits.identifierBytes = 7 },
    ]
    let fingerprints = changes.map { ResolutionDesk($0).resolver.fingerprint }
    #expect(Set(fingerprints).count == changes.count)
    #expect(!fingerprints[0].contains("SocialCRM"))
  }

  @Test func `people of a sequence without a store`() {
    let result = DeterministicResolver().resolve([
      seen("1", weibo, at: 10), seen("2", email, at: 20), seen("3", weibo, email, at: 30), seen("4", phone, at: 40),
      seen("5", Identifier(.email, "nobody"), at: 50),
      seen("6", Identifier(.handle("x"), "brand"), at: 60, role: .brand),
    ])
    #expect(result.people.map(\.accounts.count).sorted() == [1, 2])
    #expect(result.merges.count == 1)
    #expect(result.refused.map(\.key.id) == ["5"])
  }
}
