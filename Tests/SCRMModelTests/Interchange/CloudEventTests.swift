import Foundation
import SCRMModel
import Testing

@Suite struct CloudEventTests {
  private static let minimal = #""specversion":"1.0","id":"1","source":"/s","type":"t""#

  private func event(_ members: String = "") throws -> CloudEvent {
    try CloudEvent(json: JSON(text: "{" + Self.minimal + members + "}"))
  }

  @Test func samplesComeBack() throws {
    guard let url = InterchangeData.file("social/standards/cloudevents_samples.jsonl") else { return }
    var splitter = LineSplitter()
    let lines = splitter.push(Array(try Data(contentsOf: url))) + splitter.finish()
    #expect(lines.count == 11)
    for line in lines {
      let sample = try JSON.object(JSON(bytes: try line.content.get()).objectValue().object("event"))
      let event = try CloudEvent(json: sample)
      #expect(try JSON(text: event.jsonText).sortedForTests == sample.sortedForTests)
      #expect(try CloudEvent(json: JSON(text: event.jsonText)).extensions == event.extensions)
    }
    let events = try lines.map { try JSON.object(JSON(bytes: try $0.content.get()).objectValue().object("event")) }
    let read = try CloudEvent.batch(.array(events)).map { try $0.get() }
    #expect(try JSON(bytes: CloudEvent.batch(read)).sortedForTests == JSON.array(events).sortedForTests)
    // None of them is the SDK's own, nor named by a mapping.
    let reading = try CloudEventReader(InterchangeDefaults(source: "s", received: .testNow)).read(.array(events))
    #expect(reading.setAside.count == 11 && reading.interactions.isEmpty && reading.refused.isEmpty)
  }

