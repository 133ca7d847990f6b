import SocialCRM
import Testing

@Suite struct OutcomeTests {
  @Test func `new, repeated and forged interactions`() async throws {
    let (crm, store) = try await openPlain()
    let comment = done(.comment, "I want a refund", id: "1")
    let first = try await crm.ingest(one: comment)
    #expect(first.disposition == .accepted(LogPosition(2)) && first.isNewPerson && first.proposed == ["refund"])
    let before = await store.snapshot()
    var again = comment
    again.received = hour(5)
    let repeated = try await crm.ingest(one: again)
    #expect(repeated.isDuplicate && repeated.person == nil && repeated.actions.isEmpty)
    var forged = comment
    forged.text = LocalizedText("another text")
    let refused = try await crm.ingest(one: forged)
    #expect(refused.refusal?.code == .conflictingBody && refused.refusal?.subject == "test/1")
    // The same id in another source is another interaction.
    #expect(await store.snapshot() == before)
    forged.key = EventKey("other", "1")
    #expect(try await crm.ingest(one: forged).isAccepted)
  }

  @Test(arguments: [1, 2, 100]) func `repetitions within a call are judged as if they came one by one`(
    batchSize: Int
  ) async throws {
    let (crm, store) = try await openPlain(batchSize: batchSize)
    var forged = done(id: "1")
    forged.kind = .like
    let outcomes = try await crm.ingest([
      done(id: "1"), done(id: "1"), forged, done(id: "2"), done(id: "1", received: 1), done(id: ""),
    ])
    #expect(outcomes.map(\.isAccepted) == [true, false, false, true, false, false])
    #expect(outcomes.map(\.isDuplicate) == [false, true, false, false, true, false])
    #expect(outcomes.map(\.refusal?.code) == [nil, nil, .conflictingBody, nil, nil, .missing])
    #expect(await store.interactionKeys.map(\.id) == ["1", "2"])
  }

  @Test(arguments: [1, 2, 100]) func `what was refused does not stand in the way of the same key`(
    batchSize: Int
  ) async throws {
    var settings = DeterministicResolver.Settings()
    settings.limits.identifiersPerPerson = 2
    let identity = DeterministicResolver(settings)
    let (crm, store) = try await openPlain(batchSize: batchSize) { $0.identity = identity }
    let known = done(id: "0") { $0.actor.identifiers.append(Identifier(.email, "anna@example.com")) }
    let tooMany = done(id: "1") { $0.actor.identifiers.append(Identifier(.phone, "+8613800138000")) }
    let outcomes = try await crm.ingest([known, tooMany, tooMany, done(id: "1"), done(id: "1"), tooMany])
    #expect(outcomes.map(\.isAccepted) == [true, false, false, true, false, false])
    #expect(outcomes.map(\.refusal?.code) == [nil, .limitExceeded, .limitExceeded, nil, nil, .conflictingBody])
    #expect(outcomes[4].isDuplicate)
    #expect(await store.interactionKeys.map(\.id) == ["0", "1"])
  }

  private static let limits: Limits = {
    var limits = Limits()
    limits.identifierBytes = 8
    limits.identifiersPerParty = 2
    limits.textBytes = 5
    limits.properties = 3
    limits.nesting = 2
    limits.rawBytes = 4
    limits.attachments = 1
    limits.clockSkewSeconds = 60
    return limits
  }()

  private typealias Change = @Sendable (inout Interaction) -> Void

  private static func party(_ count: Int) -> Party { Party((0..<count).map { Identifier(.weibo, "w\($0)") }) }

  private static func nested(_ levels: Int) -> ValueMap {
    var value = Value.int(1)
    for _ in 1..<levels { value = .list([value]) }
    return ["a": value]
  }

