import SCRMModel
import StateCoding
import Testing

/// Whatever prints a value that holds personal data shows none of it.
@Suite struct RedactionTests {
  private static let secret = "MARKER7f3a"

  private func check(_ value: some Any, sourceLocation: SourceLocation = #_sourceLocation) {
    var dumped = ""
    dump(value, to: &dumped)
    dump([value], to: &dumped)
    dump(Optional(value), to: &dumped)
    let texts = [
      "\(value)", String(describing: value), String(reflecting: value), "\([value])", "\(Optional(value) as Any)",
      "\(["key": value])", dumped, "\(Result<Any, SCRMError>.success(value))",
    ]
    for text in texts {
      #expect(!text.contains(Self.secret), "\(type(of: value))", sourceLocation: sourceLocation)
      #expect(!text.contains("77, 65, 82, 75"), "bytes of \(type(of: value))", sourceLocation: sourceLocation)
    }
    // `dump` writes an element of an array on a line of its own.
    #expect(!dumped.contains("- 77\n"), "bytes of \(type(of: value))", sourceLocation: sourceLocation)
  }

  private var event: EventKey { EventKey("s", "1") }

  private func record() -> PersonRecord {
    let secret = Self.secret
    var record = PersonRecord(id: person(1), version: LogPosition(1))
    record.accounts = [link()]
    record.traits.record(secret, traitValue())
    record.consents.add(consent())
    return record
  }

  private func link() -> AccountLink {
    AccountLink(
      account: account(1), key: IdentifierKey(.email, key: Self.secret), rawValue: Self.secret, normaliserVersion: 1,
      assertion: .claimed, firstSeen: .testNow, firstEvent: event)
  }

  private func traitValue() -> TraitValue {
    TraitValue(
      .list([.string(Self.secret), .bytes(Array(Self.secret.utf8))]), source: "s", account: account(1),
      observed: .testNow, confidence: 1, event: event)
  }

  private func consent() -> ConsentRecord {
    ConsentRecord(
      statement: ConsentStatement(.granted, .marketing, channel: "sms", evidence: Self.secret), account: account(1),
      time: .testNow, event: event)
  }

  private func personalAction() -> ProposedAction {
    var personal = action(1)
    personal.parameters = ["name": .string(Self.secret), .string(Self.secret): 1]
    return personal
  }

  @Test func partsOfInteractions() throws {
    let secret = Self.secret
    let interaction = try fullInteraction(secret)
    check(interaction)
    check(interaction.actor)
    check(interaction.actor.identifiers[0])
    check(IdentifierKey(.email, key: secret))
    check(interaction.context)
    check(interaction.properties)
    check(Value.map(interaction.properties))
    for part in [
      interaction.object as Any, interaction.text as Any, interaction.place as Any, interaction.raw as Any,
      interaction.context.page as Any, interaction.context.device as Any, interaction.attachments as Any,
      interaction.consents as Any,
    ] {
      check(part)
    }
    #expect("\(interaction)" == "comment weibo/1")
    #expect("\(interaction.actor)" == "staff with 2 identifiers")
    #expect("\(IdentifierKey(.wechatOpenID(app: "wx"), key: secret))" == "wechat.openid:wx:‹redacted›")
    #expect("\(LocalizedText("abc"))" == "text of 3 bytes")
    #expect("\(RawPayload(mediaType: "a/b", bytes: [1, 2]))" == "2 bytes of a/b")
    #expect("\(interaction.consents[0])" == "denied marketing on sms")
  }

  @Test func whatIsKnownOfPeople() throws {
    check(traitValue())
    check(link())
    check(record())
    check(record().traits)
    check(record().consents)
    check(consent())
    check(consent().statement)
    check(record().consents.decide(.marketing, channel: "sms", at: .testNow))
    #expect(!record().consents.decide(.marketing, channel: "sms", at: .testNow).reason.contains(Self.secret))
    let facts = PersonFacts(record: record(), now: .testNow)
    check(facts)
    check(RuleInput(interaction: try fullInteraction(Self.secret), person: facts))
    check(SegmentOutcome(facts: facts, changes: [], previousTier: nil))
    #expect("\(record())" == "person \(person(1)) with 1 accounts")
    #expect("\(facts)" == "facts of person \(person(1))")
  }

