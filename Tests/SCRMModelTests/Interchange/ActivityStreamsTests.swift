import SCRMModel
import Testing

/// What activities become, on documents of our own.
@Suite struct ActivityStreamsTests {
  private static let context = #""@context":"https://www.w3.org/ns/activitystreams","#

  private var defaults: InterchangeDefaults {
    var defaults = InterchangeDefaults(source: "as", received: .testNow)
    defaults.roles = [IdentifierKey(.activityActor, key: "https://b.example/acme"): .brand]
    return defaults
  }

  private func reading(_ members: String, languages: [String] = []) throws -> DocumentReading {
    try ActivityStreamsReader(defaults, languages: languages).read(JSON(text: "{" + Self.context + members + "}"))
  }

  private func one(_ members: String, languages: [String] = []) throws -> Interaction {
    let reading = try reading(members, languages: languages)
    #expect(reading.interactions.count == 1 && reading.setAside.isEmpty)
    return try #require(reading.interactions.first)
  }

  private static let note = """
    "type":"Create","id":"https://a.example/act/1","actor":{"type":"Person","id":"https://a.example/ann","name":"Ann"},
    "published":"2024-05-01T10:00:00+02:00","bto":"https://c.example/secret",
    "object":{"type":"Note","id":"https://a.example/n/1","content":"<p>Late <b>again</b> &amp; rude&#33;</p><p>@acme</p>",
     "contentMap":{"en":"<p>Late <b>again</b> &amp; rude&#33;</p><p>@acme</p>","de":"<p>Zu spät</p>"},
     "inReplyTo":"https://b.example/n/7","context":"https://a.example/thread/1","bcc":["https://c.example/secret"],
     "tag":[{"type":"Mention","href":"https://b.example/acme","name":"@acme"},{"type":"Hashtag","name":"#fail"}],
     "attachment":[{"type":"Image","url":"https://a.example/i.png","mediaType":"image/png","name":"a queue"}],
     "location":{"type":"Place","name":"Gate 3","latitude":48.1,"longitude":"11.5","radius":2,"units":"km"}}
    """