  private static let refused: [(code: SCRMError.Code, change: Change)] = [
    (.missing, { $0.key = EventKey("s", "") }), (.missing, { $0.key = EventKey("", "i") }),
    (.missing, { $0.kind = "" }),
    (.limitExceeded, { $0.key = EventKey("s", "123456789") }),
    (.limitExceeded, { $0.key = EventKey("123456789", "i") }),
    (.limitExceeded, { $0.kind = "123456789" }), (.limitExceeded, { $0.key = EventKey("s", "长长长") }),
    (.invalidValue, { $0.key = EventKey("s", "a\0") }), (.invalidValue, { $0.key = EventKey("s\0", "a") }),
    (.invalidValue, { $0.kind = "k\0" }), (.missing, { $0.revision = .retracts("") }),
    (.invalidValue, { $0.revision = .retracts("e") }), (.invalidValue, { $0.revision = .replaces("e\0") }),
    (.limitExceeded, { $0.revision = .replaces("123456789") }), (.missing, { $0.actor = Party([]) }),
    (.limitExceeded, { $0.actor = party(3) }), (.limitExceeded, { $0.target = party(3) }),
    (.limitExceeded, { $0.attachments = [Attachment(.image), Attachment(.image)] }),
    (.limitExceeded, { $0.text = LocalizedText("123456") }), (.limitExceeded, { $0.text = LocalizedText("长长") }),
    (.limitExceeded, { $0.raw = RawPayload(mediaType: "a", bytes: [1, 2, 3, 4, 5]) }),
    (.limitExceeded, { $0.properties = ["a": 1, "b": 2, "c": 3, "d": 4] }),
    (.limitExceeded, { $0.properties = ["a": .list([1, 2, 3])] }),
    (.limitExceeded, { $0.traits = ["a": 1, "b": 2, "c": 3, "d": 4] }),
    (.limitExceeded, { $0.context.extra = ["a": 1, "b": 2, "c": 3, "d": 4] }),
    (.limitExceeded, { $0.properties = nested(3) }),
    (.timeOutOfRange, { $0.occurred = $0.received.advanced(by: .seconds(61)) }),
    (.timeOutOfRange, { $0.occurred = .distantFuture }),
    (.invalidValue, { $0.actor = Party(.email, "secret") }), (.invalidValue, { $0.actor = Party(.weibo, "a\0") }),
  ]

  @Test(arguments: refused.indices) func `every limit refuses, without a word of the content`(index: Int) async throws {
    let (crm, store) = try await openPlain { $0.limits = Self.limits }
    let before = await store.snapshot()
    let interaction = done(id: "e", with: Self.refused[index].change)
    let outcome = try await crm.ingest(one: interaction)
    #expect(outcome.refusal?.code == Self.refused[index].code, "\(outcome)")
    #expect(outcome.refusal?.description.contains("secret") == false)
    #expect(await store.snapshot() == before)
    // Others in the batch are not concerned.
    #expect(try await crm.ingest([interaction, done(id: "f")])[1].isAccepted)
  }

  private static let accepted: [Change] = [
    { $0.key = EventKey("12345678", "12345678") }, { $0.kind = "12345678" }, { $0.actor = party(2) },
    { $0.attachments = [Attachment(.image)] }, { $0.text = LocalizedText("12345") },
    { $0.raw = RawPayload(mediaType: "a", bytes: [1, 2, 3, 4]) }, { $0.properties = ["a": 1, "b": 2, "c": 3] },
    { $0.properties = nested(2) }, { $0.occurred = $0.received.advanced(by: .seconds(60)) },
    { $0.occurred = .distantPast }, { $0.text = LocalizedText("\0") },
  ]

  @Test(arguments: accepted.indices) func `exactly at a limit is accepted`(index: Int) async throws {
    let (crm, _) = try await openPlain { $0.limits = Self.limits }
    let outcome = try await crm.ingest(one: done(id: "e", with: Self.accepted[index]))
    #expect(outcome.isAccepted, "\(outcome)")
  }

  @Test func `unusable identifiers beside a usable one are named`() async throws {
    let (crm, _) = try await openPlain()
    let outcome = try await crm.ingest(
      one: done(id: "1") {
        $0.actor.identifiers.append(Identifier(.email, "secret"))
        $0.target = Party([Identifier(.phone, "secret"), Identifier(.weibo, "b")])
      })
    #expect(outcome.isAccepted && outcome.unusableIdentifiers.count == 2)
    #expect(outcome.unusableIdentifiers.allSatisfy { !$0.contains("secret") })
  }

  @Test func `an outcome tells people, traits, tier, segments and actions`() async throws {
    let (crm, _) = try await openPlain()
    let bought = try await crm.ingest(one: done(.purchase, id: "1") { $0.traits = ["city": "Berlin"] })
    #expect(bought.changedTraits == ["city"])
    #expect(bought.tierChange?.from == .silent && bought.tierChange?.to == .occasional)
    #expect(bought.segments.map(\.segment) == ["buyers"] && bought.proposed == ["first-order", "welcome"])
    let same = try await crm.ingest(one: done(.purchase, id: "2", at: 1) { $0.traits = ["city": "Berlin"] })
    #expect(same.changedTraits.isEmpty && same.tierChange == nil && same.segments.isEmpty && same.proposed.isEmpty)
    let mail = try await crm.ingest(one: done(id: "3", at: 2) { $0.actor = Party(.email, "anna@example.com") })
    let joined = try await crm.ingest(
      one: done(id: "4", at: 3) { $0.actor.identifiers.append(Identifier(.email, "anna@example.com")) })
    #expect(
      mail.isNewPerson && joined.person == bought.person
        && joined.merges.map(\.absorbed) == [mail.person].compactMap { $0 })
    let brand = try await crm.ingest(one: done(id: "5", at: 4) { $0.actor.role = .brand })
    #expect(brand.isAccepted && brand.person == nil && brand.actions.isEmpty)
  }
}
