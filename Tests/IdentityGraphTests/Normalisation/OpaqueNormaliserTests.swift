import IdentityGraph
import Testing

@Suite struct OpaqueNormaliserTests {
  @Test(arguments: [
    "oABC-123_xyz", " a ", "A1", "a1", "e\u{301}", "é", "\n", "用户", "\u{FEFF}x", "ＡＢ", "👍🏽",
    String(repeating: "x", count: 512),
  ])
  func `keeps every byte`(raw: String) throws {
    #expect(Array(try OpaqueNormaliser.key(for: raw).utf8) == Array(raw.utf8))
  }

  @Test(arguments: [
    ("", 512, NormalisationError.Code.empty), ("a\u{0}b", 512, .forbiddenCharacter),
    ("\u{0}", 512, .forbiddenCharacter),
    (String(repeating: "x", count: 513), 512, .tooLong), ("用户", 5, .tooLong), ("a", 0, .tooLong), ("a", -1, .tooLong),
  ])
  func `refuses`(raw: String, limit: Int, code: NormalisationError.Code) {
    let error = #expect(throws: NormalisationError.self) { try OpaqueNormaliser.key(for: raw, limit: limit) }
    #expect(error?.code == code)
  }
}
