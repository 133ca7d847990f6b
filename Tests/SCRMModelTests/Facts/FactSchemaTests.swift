import SCRMModel
import Testing

@Suite struct FactSchemaTests {
  private let now = Instant(secondsSinceEpoch: 1_750_000_000) ?? .epoch

  @Test func pathsBecomeFieldsOfRecords() throws {
    let schema = try FactSchema([
      Fact("person.city", .string), Fact("tags", .list(.string), .tag), Fact("person.home.rooms", .int),
      Fact("person.常住城市", .string),
    ])
    let environment = schema.environment()
    let program = try environment.compile(
      "person.city == '上海' && 'vip' in tags && person.home.rooms > 2 && person.`常住城市` != ''")
    var activation = ExpressionActivation(environment)
    for (name, value) in [
      ("person.city", Value.string("上海")), ("tags", .list([.string("vip")])), ("person.home.rooms", .int(3)),
      ("person.常住城市", .string("x")),
    ] { try activation.set(#require(environment.slot(name)), value) }
    #expect(program.verdict(activation) == .match)
    #expect(throws: ExpressionError.self) { try environment.compile("person.town == 'x'") }
  }

  @Test(arguments: ["", "person", "person.city.part", "person.city", "in.a", "a..b", "a.b`c"])
  func refusesPathsThatCannotBeNamed(_ name: String) throws {
    var schema = try FactSchema([Fact("person.city", .string)])
    #expect(throws: SCRMError.self) { try schema.declare(Fact(name, .string)) }
    #expect(schema.facts.count == 1)
  }

  @Test func jsonRoundTrip() throws {
    #expect(try FactSchema(jsonText: FactSchema.standard.jsonText) == .standard)
    #expect(throws: JSONError.self) {
      try FactSchema(jsonText: #"{"facts":[{"name":"a","type":"list(","origin":"trait"}]}"#)
    }
  }

  @Test func readsWhatIsKnownOfAPerson() throws {
    var traits = TraitLedger()
    traits.record(
      "city",
      TraitValue(
        .string("上海"), source: "crm", account: AccountID(high: 1, low: 1), observed: now, confidence: 1,
        event: EventKey("crm", "1")))
    let record = PersonRecord(id: PersonID(high: 1, low: 1), traits: traits)
    let facts = PersonFacts(
      record: record, membership: SegmentMembership(["buyers"]), scores: ["influence": 7], now: now)
    let reader = FactReader(
      try FactSchema([
        Fact("person.city", .string), Fact("person.age", .int), Fact("influence.score", .double, .influence),
        Fact("segments", .list(.string), .segment), Fact("consent.marketing", .bool, .consent),
        Fact("identity.accounts", .int, .identity),
      ]))
    #expect(
      reader.row(of: facts)
        == [.string("上海"), nil, .double(7), .list([.string("buyers")]), .bool(false), .int(0)])
  }
}