  @Test func whatStoresHold() async throws {
    let interaction = try fullInteraction(Self.secret)
    let bytes = Array(Self.secret.utf8)
    var changes = ChangeSet("c", base: 0, events: [])
    changes.add([interaction], actor: account(1))
    changes.identities = [Change(identity(Self.secret, 1), replaces: nil)]
    changes.people = [Change(record(), replaces: nil)]
    changes.ties = [Change(TieRecord(key: tie(1, 2).key, version: .start, schema: 1, bytes: bytes), replaces: nil)]
    changes.states = [Change(state("k", .person(person(1)), bytes: bytes), replaces: nil)]
    changes.actions = [personalAction()]
    check(changes)
    check(changes.entries[0])
    check(changes.identities[0])
    check(changes.people[0])
    check(changes.ties[0].record)
    check(changes.states[0].record)
    check(PeopleDraft(identities: [identity(Self.secret, 1)], people: [record()]))
    let request = ErasureRequest(
      people: [person(1)], accounts: [account(1)], keys: [IdentifierKey(.email, key: Self.secret)])
    check(request)
    let store = InMemoryStore()
    _ = try await store.commit(changes)
    let export = await store.export(request)
    #expect(export.interactions.count == 1 && export.people.count == 1)
    check(export)
    check(try await store.claim(limit: 1, worker: "w", at: .testNow, lease: .days(1)))
    check(try await store.actions(after: nil, limit: 1))
    check(personalAction())
    check(OutboxItem(action: personalAction(), status: .dead(reason: "bounced for " + Self.secret)))
    #expect("\(personalAction())" == "reply by greet for person \(person(1))")
  }

  @Test func whatStagesAndReadersHandOn() throws {
    let secret = Self.secret
    let identifier = Identifier(.email, secret)
    check(
      NormalisedParty(
        entries: [.init(identifier: identifier, key: IdentifierKey(.email, key: secret), normaliserVersion: 1)],
        refused: ["email: no @"]))
    check(CSVRow(line: 3, fields: [secret, "b"]))
    check(InputLine(number: 2, content: .success(Array(secret.utf8)[...])))
    check(ParsedInteraction(line: 1, result: .success(try fullInteraction(secret))))
    check(Place(latitude: 1, longitude: 2, name: secret) as Any)
  }

  @Test func errorsOfStateNameNoContent() throws {
    let damaged = state("k", .person(person(1)), bytes: Array(Self.secret.utf8))
    for schema in [1, 2] {
      do throws(SCRMError) {
        _ = try damaged.decoded(schema: schema) { reader throws(StateDecodingError) in
          try ActivityHistory(from: &reader)
        }
        Issue.record("damaged state was read")
      } catch {
        check(error)
        #expect(error.code == (schema == 1 ? .corruptState : .unsupportedSchema))
        #expect(error.subject == "k p:\(person(1))")
      }
    }
  }

  @Test func foreignDocumentsAndRequests() throws {
    let secret = Self.secret
    let identity = SubjectIdentity(type: "email", value: secret)
    check(identity)
    let text =
      #"{"subject_request_id":"1","subject_request_type":"access","submitted_time":"2026-10-02T15:00:00Z","#
      + #""subject_identities":[{"identity_type":"email","identity_value":"\#(secret)","identity_format":"raw"}]}"#
    check(try SubjectRequest(json: JSON(text: text)))
    let like = #"{"type":"Like","actor":"https://a.example/\#(secret)","object":"https://b.example/\#(secret)"}"#
    let reader = ActivityStreamsReader(InterchangeDefaults(source: "s", received: .testNow))
    check(try reader.read(JSON(text: like)))
    var event = try CloudEvent(fullInteraction(secret))
    event.extensions = [CloudEventExtension("a", .string(secret))]
    check(event)
    check(event.extensions[0])
    check(event.data as Any)
  }
}
