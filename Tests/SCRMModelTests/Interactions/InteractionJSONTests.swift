import DenseData
import Foundation
import SCRMModel
import Testing

@Suite struct InteractionJSONTests {
  @Test func everyPartSurvives() throws {
    let interaction = try fullInteraction()
    try expectByteIdenticalJSON(interaction)
    let again = try Interaction(jsonBytes: interaction.jsonBytes)
    #expect(again.place == interaction.place && again.raw == interaction.raw && again.traits == interaction.traits)
    #expect(again.context == interaction.context && again.context.extra.count == 15)
    #expect(again.consents == interaction.consents && again.attachments == interaction.attachments)
    #expect(again.occurred.utcOffset == interaction.occurred.utcOffset)
    let foundation = try JSONDecoder().decode(Interaction.self, from: JSONEncoder().encode(interaction))
    #expect(foundation == interaction && foundation.jsonBytes == interaction.jsonBytes)
  }

  @Test func theSmallestFormIsEnough() throws {
    let text = #"{"source":"s","id":"1","kind":"like","at":"2024-05-01T08:00:00+08:00","actor":{}}"#
    let interaction = try Interaction(jsonText: text)
    #expect(interaction.received == interaction.occurred && interaction.trust == 1 && interaction.context.isEmpty)
    #expect(
      interaction.jsonText
        == #"{"v":1,"source":"s","id":"1","kind":"like","at":"2024-05-01T08:00:00+08:00","#
        + #""received":"2024-05-01T08:00:00+08:00","actor":{}}"#)
  }

  @Test(arguments: 1...10 as ClosedRange<UInt64>)
  func randomInteractionsSurvive(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for index in 0..<60 {
      try expectByteIdenticalJSON(try random.interaction(id: "\(index)" + random.text()), "seed \(seed), \(index)")
    }
  }

  @Test func unknownMembersAreIgnored() throws {
    let interaction = try fullInteraction()
    guard case .object(let document) = try JSON(bytes: interaction.jsonBytes) else { return }
    #expect(try Interaction(json: Self.extended(.object(document))) == interaction)
  }

  private static let kept: Set<String> = ["properties", "traits", "extra"]

  // Adds a member to every object but the maps of values.
  private static func extended(_ json: JSON) -> JSON {
    switch json {
    case .object(let object):
      var members = object.map { (key: $0.key, value: kept.contains($0.key) ? $0.value : extended($0.value)) }
      members.append((key: "zz_unknown", value: .array([.null, .string("x")])))
      return .object(JSONObject(members))
    case .array(let elements): return .array(elements.map(extended))
    default: return json
    }
  }