  @Test(arguments: [
    (#""specversion":"1.0","id":"1","source":"/s""#, "$.type"),
    (#""specversion":"1.0","id":"","source":"/s","type":"t""#, "$.id"),
    (#""specversion":"0.3","id":"1","source":"/s","type":"t""#, "$.specversion"),
    (#""specversion":1.0,"id":"1","source":"/s","type":"t""#, "$.specversion"),
    (#""specversion":"1.0","id":"1","source":"a b","type":"t""#, "$.source"),
    (#""specversion":"1.0","id":"1","source":"/%zz","type":"t""#, "$.source"),
    (#""specversion":"1.0","id":"a\u0007","source":"/s","type":"t""#, "$.id"),
    (#""specversion":"1.0","id":"a\uffff","source":"/s","type":"t""#, "$.id"),
    (minimal + #","time":"2018-04-05""#, "$.time"), (minimal + #","subject":"""#, "$.subject"),
    (minimal + #","datacontenttype":"json""#, "$.datacontenttype"),
    (minimal + #","dataschema":"/schema""#, "$.dataschema"),
    (minimal + #","comExample":"x""#, "$.comExample"), (minimal + #","com_example":"x""#, "$.com_example"),
    (minimal + #","ext":1.5"#, "$.ext"), (minimal + #","ext":2147483648"#, "$.ext"),
    (minimal + #","ext":{}"#, "$.ext"), (minimal + #","ext":"\u0000""#, "$.ext"),
    (minimal + #","data":1,"data_base64":"AA==""#, "$.data_base64"), (minimal + #","data_base64":7"#, "$.data_base64"),
  ])
  func theRulesOfAttributes(members: String, path: String) {
    do {
      _ = try CloudEvent(json: JSON(text: "{" + members + "}"))
      Issue.record("read")
    } catch { #expect("\(error)".hasPrefix(path + ":"), "\(error)") }
  }

  @Test func dataInBothForms() throws {
    #expect(try event(#","data":{"a":1}"#).dataDocument() == JSON(text: #"{"a":1}"#))
    #expect(try event(#","data_base64":"eyJhIjoxfQ==""#).dataDocument() == JSON(text: #"{"a":1}"#))
    #expect(try event(#","datacontenttype":"text/plain","data":"é""#).dataBytes() == Array("é".utf8))
    #expect(try event().dataBytes() == nil)
    #expect(throws: JSONError.self) { try event(#","data_base64":"?""#).dataBytes() }
    #expect(throws: JSONError.self) { try event(#","datacontenttype":"text/plain","data":[1]"#).dataBytes() }
    #expect(throws: JSONError.self) { try event(#","datacontenttype":"text/plain","data":"{}""#).dataDocument() }
  }

  @Test func timesAndUnsetMembersAreKeptAsTheyWere() throws {
    let text = #"{"specversion":"1.0","id":"1","source":"/s","type":"t","time":"2018-04-05 17:31:00.10z","ext":null}"#
    var event = try CloudEvent(json: JSON(text: text))
    #expect(event.jsonText == text)
    event.time = .testNow
    event.extensions = [CloudEventExtension("ext", .integer(-5))]
    #expect(event.jsonText.contains(#""time":"2024-05-01T00:30:00.250Z","ext":-5}"#))
  }

  // MARK: The SDK's own values

  private let reader = CloudEventReader(InterchangeDefaults(source: "in", received: .testNow))

  @Test func interactionsGoOutAndComeBack() throws {
    for interaction in [
      try fullInteraction("x"),
      Interaction(
        key: EventKey("微博 1", "a\u{7}b"), kind: .like, actor: Party(.weibo, "1"), at: .testNow, received: .testNow),
    ] {
      let event = try CloudEvent(interaction)
      #expect(event.type == "socialcrm.interaction.v1" && event.time == interaction.occurred)
      let back = try reader.read(JSON(text: event.jsonText)).interactions
      #expect(back == [interaction])
    }
    let event = try CloudEvent(
      Interaction(key: EventKey("微博 1", "7"), kind: .like, actor: Party(.weibo, "1"), at: .testNow, received: .testNow))
    #expect(event.source == "/socialcrm/sources/%E5%BE%AE%E5%8D%9A%201" && event.id == "7")
  }

  @Test func extensionsTravelWithAnInteraction() throws {
    let like = Interaction(
      key: EventKey("s", "7"), kind: .like, actor: Party(.weibo, "1"), at: .testNow, received: .testNow)
    var event = try CloudEvent(like)
    event.extensions = [CloudEventExtension("traceparent", .string("00-ab")), CloudEventExtension("hop", .integer(3))]
    let back = try #require(try reader.read(JSON(text: event.jsonText)).interactions.first)
    #expect(back.context.extra["cloudevents"]?.mapValue?["extensions"]?.mapValue?["hop"] == 3)
    #expect(Set(try CloudEvent(back).extensions) == Set(event.extensions))
    #expect(try reader.read(JSON(text: CloudEvent(back).jsonText)).interactions == [back])
  }

  @Test func actionsAndSegmentChanges() throws {
    let names = try #require(CloudEventNames(prefix: "com.example"))
    #expect(CloudEventNames(prefix: "a b") == nil && CloudEventNames(prefix: "") == nil)
    let proposed = action(1)
    let event = try CloudEvent(proposed, names: names)
    #expect(event.type == "com.example.action.v1" && event.id == proposed.id.description)
    #expect(event.subject == proposed.person.description && event.source.hasPrefix("/com.example/rules/"))
    #expect(try ProposedAction(json: event.dataDocument() ?? .null) == proposed)
    _ = try CloudEvent(json: JSON(text: event.jsonText))
    let facts = PersonFacts(record: PersonRecord(id: person(1)), now: .testNow)
    let change = SegmentChange(
      segment: "big spenders", version: 2, person: person(1), isEntry: true, time: .testNow,
      judgement: Judgement(true), counts: CountedFacts(facts))
    let left = CloudEvent(change)
    #expect(left.source == "/socialcrm/segments/big%20spenders" && left.id.hasSuffix("-entered"))
    let data = try #require(try left.dataDocument()).objectValue()
    #expect(try data.string("segment") == "big spenders" && data.bool("entered") && data.int("version") == 2)
    #expect(data["explanation"] != nil)
    #expect(try reader.read(JSON(text: left.jsonText)).setAside.map(\.path) == ["type"])
  }

  // MARK: Foreign types

  @Test func foreignTypesByAMapping() throws {
    var reader = reader
    reader.mappings = [
      CloudEventMapping(
        type: "com.example.ticket.*", kind: "ticket", actor: .data(["customer", "email"]), namespace: .email,
        text: .data(["title"])),
      CloudEventMapping(type: "com.example.call", kind: "call", actor: .subject, namespace: .phone),
      CloudEventMapping(type: "com.example.ext", kind: .view, actor: .attribute("visitor"), namespace: .anonymous()),
    ]
    func read(_ type: String, _ members: String) throws -> DocumentReading {
      try reader.read(JSON(text: #"{"specversion":"1.0","id":"9","source":"/crm","type":"\#(type)"\#(members)}"#))
    }
    let ticket = try #require(
      try read(
        "com.example.ticket.opened",
        #","time":"2024-05-01T08:00:00Z","visitor":5,"data":{"customer":{"email":"a@example.org"},"title":"broken","n":1}"#
      ).interactions.first)
    #expect(ticket.key == EventKey("/crm", "9") && ticket.kind == "ticket")
    #expect(ticket.actor.identifiers == [Identifier(.email, "a@example.org")] && ticket.text?.text == "broken")
    #expect(ticket.properties["n"] == 1 && ticket.occurred.description == "2024-05-01T08:00:00Z")
    #expect(ticket.context.extra["cloudevents"]?.mapValue?["extensions"]?.mapValue?["visitor"] == 5)
    #expect(
      try read("com.example.call", #","subject":"+49 1""#).interactions.first?.actor.identifiers.first?.value == "+49 1"
    )
    #expect(try read("com.example.ext", #","visitor":5"#).interactions.first?.actor.identifiers.first?.value == "5")
    #expect(throws: JSONError.self) { try read("com.example.ticket.opened", #","data":{}"#) }
    #expect(try read("com.example.tickets", "").setAside.count == 1)
  }

  @Test func activitiesInAnEnvelope() throws {
    let text = """
      {"specversion":"1.0","id":"9","source":"/as","type":"x","datacontenttype":"application/activity+json",
       "time":"2024-04-30T08:00:00Z","data":{"type":"Like","actor":"https://a.example/ann","object":"https://b.example/1"}}
      """
    let like = try #require(try reader.read(JSON(text: text)).interactions.first)
    #expect(like.kind == .like && like.key.source == "in" && like.occurred.description == "2024-04-30T08:00:00Z")
    #expect(like.received == .testNow)
    #expect(like.context.extra["cloudevents"]?.mapValue?["source"] == "/as")
  }

  @Test func aBatchGoesOnBehindABadEvent() throws {
    let like = Interaction(
      key: EventKey("s", "7"), kind: .like, actor: Party(.weibo, "1"), at: .testNow, received: .testNow)
    let good = try CloudEvent(like).jsonText
    var parser = DocumentLineParser(reader)
    let results = parser.parse(Array("[\(good),{\"id\":1},\(good)]\n[]\n\(good)".utf8))
    #expect(results.map(\.line) == [1, 1, 1, 2, 3])
    #expect(results.filter { $0.interaction == like }.count == 3)
    #expect(results[2].error?.description == "line 1, column [1].specversion: expected the version 1.0")
    #expect(results[3].error?.code == .notAnInteraction)
  }
}
