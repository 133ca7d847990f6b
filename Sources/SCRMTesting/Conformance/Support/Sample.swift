import SocialCRM

/// Invented records: the same number always gives the same record.
enum Sample {
  static let now = Instant.epoch.advanced(by: .seconds(1_714_550_400))
  static let source: SourceID = "kit"

  /// Spreads numbers over all 64 bits, so that ids also have the highest bit set.
  private static func spread(_ number: UInt64) -> UInt64 { number &* 0x9e37_79b9_7f4a_7c15 }

  static func person(_ number: UInt64) -> PersonID { PersonID(high: spread(number), low: number) }
  static func account(_ number: UInt64) -> AccountID { AccountID(high: spread(number), low: number) }
  static func actionID(_ number: UInt64) -> ActionID { ActionID(high: spread(number ^ 0x5555), low: number) }
  static func event(_ id: String) -> EventKey { EventKey(source, id) }
  static func event(_ number: some BinaryInteger) -> EventKey { EventKey(source, "e\(number)") }

  static func time(_ seconds: Int64) -> Instant { now.advanced(by: .seconds(seconds)) }

  static func interaction(_ key: EventKey, from actor: String = "a", received: Instant = now) -> Interaction {
    Interaction(key: key, kind: .like, actor: Party(.email, actor), at: received, received: received)
  }

  /// An interaction with every part set; `text` stands wherever personal data may stand.
  static func fullInteraction(_ key: EventKey, _ text: String, received: Instant = now) -> Interaction {
    let bag: ValueMap = [
      "text": .string(text), "list": [1, .string(text), .null], "bytes": .bytes(Array(text.utf8) + [0, 255]),
      "large": 9_007_199_254_740_993, "double": .double(0.1), "map": .map(["x": .string(text), "flag": true]),
    ]
    return Interaction(
      key: key, kind: .comment,
      actor: Party([Identifier(.weibo, text, .verified), Identifier(.email, text)], role: .staff, displayName: text),
      object: ObjectReference(type: "post", id: text, name: text),
      target: Party([Identifier(.handle("x"), text, .inferred)], role: .brand, displayName: text),
      text: LocalizedText(text + " \u{0}\u{1F600} e\u{301} é \"\\\n", language: "zh-Hans"),
      amount: Money(units: -1_250, scale: 2, currency: "CNY"),
      place: Place(latitude: -89.5, longitude: 179.999, accuracy: 12.5, name: text),
      attachments: [Attachment(.image, url: text, mediaType: "image/png", text: text)], properties: bag, traits: bag,
      consents: [ConsentStatement(.denied, .marketing, channel: "sms", evidence: text, expires: received)],
      context: InteractionContext(
        brand: "acme", channel: "weibo", thread: text, inReplyTo: event("earlier"),
        campaign: CampaignReference(name: "spring"), session: text, page: PageReference(url: text),
        device: DeviceReference(id: text), cause: .init(rule: "greet", action: actionID(1)), extra: bag),
      revision: .replaces("earlier"), at: received, received: received.advanced(by: .nanoseconds(1)), trust: 0.75,
      raw: RawPayload(mediaType: "application/json", bytes: Array(text.utf8) + [0, 128, 255]))
  }

  static func entry(
    _ position: LogPosition, _ interaction: Interaction, _ mode: IngestMode = .live, actor: AccountID? = nil,
    addressee: AccountID? = nil
  ) -> LogEntry {
    LogEntry(position: position, body: .interaction(interaction, mode), actor: actor, addressee: addressee)
  }

  static func identity(_ key: IdentifierKey, _ owner: UInt64, version: UInt64 = 1) -> IdentityRecord {
    IdentityRecord(key: key, account: account(owner), person: person(owner), version: LogPosition(version))
  }

  static func identity(_ key: String, _ owner: UInt64, version: UInt64 = 1) -> IdentityRecord {
    identity(IdentifierKey(.email, key: key), owner, version: version)
  }

  static func personRecord(_ number: UInt64, version: UInt64 = 1) -> PersonRecord {
    PersonRecord(id: person(number), version: LogPosition(version))
  }

  /// A person with an account, a trait and a consent that were all shown by `event`.
  static func fullPerson(_ number: UInt64, _ text: String, by event: EventKey, version: UInt64 = 1) -> PersonRecord {
    var record = personRecord(number, version: version)
    record.accounts = [
      AccountLink(
        account: account(number), key: IdentifierKey(.email, key: text), rawValue: text, normaliserVersion: 1,
        assertion: .claimed, firstSeen: now, firstEvent: event)
    ]
    record.traits.record(
      "name",
      TraitValue(
        .string(text), source: source, account: account(number), observed: now, confidence: 0.5, event: event))
    record.consents.add(
      ConsentRecord(
        statement: ConsentStatement(.granted, .marketing, evidence: text), account: account(number), time: now,
        event: event))
    return record
  }

  static func merge(_ survivor: UInt64, _ absorbed: UInt64, cause: EventKey, at position: UInt64) -> MergeRecord {
    MergeRecord(
      survivor: person(survivor), absorbed: person(absorbed), accounts: [account(absorbed)], cause: cause,
      evidence: [account(survivor), account(absorbed)], time: now, position: LogPosition(position))
  }

  static func tie(_ from: UInt64, _ to: UInt64, version: UInt64 = 1, bytes: [UInt8] = [7]) -> TieRecord {
    TieRecord(
      key: TieKey(from: account(from), to: account(to)), version: LogPosition(version), schema: 1, bytes: bytes)
  }

  static func state(
    _ key: StateKey, _ kind: StateKind = "kit.a", version: UInt64 = 1, due: Instant? = nil, bytes: [UInt8] = [1]
  ) -> StateRecord {
    StateRecord(kind: kind, key: key, version: LogPosition(version), schema: 1, due: due, bytes: bytes)
  }

  static func membership(_ segment: String, _ number: UInt64, version: UInt64 = 1) -> Membership {
    Membership(segment: segment, person: person(number), since: now, version: LogPosition(version))
  }

  static func action(
    _ number: UInt64, for owner: UInt64 = 1, expires: Instant? = nil, suppressed: Bool = false, text: String = "hello",
    trigger: EventKey? = nil
  ) -> ProposedAction {
    let trigger = trigger ?? event(number)
    return ProposedAction(
      id: actionID(number), rule: "greet", ruleVersion: 1, person: person(owner), kind: "reply", channel: "sms",
      parameters: ["text": .string(text)], purpose: .service, trigger: trigger, decided: now, expires: expires,
      position: LogPosition(1), disposition: suppressed ? .suppressed(.consent) : .proposed,
      explanation: Explanation("because", evidence: [.init("likes = 3", weight: 0.5, event: trigger)]))
  }
}
