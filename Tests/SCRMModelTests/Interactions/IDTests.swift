import DenseData
import SCRMModel
import StateCoding
import Testing

@Suite struct IDTests {
  @Test func opaqueIdsAreThirtyTwoDigits() throws {
    let id = PersonID(high: 0x0123_4567_89ab_cdef, low: 0xfedc_ba98_7654_3210)
    #expect(id.description == "0123456789abcdeffedcba9876543210")
    #expect(PersonID(id.description) == id)
    #expect(AccountID(high: 1, low: 2).person == PersonID(high: 1, low: 2))
    for text in [
      "", "0", id.description.uppercased(), id.description + "0", String(id.description.dropLast()) + "g",
      " " + id.description.dropFirst(), "0x" + id.description.dropFirst(2),
    ] {
      #expect(PersonID(text) == nil, "\(text)")
    }
    #expect(refusal(ActionID.self, #""12""#) == " invalidValue")
    #expect(refusal(ActionID.self, "12") == " typeMismatch")
  }

  @Test func theOrderOfIdsIsThatOfTheirTexts() {
    var random = SeededGenerator(seed: 1)
    var ids = (0..<200).map { _ in AccountID(high: random.next() >> UInt64(random.below(64)), low: random.next()) }
    ids += [AccountID(high: 0, low: 0), AccountID(high: .max, low: .max), AccountID(high: 0, low: .max)]
    for id in ids { #expect(AccountID(id.description) == id) }
    #expect(ids.sorted().map(\.description) == ids.map(\.description).sorted())
  }

  @Test func aDigestBecomesTheFirstSixteenBytes() {
    let digest = SHA256.digest(Array("abc".utf8))
    // FIPS 180-4, example "abc".
    #expect(ActionID(digest: digest).description == "ba7816bf8f01cfea414140de5dae2223")
  }

  @Test func contentStandsInForAMissingId() {
    let key = EventKey.fallback(source: "web", content: Array("abc".utf8))
    #expect(key == EventKey("web", "sha256-ba7816bf8f01cfea414140de5dae2223"))
    #expect(key == EventKey.fallback(source: "web", content: Array("abc".utf8)))
    #expect(key != EventKey.fallback(source: "app", content: Array("abc".utf8)))
    #expect(key != EventKey.fallback(source: "web", content: Array("abd".utf8)))
    #expect(EventKey.fallback(source: "web", content: []).id == "sha256-e3b0c44298fc1c149afbf4c8996fb924")
  }

  @Test func unicodeFormsStayApart() throws {
    let (composed, decomposed) = ("caf\u{E9}", "cafe\u{301}")
    #expect(composed == decomposed)
    let apart: [(any Hashable, any Hashable)] = [
      (SourceID(composed), SourceID(decomposed)),
      (EventKey("s", composed), EventKey("s", decomposed)),
      (EventKey(SourceID(composed), "1"), EventKey(SourceID(decomposed), "1")),
      (IdentifierKey(.email, key: composed), IdentifierKey(.email, key: decomposed)),
      (IdentifierNamespace(composed), IdentifierNamespace(decomposed)),
      (IdentifierNamespace.user(composed), IdentifierNamespace.user(decomposed)),
      (Identifier(.email, composed), Identifier(.email, decomposed)),
      (StateKey.name(composed), StateKey.name(decomposed)),
      (StateKey.event(EventKey("s", composed)), StateKey.event(EventKey("s", decomposed))),
      (LocalizedText(composed), LocalizedText(decomposed)),
      (ObjectReference(type: "post", id: composed), ObjectReference(type: "post", id: decomposed)),
      (Party(.email, "a", displayName: composed), Party(.email, "a", displayName: decomposed)),
      (Interaction.Revision.retracts(composed), Interaction.Revision.retracts(decomposed)),
      (
        ConsentStatement(.granted, .marketing, channel: composed),
        ConsentStatement(.granted, .marketing, channel: decomposed)
      ),
      (
        ConsentStatement(.granted, .marketing, evidence: composed),
        ConsentStatement(.granted, .marketing, evidence: decomposed)
      ),
      (
        Tombstone(key: EventKey("s", composed), digest: "", reason: .erased),
        Tombstone(key: EventKey("s", decomposed), digest: "", reason: .erased)
      ),
      (InteractionKind(composed), InteractionKind(decomposed)),
    ]
    for (left, right) in apart {
      #expect(AnyHashable(left) != AnyHashable(right), "\(type(of: left))")
      #expect(AnyHashable(left) == AnyHashable(left))
    }
    #expect(Tombstone.erasedID(EventKey("s", composed)) != Tombstone.erasedID(EventKey("s", decomposed)))
    #expect(Set([EventKey("s", composed), EventKey("s", decomposed)]).count == 2)
    #expect(StateKey.name(composed).text.utf8.count == StateKey.name(decomposed).text.utf8.count - 1)
    #expect(EventKey("s", decomposed) < EventKey("s", composed))
  }

  @Test func anErasedIdNeedsSourceAndId() {
    #expect(Tombstone.erasedID(EventKey("a", "bc")) != Tombstone.erasedID(EventKey("ab", "c")))
    #expect(Tombstone.erasedID(EventKey("a", "b")).hasPrefix("erased-"))
  }

  @Test func namespacesReadTheirOwnText() {
    var random = SeededGenerator(seed: 3)
    for _ in 0..<2_000 {
      let namespace = IdentifierNamespace(random.awkwardText(), scope: random.awkwardText())
      let again = IdentifierNamespace(text: namespace.description)
      #expect(again == namespace && again.hashValue == namespace.hashValue)
      #expect(!namespace.kind.utf8.contains(0x3A))
    }
    #expect(IdentifierNamespace("a:b", scope: "c") == IdentifierNamespace("a", scope: "b:c"))
    #expect(IdentifierNamespace("a:\u{301}b").scope.unicodeScalars.count == 2)
    #expect(IdentifierNamespace(text: "wechat.openid:wx1:2") == .wechatOpenID(app: "wx1:2"))
    #expect(IdentifierNamespace(text: "email") == .email)
    #expect(IdentifierNamespace("a", scope: "z") < IdentifierNamespace("b"))
  }
}

@Suite struct StateKeyTests {
  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func textsAreInjectiveAndReadBack(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var keys: [StateKey] = [.event(EventKey("", "")), .name(""), .person(PersonID(high: 0, low: 0))]
    for _ in 0..<600 {
      keys.append(.event(EventKey(SourceID(random.awkwardText()), random.awkwardText())))
      keys.append(.name(random.awkwardText()))
      keys.append(.person(PersonID(high: random.next(), low: random.next())))
    }
    var byText: [[UInt8]: StateKey] = [:]
    for key in keys {
      let text = key.text
      #expect(StateKey(text: text) == key)
      #expect(StateKey(text: text)?.text.utf8.elementsEqual(text.utf8) ?? false)
      if let known = byText.updateValue(key, forKey: Array(text.utf8)) { #expect(known == key) }
    }
    #expect(byText.count == Set(keys).count)
    for (left, right) in zip(keys, keys.dropFirst()) {
      #expect([left < right, right < left, left == right].count(where: { $0 }) == 1)
    }
  }

  @Test(arguments: [
    "", "p", "p:", "x:1", "p:12", "p:0123456789ABCDEF0123456789abcdef", "e:", "e::", "e:x:y", "e:-1:ab", "e:+1:ab",
    "e:01:ab", "e:3:ab", "e:9223372036854775807:ab", "e:99999999999999999999:a", "e:1:é", "e 1:ab", "n",
  ])
  func otherTextsAreRefused(text: String) { #expect(StateKey(text: text) == nil) }

  @Test func peopleComeBeforeEventsBeforeNames() {
    let keys: [StateKey] = [
      .person(PersonID(high: 0, low: 1)), .person(PersonID(high: 1, low: 0)), .event(EventKey("a", "b")),
      .event(EventKey("b", "a")), .name(""), .name("z"),
    ]
    #expect(keys.reversed().sorted() == keys)
  }
}

extension SeededGenerator {
  /// Texts of colons, NULs, digits, combining marks, letters of two forms and emoji.
  mutating func awkwardText() -> String {
    let parts = [
      ":", "\0", "1", "12", "e:", "\u{E9}", "e\u{301}", "\u{301}", "👩‍👩‍👧", "🇨🇳", "中", "a", "p:", "n:", "-", "\u{FFFD}",
    ]
    return (0..<below(6)).map { _ in parts[below(parts.count)] }.joined()
  }
}
