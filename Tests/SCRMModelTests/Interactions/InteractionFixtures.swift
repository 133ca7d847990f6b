import DenseData
import SCRMModel
import Testing

/// An interaction with every part set; every text that may be personal holds `marker`.
func fullInteraction(_ marker: String = "marker", id: String = "1", at time: Instant = .testNow) throws -> Interaction {
  let extra: ValueMap = [
    "null": .null, "bool": true, "int": 9_007_199_254_740_993, "uint": .uint(.max), "double": .double(.nan),
    "whole": .double(2), "text": .string(marker), "bytes": .bytes([0, 255]), "list": [1, .string(marker), [.null]],
    "map": .map([1: true, "x": .string(marker)]), "time": .timestamp(time), "span": .duration(.milliseconds(-1_500)),
    "type": .type("int"), "money": .opaque(try Money("1.50", currency: "CNY")),
    "dollar": .map(["$money": .string(marker)]),
  ]
  return Interaction(
    key: EventKey("weibo", id), kind: .comment,
    actor: Party(
      [Identifier(.weibo, marker, .verified), Identifier(.wechatOpenID(app: "wx:1"), marker, .inPerson)],
      role: .staff, displayName: marker),
    object: ObjectReference(type: "post", id: marker, name: marker),
    target: Party([Identifier(.email, marker + "@example.com", .inferred)], role: .brand, displayName: marker),
    text: LocalizedText(marker + " \u{0}\u{1F600} \"\\\n", language: "zh-Hans"),
    amount: try Money("-12.50", currency: "CNY"),
    place: Place(latitude: -89.5, longitude: 179.999, accuracy: 12.5, name: marker),
    attachments: [
      Attachment(.image, url: "https://example.com/" + marker, mediaType: "image/png", text: marker), Attachment(.link),
    ],
    properties: extra, traits: ["email": .string(marker), "age": 42],
    consents: [
      ConsentStatement(.denied, .marketing, channel: "sms", evidence: marker, expires: time.advanced(by: .days(9))),
      ConsentStatement(.granted, .service),
    ],
    context: InteractionContext(
      brand: "acme", channel: "weibo", thread: marker, inReplyTo: EventKey("weibo", "0"),
      campaign: CampaignReference(name: "n", source: "s", medium: "m", term: "t", content: "c"), session: marker,
      page: PageReference(url: marker, path: marker, title: marker, referrer: marker, search: marker),
      device: DeviceReference(
        id: marker, advertisingID: marker, type: "ios", manufacturer: "m", model: "x", name: marker),
      group: "g", cause: .init(rule: "greet", action: ActionID(high: 1, low: 2)), locale: "zh-CN",
      timeZone: "Asia/Shanghai", extra: extra),
    revision: .replaces("0"), at: time, received: time.advanced(by: .nanoseconds(1)), trust: 0.75,
    raw: RawPayload(mediaType: "application/json", bytes: Array(marker.utf8) + [0, 128, 255]))
}

extension SeededGenerator {
  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
  mutating func pick<T>(_ choices: [T]) -> T { choices[below(choices.count)] }
  mutating func maybe<T>(_ make: (inout SeededGenerator) throws -> T) rethrows -> T? {
    chance(50) ? try make(&self) : nil
  }

  mutating func text() -> String {
    let parts = ["a", "B", "é", "e\u{301}", "中", "😀", "\0", "\"", "\\", "\n", "\u{2028}", "/", "$", ":", " "]
    return (0..<below(8)).map { _ in pick(parts) }.joined()
  }

  mutating func instant() -> Instant {
    let seconds: Int64 = chance(10) ? pick([-62_135_596_800, 253_402_300_799, 0, -1]) : Int64(below(4_000_000_000))
    let offset: Int32? = chance(50) ? nil : Int32(below(57) - 28) * 1_800
    let time = Instant(
      secondsSinceEpoch: seconds, nanoseconds: chance(50) ? 0 : Int32(below(1_000_000_000)), utcOffset: offset)
    return time ?? .epoch
  }

