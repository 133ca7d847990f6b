import IdentityGraph
import Testing

@Suite struct EmailNormaliserTests {
  @Test(arguments: [
    ("zhang.san@example.cn", "zhang.san@example.cn"),
    ("  Zhang.San@Example.CN\n", "zhang.san@example.cn"),
    ("Ｚｈａｎｇ．Ｓａｎ＠Ｅｘａｍｐｌｅ．ｃｎ", "zhang.san@example.cn"),
    ("mailto:li.si@example.com?subject=Hi", "li.si@example.com"),
    ("MAILTO:li.si@example.com", "li.si@example.com"),
    ("<li.si@example.com>", "li.si@example.com"),
    ("李四 <Li.Si@example.com>", "li.si@example.com"),
    ("\"Li, Si\" <mailto:li.si@example.com>", "li.si@example.com"),
    ("\u{202A}wang@example.com\u{202C}\u{200B}", "wang@example.com"),
    ("wang@example.com.", "wang@example.com"),
    ("wang+news@example.com", "wang+news@example.com"),
    ("w.a.n.g@gmail.com", "w.a.n.g@gmail.com"),
    ("王五@例子。公司", "王五@例子.公司"),
    ("用户@例え．テスト", "用户@例え.テスト"),
    ("MÜLLER@BÜCHER.example", "müller@bücher.example"),
    ("strasse@straße.example", "strasse@straße.example"),
    ("o'neil_#!{}|~@a-b.xn--p1ai", "o'neil_#!{}|~@a-b.xn--p1ai"),
    ("12345@qq.com", "12345@qq.com"),
    ("a@163.com", "a@163.com"),
  ])
  func `brings one mailbox to one spelling`(raw: String, expected: String) throws {
    #expect(Array(try EmailNormaliser.key(for: raw).utf8) == Array(expected.utf8))
  }

  @Test(arguments: [
    ("", NormalisationError.Code.empty), (" \u{3000}\u{FEFF}\t", .empty),
    ("no at sign", .malformed), ("a@b@example.com", .malformed), ("@example.com", .malformed), ("a@", .malformed),
    ("a@localhost", .malformed), ("a@example..com", .malformed), ("a@.example.com", .malformed),
    ("a@example.com..", .malformed), ("a@-example.com", .malformed), ("a@example-.com", .malformed),
    ("a@10.0.0.1", .malformed), ("a@[10.0.0.1]", .unsupported), ("\"a b\"@example.com", .unsupported),
    (".a@example.com", .malformed), ("a.@example.com", .malformed), ("a..b@example.com", .malformed),
    ("a b@example.com", .forbiddenCharacter), ("a\u{0}b@example.com", .forbiddenCharacter),
    ("a@exa mple.com", .forbiddenCharacter), ("a@exa_mple.com", .forbiddenCharacter),
    ("a,b@example.com", .forbiddenCharacter), ("a(comment)@example.com", .forbiddenCharacter),
    ("a\u{202E}b@example.com", .forbiddenCharacter), ("a@exam\u{200B}ple.com", .forbiddenCharacter),
    ("a\u{3000}b@example.com", .forbiddenCharacter), ("a@i❤.example", .forbiddenCharacter),
    ("x@one.com <a@two.com>", .malformed), ("<a@one.com> <b@two.com>", .malformed), ("a@one.com>", .malformed),
    ("<a@one.com", .forbiddenCharacter), ("mailto:", .malformed), ("<>", .malformed),
    ("a@one.com, b@two.com", .malformed), ("a\r\nBcc: b@two.com", .forbiddenCharacter),
  ])
  func `refuses what is no address`(raw: String, code: NormalisationError.Code) {
    let error = #expect(throws: NormalisationError.self) { try EmailNormaliser.key(for: raw) }
    #expect(error?.code == code)
  }

  @Test func `keeps to the limits of RFC 5321`() throws {
    let local = String(repeating: "a", count: 64)
    #expect(try EmailNormaliser.key(for: local + "@example.com") == local + "@example.com")
    #expect(code(of: "a" + local + "@example.com") == .tooLong)
    // 21 characters of three bytes are 63, 22 are 66.
    #expect(code(of: String(repeating: "王", count: 21) + "@example.com") == nil)
    #expect(code(of: String(repeating: "王", count: 22) + "@example.com") == .tooLong)

    let label = String(repeating: "b", count: 63)
    #expect(code(of: "a@\(label).com") == nil)
    #expect(code(of: "a@b\(label).com") == .tooLong)
    // 64 + 1 + 3 * 63 = 254, with the dots inside the labels' share.
    let domain = "\(label).\(label).\(String(label.dropLast(2)))"
    #expect(code(of: "\(local)@\(domain)") == nil)
    #expect(code(of: "\(local)@b\(domain.dropFirst())c") == .tooLong)
    #expect(code(of: String(repeating: " ", count: 5_000) + "a@b.cn") == .tooLong)
  }

  @Test(arguments: [
    ("W.a.n.g+shop@GMail.com", "wang@gmail.com"), ("wang@googlemail.com", "wang@gmail.com"),
    ("w.ang+a+b@googlemail.com", "wang@gmail.com"), ("w.ang+a@example.com", "w.ang+a@example.com"),
    ("w.ang+a@mail.gmail.com", "w.ang+a@mail.gmail.com"),
  ])
  func `provider rules join the mailboxes of gmail only`(raw: String, expected: String) throws {
    #expect(try EmailNormaliser.key(for: raw, providerRules: true) == expected)
    #expect(try EmailNormaliser.key(for: raw, providerRules: false) == EmailNormaliser.key(for: raw))
  }

  @Test func `what is taken as it stands is what the rules make of it`() {
    // Pieces of which many an address is right, and the others are wrong in one place.
    let pieces = [
      "a", "b7", "9", ".", "-", "_", "+", "cn", ".de", "x-y", "A", " ", "@", String(repeating: "l", count: 32),
    ]
    var state: UInt64 = 7
    func draw(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    var taken = 0
    for _ in 0..<20_000 {
      var raw = ""
      for _ in 0...draw(3) { raw += pieces[draw(pieces.count)] }
      raw += "@"
      for _ in 0...draw(4) { raw += pieces[draw(pieces.count)] }
      if draw(2) == 0 { raw += ".cn" }
      let key = try? EmailNormaliser.key(for: raw)
      #expect(key == (try? EmailNormaliser.key(for: raw, providerRules: false)), "\(raw)")
      if key == raw { taken += 1 }
    }
    #expect(taken > 800)
  }

  @Test func `provider rules refuse a tag without a mailbox`() {
    let error = #expect(throws: NormalisationError.self) {
      try EmailNormaliser.key(for: "+shop@gmail.com", providerRules: true)
    }
    #expect(error?.code == .malformed)
  }

  private func code(of raw: String) -> NormalisationError.Code? {
    do throws(NormalisationError) {
      _ = try EmailNormaliser.key(for: raw)
      return nil
    } catch {
      return error.code
    }
  }
}
