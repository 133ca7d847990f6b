import IdentityGraph
import Testing

@Suite struct HandleNormaliserTests {
  @Test(arguments: [
    ("happymomo224", "happymomo224"), ("@HappyMomo224", "happymomo224"), (" ＠ＨａｐｐｙＭｏｍｏ ", "happymomo"),
    ("@@x", "x"), ("@ x", "x"), ("wang.danxu_5338", "wang.danxu_5338"), ("夏天的小猫99", "夏天的小猫99"),
    ("\u{200E}@张三\u{FEFF}", "张三"), ("José", "josé"), ("ÉMILE", "émile"),
    ("https://twitter.com/SomeBody", "somebody"), ("http://x.com/somebody/", "somebody"),
    ("https://x.com/@somebody?lang=en", "somebody"), ("twitter.com/somebody", "somebody"),
    ("//x.com/somebody#top", "somebody"), ("ｈｔｔｐｓ：／／ｘ．ｃｏｍ／ｓｏｍｅｂｏｄｙ", "somebody"),
    ("https://weibo.com/u/1234567890", "1234567890"), ("https://m.weibo.cn/profile/1234567890", "1234567890"),
    ("https://weibo.com/u/1234567890?is_all=1", "1234567890"),
    ("https://weibo.com/n/%E5%BC%A0%E4%B8%89", "张三"), ("https://weibo.com/n/张三", "张三"),
    ("https://www.douyin.com/user/abc123", "abc123"), ("https://www.xiaohongshu.com/user/profile/5f00aa", "5f00aa"),
    ("https://space.bilibili.com/12345", "12345"), ("https://www.linkedin.com/in/li-si", "li-si"),
    ("https://www.tiktok.com/@li.si", "li.si"), ("https://mastodon.example/@wang", "wang"),
    ("@wang@mastodon.example", "wang@mastodon.example"), ("https://x.com/%2541", "%41"), ("name#1234", "name#1234"),
    ("alice.bsky.example", "alice.bsky.example"),
  ])
  func `brings one account to one spelling`(raw: String, expected: String) throws {
    #expect(Array(try HandleNormaliser.key(for: raw).utf8) == Array(expected.utf8))
  }

  @Test(arguments: [
    ("", NormalisationError.Code.empty), (" \u{200B} ", .empty), ("@", .empty), ("＠＠ @", .empty),
    ("two words", .forbiddenCharacter), ("a/b", .forbiddenCharacter), ("a\u{0}b", .forbiddenCharacter),
    ("a\u{202E}b", .forbiddenCharacter), ("a\u{200B}b", .forbiddenCharacter), ("a\nb", .forbiddenCharacter),
    ("https://", .malformed), ("https://localhost/x", .malformed), ("https://x.com", .unsupported),
    ("https://x.com/", .unsupported), ("https://x.com/?u=somebody", .unsupported),
    ("https://x.com/somebody/status/123", .unsupported), ("https://x.com/home", .unsupported),
    ("https://weibo.com/u/", .unsupported), ("https://facebook.com/profile.php?id=100", .unsupported),
    ("https://www.tiktok.com/@li.si/video/7", .unsupported), ("https://x.com/a%", .malformed),
    ("https://x.com/%4", .malformed), ("https://x.com/%zz", .malformed), ("https://x.com/%FF%FE", .malformed),
    ("https://x.com/a%2Fb", .forbiddenCharacter), ("https://x.com/a%00", .forbiddenCharacter),
    ("https://x.com/%20", .empty), ("https://x.com/http%3A%2F%2Fa.com%2Fb", .forbiddenCharacter),
    (String(repeating: "a", count: 257), .tooLong), (String(repeating: "a", count: 100_000), .tooLong),
  ])
  func `refuses what is no handle`(raw: String, code: NormalisationError.Code) {
    let error = #expect(throws: NormalisationError.self) { try HandleNormaliser.key(for: raw) }
    #expect(error?.code == code)
  }
}