  @Test func aNote() throws {
    let note = try one(Self.note)
    #expect(note.kind == .comment)
    // The post is what later activities name.
    #expect(note.key == EventKey("as", "https://a.example/n/1"))
    #expect(note.actor == Party([Identifier(.activityActor, "https://a.example/ann")], displayName: "Ann"))
    #expect(note.target?.role == .brand && note.target?.identifiers.first?.value == "https://b.example/acme")
    #expect(note.text == LocalizedText("Late again & rude!\n@acme", language: "en"))
    #expect(note.context.inReplyTo == EventKey("as", "https://b.example/n/7"))
    #expect(note.context.thread == "https://a.example/thread/1")
    #expect(note.object == ObjectReference(type: "post", id: "https://a.example/n/1"))
    #expect(
      note.attachments == [Attachment(.image, url: "https://a.example/i.png", mediaType: "image/png", text: "a queue")])
    #expect(note.place == Place(latitude: 48.1, longitude: 11.5, accuracy: 2_000, name: "Gate 3"))
    #expect(note.properties == ["tags": ["#fail"]])
    #expect(note.occurred.description == "2024-05-01T10:00:00+02:00")
    #expect(!note.jsonText.contains("secret"))
    try expectByteIdenticalJSON(note)
  }

  @Test func languages() throws {
    let maps =
      #""type":"Create","actor":"https://a.example/ann","object":{"type":"Note","contentMap":{"fr":"salut","#
      + #""de-AT":"servus","en":"hi"}}"#
    #expect(try one(maps, languages: ["de", "en"]).text == LocalizedText("servus", language: "de-AT"))
    #expect(try one(maps, languages: ["zh"]).text == LocalizedText("servus", language: "de-AT"))
    let context = #"{"@context":["https://www.w3.org/ns/activitystreams",{"@language":"fr"}],"#
    let reader = ActivityStreamsReader(defaults)
    #expect(try reader.read(JSON(text: context + maps + "}")).interactions[0].text?.language == "fr")
  }

  @Test func editsDeletionsAndUndo() throws {
    let actor = #""actor":"https://a.example/ann","#
    let edit = try one(
      #""type":"Update","id":"https://a.example/act/2",\#(actor)"object":{"type":"Note","id":"https://a.example/n/1","content":"ok"}"#
    )
    #expect(edit.kind == .post && edit.revision == .replaces("https://a.example/n/1"))
    #expect(edit.key.id == "https://a.example/act/2" && edit.text?.text == "ok")
    // Nothing is said about the new content: there is nothing to replace with.
    let hint = try one(#""type":"Update",\#(actor)"object":"https://a.example/n/1""#)
    #expect(hint.kind == "update" && hint.revision == nil)
    let deletion = try one(
      #""type":"Delete",\#(actor)"object":{"type":"Tombstone","id":"https://a.example/n/1"}"#)
    #expect(deletion.kind == .retract && deletion.revision == .retracts("https://a.example/n/1"))
    let account = try one(#""type":"Delete",\#(actor)"object":"https://a.example/ann""#)
    #expect(account.kind == "delete_account" && account.revision == nil)
    let profile = try one(
      #""type":"Update",\#(actor)"object":{"type":"Person","id":"https://a.example/ann","name":"Ann B","summary":"<p>x</p>"}"#
    )
    #expect(profile.kind == .identify && profile.traits == ["name": "Ann B", "description": "x"])
  }

  // An activity without an id is undone by repeating it.
  @Test func whatIsUndoneHasTheKeyItCameWith() throws {
    let like = #""type":"Like","actor":"https://a.example/ann","object":"https://b.example/n/7""#
    let liked = try one(like)
    let undone = try one(#""type":"Undo","actor":"https://a.example/ann","object":{\#(like)}"#)
    #expect(undone.revision == .retracts(liked.key.id))
    #expect(liked.key.id.hasPrefix("sha256-"))
    let again = try one(#""object":"https://b.example/n/7","type":"Like","actor":"https://a.example/ann""#)
    #expect(again == liked)
  }

  @Test func severalActorsAreSeveralInteractions() throws {
    let reading = try reading(
      #""type":"Offer","id":"https://a.example/o","actor":["https://a.example/ann","https://a.example/bob"],"object":"https://x.example/1","target":"https://b.example/acme""#
    )
    #expect(
      reading.interactions.map(\.key.id) == ["https://a.example/o", "https://a.example/o#actor=https://a.example/bob"])
    #expect(reading.interactions.allSatisfy { $0.actor.identifiers.count == 1 && $0.target?.role == .brand })
  }

  @Test(arguments: [
    ("Announce", "share"), ("Like", "like"), ("Dislike", "dislike"), ("Join", "join"), ("Leave", "leave"),
    ("View", "view"), ("Read", "view"), ("Listen", "listen"), ("Arrive", "check_in"), ("Question", "question"),
    ("Flag", "flag"), ("Block", "block"), ("Offer", "offer"), ("Invite", "invite"), ("Follow", "follow"),
    ("https://www.w3.org/ns/activitystreams#Like", "like"), ("as:Like", "like"),
  ])
  func kinds(type: String, kind: String) throws {
    let interaction = try one(#""type":"\#(type)","actor":"https://a.example/ann","object":"https://b.example/7""#)
    #expect(interaction.kind.rawValue == kind)
    let isAboutSomeone = ["follow", "block"].contains(kind)
    #expect(interaction.target != nil || !isAboutSomeone)
  }

  @Test(arguments: [
    (#""type":"Note","content":"x""#, "an object of the type Note, expected an activity"),
    (#""type":"Like","object":"https://b.example/7""#, "an activity without an actor"),
    (#""type":"Like","actor":"ann""#, "an activity whose actor has no id to be found by"),
    (
      #""type":"Like","actor":{"type":"Person","name":"Ann"}"#, "an activity whose actor has no id to be found by"
    ),
    (#""type":"Link","href":"https://b.example/7""#, "a link, expected an activity"),
    (
      #""type":"https://b.example/React","actor":"https://a.example/ann""#,
      "a type of an extension, expected one of the vocabulary beside it"
    ),
    (#""id":"https://b.example/7""#, "an object without a type"),
    (#""type":"Collection","totalItems":4"#, "a collection without items in the document"),
  ])
  func validButNoInteraction(members: String, reason: String) throws {
    let reading = try reading(members)
    #expect(reading.interactions.isEmpty && reading.setAside == [SetAside(reason: reason)])
  }

  @Test func collectionsAreReadItemByItem() throws {
    let reading = try reading(
      #""type":"OrderedCollection","orderedItems":["https://a.example/1",{"type":"Like","actor":"https://a.example/ann","object":"https://b.example/7"},{"type":"Note"}]"#
    )
    #expect(reading.interactions.map(\.kind) == [.like])
    #expect(reading.setAside.map(\.path) == ["orderedItems[0]", "orderedItems[2]"])
  }

  @Test(arguments: [
    (#""type":"Note","published":"yesterday""#, "$.published"),
    (#""type":"Note","published":"2024-05-01T25:00:00Z""#, "$.published"),
    (#""type":"Note","updated":1714523400"#, "$.updated"),
    (#""type":"Note","id":"n/1""#, "$.id"),
    (#""type":"Note","id":7"#, "$.id"),
    (#""type":["Note",4]"#, "$.type"),
    (#""type":"Like","actor":5"#, "$.actor"),
    (#""type":"Like","actor":["https://a.example/ann",true]"#, "$.actor[1]"),
    (#""type":"Like","object":{"type":"Note","content":[1]}"#, "$.object.content[0]"),
    (#""type":"Like","object":"a b""#, "$.object"),
    (#""type":"Note","url":{"type":"Link","href":"x.png"}"#, "$.url.href"),
    (#""type":"Note","contentMap":{"en":1}"#, "$.contentMap.en"),
    (#""type":"Note","nameMap":{"english":"a","e":"b"}"#, "$.nameMap"),
    (#""type":"Video","duration":"2h""#, "$.duration"),
    (#""type":"Video","duration":"PT""#, "$.duration"),
    (#""type":"Place","radius":-1"#, "$.radius"),
    (#""type":"Place","latitude":"north""#, "$.latitude"),
    (#""type":"Collection","totalItems":1.5"#, "$.totalItems"),
    (#""type":"Collection","last":{"type":"Person"}"#, "$.last"),
    (#""type":"Link","href":"https://b.example/7","hreflang":"en_US""#, "$.hreflang"),
    (#""type":"Link","href":"https://b.example/7","mediaType":"html""#, "$.mediaType"),
  ])
  func brokenRulesAreNamed(members: String, path: String) {
    do {
      _ = try reading(members)
      Issue.record("read")
    } catch { #expect("\(error)".hasPrefix(path + ":"), "\(error)") }
  }

  @Test func contexts() throws {
    let reader = ActivityStreamsReader(defaults)
    for good in [
      "{}", #"{"@context":null}"#, #"{"@context":["http://www.w3.org/ns/activitystreams#",{"x":"http://x.example/"}]}"#,
      #"{"@context":{"@vocab":"https://www.w3.org/ns/activitystreams"}}"#,
    ] { #expect(throws: Never.self) { try reader.read(JSON(text: good)) } }
    for bad in [
      #"{"@context":"http://schema.org"}"#, #"{"@context":3}"#, #"{"@context":[[]]}"#,
      #"{"@context":["https://www.w3.org/ns/activitystreams",{"@language":"x"}]}"#, "[]", "\"a\"", "null",
    ] { #expect(throws: JSONError.self) { try reader.read(JSON(text: bad)) } }
  }

  // What is well-formed by RFC 5646, by example of the RFC and against it.
  @Test func languageTags() throws {
    func isGood(_ tag: String) -> Bool { (try? reading(#""type":"Note","contentMap":{"\#(tag)":"x"}"#)) != nil }
    for good in [
      "de", "i-klingon", "zh-Hans", "zh-cmn-Hans-CN", "zh-yue-HK", "sr-Latn-RS", "sl-rozaj-biske", "de-CH-1901",
      "hy-Latn-IT-arevela", "es-419", "de-CH-x-phonebk", "x-whatever", "en-a-myext-b-another", "en-US-u-islamcal",
      "und",
    ] { #expect(isGood(good), "\(good)") }
    for bad in [
      "de-419-DE", "a-DE", "ar-a-aaa-b-bbb-a-ccc", "x-", "en-", "", "en_US", "de-1901-1901", "english-toolonged",
      "en-x",
    ] {
      #expect(!isGood(bad), "\(bad)")
    }
  }

  @Test(arguments: [
    ("a<br>b<br/>c", "a\nb\nc"), ("<p>a</p><p>b</p>", "a\nb"), ("1 < 2 & 3 > 2", "1 < 2 & 3 > 2"),
    ("&lt;i&gt; &#x4F60;&#22909; &unknown; &amp", "<i> 你好 &unknown; &amp"), ("x<script>alert(1)</script>y", "xy"),
    ("a<!-- <b> -->b", "ab"), ("<a href=\"x>y\">z</a>", "z"),
    ("&#0;&#xD800;&#99999999999;", "\u{FFFD}\u{FFFD}\u{FFFD}"),
    ("<", "<"), ("<a", "<a"), ("&", "&"), ("<style>", ""), ("e\u{301}<b>\u{301}</b>", "e\u{301}\u{301}"),
  ])
  func textOfHTML(html: String, text: String) throws {
    var note = JSONObject([(key: "type", value: .string("Note")), (key: "content", value: .string(html))])
    note["id"] = .string("https://a.example/n")
    let document = JSON.object(
      JSONObject([
        (key: "type", value: .string("Create")), (key: "actor", value: .string("https://a.example/ann")),
        (key: "object", value: .object(note)),
      ]))
    let interaction = try #require(try ActivityStreamsReader(defaults).read(document).interactions.first)
    #expect(interaction.text?.text == text)
  }

  @Test func thePayloadIsKeptWhenAskedFor() throws {
    var defaults = defaults
    defaults.retainsPayload = true
    let reader = ActivityStreamsReader(defaults)
    let interaction = try reader.read(JSON(text: "{" + Self.context + Self.note + "}")).interactions[0]
    let raw = try #require(interaction.raw)
    #expect(raw.mediaType == "application/activity+json")
    #expect(try JSON(bytes: raw.bytes).objectValue()["bto"] == nil)
  }
}