  @Test(arguments: [
    ("v", "2", "v invalidValue"), ("v", #""1""#, "v typeMismatch"), ("source", "1", "source typeMismatch"),
    ("id", "null", "id typeMismatch"), ("id", "7", "id typeMismatch"), ("kind", "[]", "kind typeMismatch"),
    ("at", #""yesterday marker""#, "at invalidValue"), ("at", "17", "at typeMismatch"),
    ("received", #""2024-13-01T00:00:00Z""#, "received invalidValue"), ("actor", "[]", "actor typeMismatch"),
    ("actor", #"{"ids":{}}"#, "actor.ids typeMismatch"),
    ("actor", #"{"ids":[{"ns":"email","value":"a"},{"ns":"email","value":7}]}"#, "actor.ids.1.value typeMismatch"),
    ("actor", #"{"ids":[{"value":"a"}]}"#, "actor.ids.0.ns missing"),
    ("actor", #"{"ids":[{"ns":"e","value":"a","assertion":"marker"}]}"#, "actor.ids.0.assertion invalidValue"),
    ("actor", #"{"ids":[],"role":"marker"}"#, "actor.role invalidValue"),
    ("actor", #"{"ids":[],"name":1}"#, "actor.name typeMismatch"), ("object", #"{"type":"a"}"#, "object.id missing"),
    ("object", #"{"type":"a","id":1}"#, "object.id typeMismatch"), ("target", #""marker""#, "target typeMismatch"),
    ("text", #""marker""#, "text typeMismatch"), ("text", #"{"text":"marker","lang":1}"#, "text.lang typeMismatch"),
    ("amount", "12", "amount typeMismatch"), ("amount", #"{"amount":"marker","currency":"X"}"#, "amount invalidValue"),
    ("place", #"{"latitude":91,"longitude":0}"#, "place invalidValue"),
    ("place", #"{"latitude":"marker","longitude":0}"#, "place.latitude typeMismatch"),
    ("place", #"{"latitude":1}"#, "place.longitude missing"),
    ("attachments", "{}", "attachments typeMismatch"),
    ("attachments", #"[{"kind":"image"},{"kind":"marker"}]"#, "attachments.1.kind invalidValue"),
    ("properties", "[1]", "properties typeMismatch"),
    ("properties", #"{"a":[1,{"$uint":"marker"}]}"#, "properties.a.1.$uint invalidValue"),
    ("traits", #"{"a":{"$marker":1}}"#, "traits.a.$marker invalidValue"),
    ("traits", #""marker""#, "traits typeMismatch"),
    ("consents", #"[{"purpose":"p","decision":"marker","evidence":""}]"#, "consents.0.decision invalidValue"),
    ("consents", #"[{"purpose":1,"decision":"denied","evidence":""}]"#, "consents.0.purpose typeMismatch"),
    ("context", #"{"channel":1}"#, "context.channel typeMismatch"),
    ("context", #"{"page":{"url":1}}"#, "context.page.url typeMismatch"),
    ("context", #"{"inReplyTo":{"source":"s"}}"#, "context.inReplyTo.id missing"),
    ("context", #"{"cause":{"rule":"r","action":"marker"}}"#, "context.cause.action invalidValue"),
    ("context", #"{"extra":[]}"#, "context.extra typeMismatch"),
    ("retracts", "1", "retracts typeMismatch"), ("trust", "1.01", "trust invalidValue"),
    ("trust", "-0.5", "trust invalidValue"), ("trust", #""marker""#, "trust typeMismatch"),
    ("raw", #"{"mediaType":"a","base64":"marker!"}"#, "raw.base64 invalidValue"),
    ("raw", #"{"base64":""}"#, "raw.mediaType missing"),
  ])
  func wrongTypesAreRefusedAtTheirPath(member: String, content: String, expected: String) throws {
    guard case .object(let document) = try JSON(text: Self.minimal) else { return }
    var members = document.filter { $0.key != member }.map { (key: $0.key, value: $0.value) }
    members.append((key: member, value: try JSON(text: content)))
    let text = String(decoding: JSON.object(JSONObject(members)).jsonBytes, as: UTF8.self)
    #expect(refusal(Interaction.self, text) == expected)
    do {
      _ = try Interaction(jsonText: text)
    } catch {
      if !expected.contains("$marker") { #expect(!error.description.contains("marker"), "\(error)") }
      #expect(!error.reason.contains("marker"))
    }
  }

  private static let minimal =
    #"{"v":1,"source":"s","id":"1","kind":"like","at":"2024-05-01T00:00:00Z","actor":{"ids":[]}}"#

  @Test func anInteractionHasOneRevision() throws {
    let both = Self.minimal.dropLast() + #","retracts":"a","replaces":"b"}"#
    #expect(refusal(Interaction.self, String(both)) == "replaces invalidValue")
    #expect(
      try Interaction(jsonText: Self.minimal.dropLast() + #","retracts":"","replaces":null}"#).revision == .retracts("")
    )
    #expect(Interaction.Revision.retracts("a") != .replaces("a"))
  }

  @Test func onlyTheReceiveTimeMayDiffer() throws {
    let first = try fullInteraction()
    var later = first
    later.received = first.received.advanced(by: .days(1))
    #expect(later != first && later.isSameFact(as: first) && first.isSameFact(as: later))
    #expect(later.contentDigest == first.contentDigest)
    let changes: [(inout Interaction) -> Void] = [
      { $0.key = EventKey("weibo", "2") }, { $0.kind = .like }, { $0.actor.identifiers[0].value += "x" },
      { $0.actor.displayName = nil }, { $0.object?.name = nil }, { $0.target = nil }, { $0.text?.text += "x" },
      { $0.amount = nil }, { $0.place = nil }, { $0.attachments.removeLast() }, { $0.properties["new"] = .null },
      { $0.traits["age"] = 43 }, { $0.consents.removeLast() }, { $0.context.session = nil },
      { $0.revision = .retracts("0") }, { $0.occurred = $0.occurred.advanced(by: .nanoseconds(1)) }, { $0.raw = nil },
      { $0.text = LocalizedText("e\u{301}") },
    ]
    for (index, change) in changes.enumerated() {
      var other = first
      change(&other)
      #expect(!first.isSameFact(as: other) && other != first, "change \(index)")
      #expect(first.contentDigest != other.contentDigest, "change \(index)")
    }
    #expect(first.contentDigest.utf8.count == 64)
  }

  @Test func trustIsLimited() throws {
    func trust(_ value: Double) -> Double {
      Interaction(key: EventKey("s", "1"), kind: .like, actor: Party([]), at: .epoch, received: .epoch, trust: value)
        .trust
    }
    #expect(trust(.nan) == 0 && trust(-1) == 0 && trust(2) == 1 && trust(.infinity) == 1 && trust(0.5) == 0.5)
  }

  @Test func copiesAreIndependent() throws {
    let first = try fullInteraction()
    var copy = first
    copy.text = nil
    #expect(first.text != nil && copy.text == nil && copy.key == first.key)
    #expect(copy.hashValue == first.hashValue)
  }
}