  mutating func value(depth: Int = 0) -> Value {
    switch below(depth > 2 ? 9 : 13) {
    case 0: .null
    case 1: .bool(chance(50))
    case 2: .int(Int64(bitPattern: next()) >> Int64(below(64)))
    case 3: .uint(next() >> UInt64(below(64)))
    case 4: .double(Double(bitPattern: next()))
    case 5: .double(pick([0, -0.0, 0.5, 5, .infinity, -.infinity, 1e300]))
    case 6: .string(text())
    case 7: .timestamp(instant())
    case 8: .bytes((0..<below(5)).map { _ in UInt8(truncatingIfNeeded: next()) })
    case 9: .list((0..<below(3)).map { _ in value(depth: depth + 1) })
    case 10: .duration(.nanoseconds(Int64(bitPattern: next()) >> 8))
    case 11: Money(units: Int64(bitPattern: next()), scale: below(19), currency: "CNY").map { .opaque($0) } ?? .null
    default: .map(map(depth: depth + 1))
    }
  }

  mutating func map(depth: Int = 0) -> ValueMap {
    var map = ValueMap()
    for _ in 0..<below(4) {
      let key: ValueMap.Key = depth > 0 && chance(20) ? .int(Int64(below(5))) : .string(text())
      map[key] = value(depth: depth)
    }
    return map
  }

  mutating func party() -> Party {
    let namespaces: [IdentifierNamespace] = [.email, .weibo, .wechatOpenID(app: text()), .user(), .init(text())]
    return Party(
      (0..<below(4)).map { _ in Identifier(pick(namespaces), text(), pick(Identifier.Assertion.allCases)) },
      role: pick(ActorRole.allCases), displayName: maybe { $0.text() })
  }

  mutating func interaction(id: String) throws -> Interaction {
    let time = instant()
    return Interaction(
      key: EventKey(SourceID(text()), id),
      kind: chance(70) ? pick(InteractionKind.vocabulary) : InteractionKind(text()),
      actor: party(), object: maybe { ObjectReference(type: $0.text(), id: $0.text(), name: $0.maybe { $0.text() }) },
      target: maybe { $0.party() }, text: maybe { LocalizedText($0.text(), language: $0.maybe { $0.text() }) },
      amount: Money(units: Int64(bitPattern: next()), scale: below(19), currency: pick(["CNY", "EUR", "點"])),
      place: Place(
        latitude: unit() * 180 - 90, longitude: unit() * 360 - 180, accuracy: maybe { $0.unit() * 100 },
        name: maybe { $0.text() }),
      attachments: (0..<below(3)).map { _ in
        Attachment(pick(Attachment.Kind.allCases), url: maybe { $0.text() }, mediaType: nil, text: maybe { $0.text() })
      }, properties: map(), traits: map(),
      consents: (0..<below(3)).map { _ in
        ConsentStatement(
          chance(50) ? .granted : .denied, Purpose(text()), channel: maybe { $0.text() }, evidence: text(),
          expires: maybe { $0.instant() })
      },
      context: chance(30)
        ? InteractionContext()
        : InteractionContext(
          brand: maybe { $0.text() }, channel: maybe { $0.text() }, inReplyTo: maybe { EventKey("s", $0.text()) },
          campaign: maybe { CampaignReference(name: $0.maybe { $0.text() }) },
          page: maybe { PageReference(url: $0.text()) }, device: maybe { DeviceReference(id: $0.text()) },
          cause: maybe { .init(rule: $0.text(), action: $0.maybe { ActionID(high: $0.next(), low: $0.next()) }) },
          extra: map()),
      revision: chance(70) ? nil : (chance(50) ? .retracts(text()) : .replaces(text())), at: time,
      received: chance(20) ? time : instant(), trust: chance(50) ? 1 : unit(),
      raw: maybe { RawPayload(mediaType: $0.text(), bytes: Array($0.text().utf8)) })
  }
}
