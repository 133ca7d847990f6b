import SCRMModel
import Testing

/// Changed documents: each gives an answer, nothing stops the reader, and the lines around it are read.
@Suite struct DocumentMutationTests {
  private static let rounds = 2_000

  private static let defaults = InterchangeDefaults(source: "s", received: .testNow, retainsPayload: true)

  @Test func activityStreams() throws {
    try check(
      ActivityStreamsReader(Self.defaults),
      #"{"@context":["https://www.w3.org/ns/activitystreams",{"@language":"en"}],"type":"OrderedCollection","totalItems":2,"first":{"type":"OrderedCollectionPage","orderedItems":[{"type":"Follow","actor":"https://a.example/ann","object":"https://b.example/acme"}]},"orderedItems":[{"type":["Create"],"id":"https://a.example/1","actor":[{"type":"Person","id":"https://a.example/ann","nameMap":{"en":"Ann"}}],"published":"2024-05-01T10:00:00Z","object":{"type":"Note","id":"https://a.example/n/1","content":"<p>a &amp; b</p>","contentMap":{"de":"x"},"inReplyTo":"https://b.example/1","tag":[{"type":"Mention","href":"https://b.example/acme"}],"attachment":[{"type":"Image","url":{"type":"Link","href":"https://a.example/i.png","mediaType":"image/png"}}],"location":{"type":"Place","latitude":1,"longitude":2,"radius":3},"duration":"PT2H"}},{"type":"Undo","actor":"https://a.example/ann","object":{"type":"Like","actor":"https://a.example/ann","object":"https://b.example/1"}}]}"#
    )
  }

  @Test func cloudEvents() throws {
    let interaction = try CloudEvent(fullInteraction("x")).jsonText
    var reader = CloudEventReader(Self.defaults)
    reader.mappings = [
      CloudEventMapping(type: "com.example.*", kind: "e", actor: .data(["u"]), namespace: .email, text: .data(["t"]))
    ]
    try check(
      reader,
      "[\(interaction),"
        + #"{"specversion":"1.0","id":"1","source":"/s","type":"com.example.x","time":"2018-04-05T17:31:00Z","ext":5,"flag":true,"subject":null,"dataschema":"https://a.example/s","data":{"u":"a@example.org","t":"x","n":[1,2.50]}},{"specversion":"1.0","id":"1","source":"/s","type":"com.example.y","datacontenttype":"application/json; charset=\"utf-8\"","data_base64":"eyJ1IjoiYiJ9"},{"specversion":"1.0","id":"2","source":"/s","type":"as","datacontenttype":"application/activity+json","data":{"type":"Like","actor":"https://a.example/ann"}}]"#
    )
  }

  @Test func weChat() throws {
    try check(
      WeChatReader(Self.defaults, app: "wx1"),
      #"{"xml":{"ToUserName":"gh_1","FromUserName":"o1","CreateTime":"1700000100","MsgType":"event","Event":"LOCATION","EventKey":"qrscene_1","Latitude":"23.1","Longitude":"113.3","Precision":"9","MsgId":5,"UnionId":"u","Content":"x"}}"#
    )
  }

  @Test func weCom() throws {
    try check(
      WeComReader(Self.defaults, corporation: "ww1"),
      #"{"ToUserName":"ww1","FromUserName":"sys","CreateTime":"1700000000","MsgType":"event","Event":"change_external_chat","ChangeType":"update","ChatId":"wr1","UpdateDetail":"add_member","MemChangeList":{"Item":["woAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","kim"]},"UserID":"kim","ExternalUserID":"wo1","State":"s"}"#
    )
    try check(
      WeComReader(Self.defaults, corporation: "ww1"),
      #"{"errcode":0,"external_contact":{"external_userid":"wo1","name":"a","type":1,"gender":2,"unionid":"u1"},"follow_user":[{"userid":"kim","createtime":1700000000,"state":"s","remark_mobiles":["1"],"tags":[{"tag_name":"t"}]}]}"#
    )
  }

  @Test func weibo() throws {
    try check(
      WeiboReader(Self.defaults),
      #"{"id":1,"text":{"type":"status","event":"add","status":{"id":11,"created_at":"Tue May 31 17:46:55 +0800 2011","text":"a","source":"<a href=\"x\">w</a>","geo":{"type":"Point","coordinates":[39.9,116.4]},"pic_urls":[{"thumbnail_pic":"https://p.example"}],"reposts_count":1,"user":{"id":7,"screen_name":"b","verified_type":-1,"verified":false,"followers_count":12},"retweeted_status":{"id":5,"user":{"id":9}}}}}"#
    )
  }

  @Test func mastodon() throws {
    try check(
      MastodonReader(Self.defaults, server: "s.example"),
      #"{"id":"11","created_at":"2026-02-08T03:48:33.901Z","edited_at":"2026-02-08T04:48:33Z","content":"<p>a<br>b &#33;</p>","language":"en","visibility":"direct","in_reply_to_id":"4","in_reply_to_account_id":"9","mentions":[{"id":"9","acct":"acme"}],"tags":[{"name":"t"}],"media_attachments":[{"type":"image","url":"https://p.example"}],"replies_count":1,"reblog":null,"account":{"id":"1","acct":"ann","url":"https://s.example/@ann","bot":false,"followers_count":3}}"#
    )
  }

