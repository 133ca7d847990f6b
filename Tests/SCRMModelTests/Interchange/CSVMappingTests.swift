import SCRMModel
import Testing

@Suite struct CSVMappingTests {
  /// The mapping of the "Customer Support on Twitter" table, as in the documentation.
  static let twitterJSON = #"""
    {"source":"twitter","id":"tweet_id",
    "kind":{"column":"in_response_to_tweet_id","values":{"":"post"},"default":"comment"},
    "actor":{"ids":[
    {"column":"author_id","namespace":"user:twitter","assertion":"verified","role":"customer"},
    {"column":"author_id","namespace":"handle:twitter","assertion":"verified","role":"brand"}],
    "role":{"column":"inbound","values":{"False":"brand","True":"customer"}}},
    "target":{"ids":[{"mention":true,"namespace":"user:twitter","role":"customer"},
    {"mention":true,"namespace":"handle:twitter","role":"brand"}],
    "role":{"column":"inbound","values":{"False":"customer","True":"brand"}}},
    "text":{"column":"text","language":"en"},
    "time":{"column":"created_at","format":"EEE MMM dd HH:mm:ss Z yyyy"},
    "inReplyTo":"in_response_to_tweet_id","channel":"twitter",
    "properties":[{"column":"response_tweet_id","name":"responses"}]}
    """#.replacing("\n", with: "")

  private func parser(_ json: String) throws -> CSVInteractionParser {
    try CSVInteractionParser(mapping: try CSVMapping(jsonText: json), received: .testNow)
  }

  @Test func twitterRows() throws {
    var parser = try parser(Self.twitterJSON)
    let table = """
      tweet_id,author_id,inbound,created_at,text,response_tweet_id,in_response_to_tweet_id
      11,helpdesk,False,Tue Oct 31 22:10:47 +0000 2017,"@501 Please write to us,
      we can help.",12,13
      12,501,True,Tue Oct 31 22:11:45 +0000 2017,@helpdesk how?,"14,15",
      """
    let results = parser.parse(Array(table.utf8))
    #expect(results.map(\.line) == [2, 4])
    let first = try #require(results[0].interaction)
    #expect(first.key == EventKey("twitter", "11"))
    #expect(first.kind == .comment)
    #expect(first.actor == Party([Identifier(.handle("twitter"), "helpdesk", .verified)], role: .brand))
    #expect(first.target == Party([Identifier(.user("twitter"), "501")], role: .customer))
    #expect(first.text == LocalizedText("@501 Please write to us,\nwe can help.", language: "en"))
    #expect(first.occurred.description == "2017-10-31T22:10:47+00:00")
    #expect(first.received == .testNow)
    #expect(first.context.inReplyTo == EventKey("twitter", "13"))
    #expect(first.context.channel == "twitter")
    #expect(first.properties == ["responses": "12"])
    let second = try #require(results[1].interaction)
    #expect(second.kind == .post)
    #expect(second.actor == Party([Identifier(.user("twitter"), "501", .verified)], role: .customer))
    #expect(second.target == Party([Identifier(.handle("twitter"), "helpdesk")], role: .brand))
    #expect(second.context.inReplyTo == nil)
    try expectByteIdenticalJSON(first)
    try expectByteIdenticalJSON(second)
  }

  @Test func everyField() throws {
    let json = #"""
      {"source":"shop","delimiter":"semicolon","id":"no","kind":{"column":"what","values":{"K":"purchase"}},
      "actor":{"ids":[{"column":"card","namespace":"loyalty:club","assertion":"inPerson"},{"column":"mail","namespace":"email"}],
      "name":"who"},"object":{"type":{"column":"type","default":"product"},"id":"sku","name":"title"},
      "time":{"column":"at","format":"yyyy-MM-dd HH:mm:ss","offset":"+08:00"},
      "received":{"column":"in","format":"unixSeconds"},"thread":"thread","session":"session",
      "brand":{"column":"brand"},"channel":{"column":"where","values":{"1":"shop","2":""},"default":"website"},
      "campaign":{"column":"ad"},"amount":{"column":"sum","currency":{"column":"cur","default":"CNY"}},
      "properties":["note",{"column":"n","name":"count","kind":"int"},{"column":"w","kind":"double"},
      {"column":"b","kind":"bool"},{"column":"t","kind":"timestamp","format":"unixMilliseconds"}],
      "traits":[{"column":"lvl","name":"level"}]}
      """#.replacing("\n", with: "")
    let mapping = try CSVMapping(jsonText: json)
    #expect(mapping.jsonText.replacing(" ", with: "") == json.replacing(" ", with: ""))
    let header = "no;what;card;mail;who;type;sku;title;at;in;thread;session;brand;where;ad;sum;cur;note;n;w;b;t;lvl"
    #expect(Set(mapping.columns) == Set(header.split(separator: ";").map(String.init)))
    try mapping.check(header: header.split(separator: ";").map(String.init))
    let rows = [
      "1;K;c1;a@example.com;Ann;;p1;Kettle;2024-05-01 08:30:00;1714523401;t;s;b;1;spring;"
        + "0.10;EUR;x;-5;2.5;TRUE;1000;gold",
      ";K;c1;;;;;;2024-05-01 08:30:00;;;;;2;;;;;;;;;",
      ";K;c1;;;x;;;2024-05-01 08:30:00;;;;;9;;7;;;;;no;;",
    ]
    var parser = try CSVInteractionParser(mapping: mapping, received: .testNow)
    let results = parser.parse(Array(([header] + rows).joined(separator: "\r\n").utf8))
    let full = try #require(results[0].interaction)
    let expected = Interaction(
      key: EventKey("shop", "1"), kind: .purchase,
      actor: Party(
        [Identifier(.loyalty("club"), "c1", .inPerson), Identifier(.email, "a@example.com")], displayName: "Ann"),
      object: ObjectReference(type: "product", id: "p1", name: "Kettle"),
      amount: Money(units: 10, scale: 2, currency: "EUR"),
      properties: [
        "note": "x", "count": -5, "w": 2.5, "b": true,
        "t": .timestamp(try Instant(rfc3339: "1970-01-01T00:00:01Z")),
      ],
      traits: ["level": "gold"],
      context: InteractionContext(
        brand: "b", channel: "shop", thread: "t", campaign: CampaignReference(name: "spring"), session: "s"),
      at: try Instant(rfc3339: "2024-05-01T08:30:00+08:00"), received: try Instant(rfc3339: "2024-05-01T00:30:01Z"))
    #expect(full == expected)
    #expect(full.occurred.utcOffset == 28_800)
    let bare = try #require(results[1].interaction)
    #expect(
      bare
        == Interaction(
          key: bare.key, kind: .purchase, actor: Party([Identifier(.loyalty("club"), "c1", .inPerson)]),
          at: expected.occurred, received: .testNow))
    #expect(bare.key.id.hasPrefix("sha256-"))
    let other = try #require(results[2].interaction)
    #expect(other.amount?.description == "7 CNY")
    #expect(other.context.channel == "website")
    #expect(other.properties == ["b": false])
    #expect(other.object == nil)
  }

  @Test func kindsNotInTheMappingAreRefused() throws {
    var parser = try parser(
      #"{"source":"s","kind":{"column":"k","values":{"a":"post"}},"actor":{"ids":[{"column":"u","namespace":"user"}]},"#
        + #""time":{"column":"t"}}"#)
    let results = parser.parse(Array("k,u,t\na,1,2024-01-01T00:00:00Z\nb,1,2024-01-01T00:00:00Z\n".utf8))
    #expect(results[0].interaction?.kind == .post)
    #expect(results[1].error?.description == "line 3, column k: the value is not in the mapping, which has no default")
  }

  @Test func rowsWithoutAnIDAreRecognisedByTheirContent() throws {
    let mapping = CSVMapping(
      source: "s", header: ["u", "t", "x"], kind: .constant("post"),
      actor: .init([.init(column: "u", namespace: .user())]), time: .init(column: "t"))
    var first = try CSVInteractionParser(mapping: mapping, received: .testNow)
    var second = try CSVInteractionParser(mapping: mapping, received: .epoch)
    let plain = first.parse(Array("1,2024-01-01T00:00:00Z,a\n1,2024-01-01T00:00:00Z,b\n".utf8))
    let quoted = second.parse(Array("\"1\",\"2024-01-01T00:00:00Z\",\"a\"\r\n".utf8))
    #expect(plain.count == 2)
    #expect(plain[0].interaction?.key == quoted[0].interaction?.key)
    #expect(plain[0].interaction?.key != plain[1].interaction?.key)
    #expect(plain[0].interaction?.key == .fallback(source: "s", content: Array("1,2024-01-01T00:00:00Z,a\r\n".utf8)))
    // As new after the end, and without a header row.
    #expect(first.parse(Array("1,2024-01-01T00:00:00Z,a\n".utf8)) == [plain[0]])
  }

  @Test func missingColumnsAreNamedUpFront() throws {
    let mapping = try CSVMapping(jsonText: Self.twitterJSON)
    let header = ["tweet_id", "author_id", "inbound", "text", "response_tweet_id", "in_response_to_tweet_id"]
    #expect(throws: SCRMError(.missing, subject: "column created_at", "the table has no such column")) {
      try mapping.check(header: header)
    }
    #expect(throws: SCRMError(.duplicateName, subject: "column text", "the table has this column twice")) {
      try mapping.check(header: header + ["created_at", "text"])
    }
    try mapping.check(header: header + ["created_at", "more", "more"])
    var parser = try CSVInteractionParser(mapping: mapping, received: .testNow)
    let results = parser.parse(Array("tweet_id,author_id\n1,2\n3,4\n".utf8))
    #expect(results.count == 1)
    #expect(
      results[0].error
        == InputError(.missing, line: 1, column: "in_response_to_tweet_id", "the table has no such column"))
  }

  @Test(arguments: [
    (#""time":{"column":"t","format":"yyyy-QQ"}"#, "time.format"),
    (#""time":{"column":"t"},"target":{"ids":[{"mention":true,"namespace":"x"}]}"#, "target.ids"),
    (#""time":{"column":"t"},"target":{"ids":[{"column":"t","namespace":"x"}],"role":"boss"}"#, "target.role"),
    (#""time":{"column":"t"},"properties":[{"column":"p","kind":"timestamp","format":"HH"}]"#, "time.format"),
  ])
  func mappingsThatCannotBeUsed(members: String, subject: String) throws {
    let json = #"{"source":"s","kind":"post","actor":{"ids":[{"column":"u","namespace":"user"}]},\#(members)}"#
    do {
      _ = try parser(json)
      Issue.record("expected a refusal")
    } catch let error as SCRMError {
      #expect(error.subject == subject)
    }
  }

  @Test(arguments: [
    (#"{"source":"s","kind":"post","actor":{"ids":[]},"time":{"column":"t"},"sourc":"x"}"#, "$.sourc"),
    (#"{"source":"s","kind":{"colum":"k"},"actor":{"ids":[]},"time":{"column":"t"}}"#, "$.kind.colum"),
    (#"{"source":"s","kind":"post","actor":{"ids":[{"namespace":"x"}]},"time":{"column":"t"}}"#, "$.actor.ids[0]"),
    (
      #"{"source":"s","kind":"post","actor":{"ids":[{"column":"c","mention":true,"namespace":"x"}]},"time":{"column":"t"}}"#,
      "$.actor.ids[0]"
    ),
    (#"{"source":"s","kind":"post","actor":{"ids":[]},"time":{"column":"t","offset":"8"}}"#, "$.time.offset"),
    (
      #"{"source":"s","kind":"post","actor":{"ids":[]},"time":{"column":"t"},"traits":[{"column":"c","kind":"date"}]}"#,
      "$.traits[0].kind"
    ),
    (#"{"source":"s","kind":5,"actor":{"ids":[]},"time":{"column":"t"}}"#, "$.kind"),
    (#"{"source":"s","kind":"post","actor":{"ids":[]}}"#, "$.time"),
  ])
  func malformedMappings(json: String, path: String) {
    do {
      _ = try CSVMapping(jsonText: json)
      Issue.record("expected a refusal")
    } catch { #expect(error.description.hasPrefix(path + ":"), "\(error)") }
  }

  @Test(arguments: [
    ("1,bad,K,5,1", "t", "expected a date-time of RFC 3339 such as 2024-05-01T08:30:00Z"),
    ("1,,K,5,1", "t", "the cell is empty, expected a date-time of RFC 3339 such as 2024-05-01T08:30:00Z"),
    (",2024-01-01T00:00:00Z,K,5,1", "u", "no identifier, expected one of the actor"),
    ("a\u{0}b,2024-01-01T00:00:00Z,K,5,1", "actor", "an id must not hold NUL"),
    ("1,2024-01-01T00:00:00Z,K,five,1", "n", "expected a value of kind int"),
    ("1,2024-01-01T00:00:00Z,K,5,12 CNY", "m", "expected a decimal number of at most 18 digits and a currency"),
    ("1,2024-01-01T00:00:00Z,king,5,1", "r", "expected one of customer, staff, automation, brand"),
    ("1,2024-01-01T00:00:00Z,customer,5", "", "the row has 4 fields, expected 5"),
  ])
  func cellsThatDoNotFit(row: String, column: String, reason: String) throws {
    var parser = try parser(
      #"{"source":"s","kind":"post","actor":{"ids":[{"column":"u","namespace":"user"}],"role":{"column":"r","values":{}}},"#
        + #""time":{"column":"t"},"amount":{"column":"m","currency":"CNY"},"properties":[{"column":"n","kind":"int"}]}"#
    )
    let good = "1,2024-01-01T00:00:00Z,customer,5,1.50\n"
    let table = "u,t,r,n,m\n" + good + row.replacing(",K,", with: ",customer,") + "\n" + good
    let results = parser.parse(Array(table.utf8))
    #expect(results.map { $0.error == nil } == [true, false, true])
    #expect(results[1].error?.column ?? "" == column)
    #expect(results[1].error?.reason == reason)
    #expect(results[1].error?.line == 3)
  }

  @Test(
    arguments: [
      ("@helpdesk and @other", "helpdesk"), ("hi @a_1!", "a_1"), (".@brand: x", "brand"), ("mail a@b.c to @x", "x"),
      ("a@b", nil), ("@", nil), ("@ x", nil), ("@@x", "x"), ("", nil), ("(@客服小二-1) 你好", "客服小二-1"), ("@客服，在吗", "客服"),
      ("@foo、bar", "foo"), ("＠x", nil), ("@-x", nil), ("x-@y", "y"),
    ] as [(String, String?)])
  func mentions(text: String, name: String?) throws {
    let mapping = CSVMapping(
      source: "s", header: ["u", "t", "x"], kind: .constant("post"),
      actor: .init([.init(column: "u", namespace: .user())]), target: .init([.mention(namespace: .handle("x"))]),
      text: .init(column: "x"), time: .init(column: "t"))
    var parser = try CSVInteractionParser(mapping: mapping, received: .testNow)
    var writer = CSVWriter()
    writer.row(["1", "2024-01-01T00:00:00Z", text])
    let result = try #require(parser.parse(writer.bytes).first?.interaction)
    #expect(result.target?.identifiers.first?.value == name)
  }

  @Test func wholeTwitterTable() throws {
    guard let bytes = InterchangeData.unzipped("social/twcs_first5000.csv.gz") else { return }
    var parser = try parser(Self.twitterJSON)
    var random = InterchangeGenerator(seed: 1)
    var results: [ParsedInteraction] = []
    for chunk in random.chunks(bytes, upTo: 40_000) { results += parser.push(chunk) }
    results += parser.finish()
    #expect(results.count == 4_965)
    #expect(results.compactMap(\.error) == [])
    let interactions = results.compactMap(\.interaction)
    #expect(Set(interactions.map(\.key)).count == 4_965)
    #expect(interactions.contains { $0.actor.role == .brand })
    for interaction in interactions.prefix(200) { try expectByteIdenticalJSON(interaction) }
    var whole = try self.parser(Self.twitterJSON)
    #expect(whole.parse(bytes) == results)
    // Written again as our own lines, they are read as they were.
    var lines = InteractionLineParser()
    let text = interactions.map(\.jsonText).joined(separator: "\n")
    #expect(lines.parse(Array(text.utf8)).compactMap(\.interaction) == interactions)
  }
}