  @Test func subjectRequestsAndSupport() throws {
    let request = try JSON(
      text:
        #"{"regulation":"gdpr","subject_request_id":"a","subject_request_type":"erasure","submitted_time":"2026-10-02T15:00:00Z","subject_identities":[{"identity_type":"email","identity_value":"p@example.com","identity_format":"raw"},{"identity_type":"email","identity_value":"d41d8cd98f00b204e9800998ecf8427e","identity_format":"md5"}],"api_version":"2.0","status_callback_urls":["https://c.example/cb"],"extensions":{}}"#
    )
    var random = InterchangeGenerator(seed: 21)
    var (read, refused) = (0, 0)
    for _ in 0..<Self.rounds {
      let changed = DocumentMutator.changed(request, &random)
      do {
        let request = try SubjectRequest(json: changed)
        #expect(request.identifiers.count + request.hashed.count + request.unmapped.count == request.identities.count)
        read += 1
      } catch { refused += 1 }
      _ = try? GPCSupport(json: changed)
    }
    #expect(read + refused == Self.rounds && read > 100 && refused > 100)
  }

  // MARK: The law

  private func check(_ reader: any InteractionDocumentReader, _ text: String) throws {
    let document = try JSON(text: text)
    let good = Array(document.text.utf8)
    var parser = DocumentLineParser(reader)
    let expected = parser.parse(good).map(\.interaction)
    #expect(expected.contains { $0 != nil })
    var random = InterchangeGenerator(seed: UInt64(text.utf8.count))
    var (applied, refused) = (0, 0)
    for round in 0..<Self.rounds {
      // Half by members, half by bytes; a byte never becomes the end of a line.
      let bytes =
        round % 2 == 0
        ? DocumentMutator.changed(document, &random).bytes : DocumentMutator.changed(bytes: good, &random)
      // The line behind is read all the same; now and then is enough.
      let isFollowed = round % 16 < 2
      let results = parser.parse(isFollowed ? bytes + [0x0A] + good : bytes)
      let changed = results.filter { $0.line == 1 }
      if isFollowed { #expect(results.filter { $0.line == 2 }.map(\.interaction) == expected) }
      let isBlank = bytes.allSatisfy { [0x20, 0x09, 0x0D].contains($0) }
      if changed.isEmpty != isBlank { Issue.record("round \(round): no answer to a document") }
      for result in changed {
        switch result.result {
        case .success(let interaction):
          applied += 1
          if (try? Interaction(jsonBytes: interaction.jsonBytes)) != interaction {
            Issue.record("round \(round): an interaction does not come back from its JSON form")
          }
        case .failure(let error):
          refused += 1
          if error.description.utf8.count > 400 { Issue.record("round \(round): a long message") }
        }
      }
    }
    #expect(applied > 200 && refused > 200, "applied \(applied), refused \(refused)")
  }
}

/// Changes documents: members replaced, removed, doubled in depth, texts of every kind; or bytes.
enum DocumentMutator {
  private static let texts = [
    "", "a", "\u{0}", "\u{7F}", "e\u{301}", "https://a.example/x", "as:Like", "1700000000", "-1", "1e400", "NaN",
    "2024-02-30T00:00:00Z", "9999-12-31T23:59:60+14:00", String(repeating: "x", count: 2_000), "<a<b<!--", "&#x110000;",
    "ww:1", "@", "event", "Create", "Collection",
  ]

  private static func leaf(_ random: inout InterchangeGenerator) -> JSON {
    switch random.below(9) {
    case 0: return .null
    case 1: return .bool(random.chance(50))
    case 2: return .number(JSONNumber(Int64(bitPattern: random.next())))
    case 3:
      return JSONNumber(text: random.pick(["0", "-0", "1e308", "1e999", "0.1", "18446744073709551616"])).map {
        .number($0)
      } ?? .null
    case 4: return .array([])
    case 5: return .object(JSONObject())
    default: return .string(random.pick(texts))
    }
  }

  static func changed(_ json: JSON, _ random: inout InterchangeGenerator) -> JSON {
    if random.chance(15) { return leaf(&random) }
    switch json {
    case .object(let object):
      var members = Array(object)
      guard !members.isEmpty else { return leaf(&random) }
      let index = random.below(members.count)
      switch random.below(10) {
      case 0: members.remove(at: index)
      case 1: members[index].value = .array([members[index].value, members[index].value])
      case 2: members[index].value = .object(JSONObject([(key: members[index].key, value: members[index].value)]))
      case 3: members[index].value = members[random.below(members.count)].value
      default: members[index].value = changed(members[index].value, &random)
      }
      return .object(JSONObject(members))
    case .array(var elements):
      guard !elements.isEmpty else { return leaf(&random) }
      let index = random.below(elements.count)
      elements[index] = changed(elements[index], &random)
      return .array(elements)
    default: return leaf(&random)
    }
  }

  static func changed(bytes: [UInt8], _ random: inout InterchangeGenerator) -> [UInt8] {
    var bytes = bytes
    for _ in 0...random.below(3) {
      let index = random.below(bytes.count)
      switch random.below(4) {
      case 0: bytes[index] = UInt8(truncatingIfNeeded: random.next())
      case 1: bytes.remove(at: index)
      case 2: bytes.insert(random.pick(Array("{}[]\",:0e\\ ".utf8)), at: index)
      default: bytes.removeSubrange(index..<min(bytes.count, index + random.below(40)))
      }
      if bytes.isEmpty { bytes = [0x7B] }
    }
    return bytes.map { $0 == 0x0A ? 0x0B : $0 }
  }
}
