import Testing
import TextMatching

@Suite struct PinyinTests {
  private func syllable(_ character: Unicode.Scalar) -> String? {
    Pinyin.syllable(of: character.value).map { String(decoding: $0, as: UTF8.self) }
  }

  @Test func `common readings`() {
    #expect(
      ["王", "陈", "陳", "吕", "喆", "阿", "装"].map { syllable($0) } == ["wang", "chen", "chen", "lv", "zhe", "a", "zhuang"])
    #expect(syllable("a") == nil && syllable("㐂") == nil && syllable("\u{20000}") == nil)
  }

  @Test func `characters that sound alike`() {
    func alike(_ one: Unicode.Scalar, _ two: Unicode.Scalar) -> Bool { Pinyin.soundsAlike(one.value, two.value) }
    #expect(alike("陈", "陳") && alike("平", "萍") && alike("㐂", "㐂"))
    #expect(!alike("王", "黄") && !alike("㐂", "㐃"))
  }

  @Test(arguments: [
    ("wangwei", true), ("xian", true), ("zhuang", true), ("nvlv", true), ("a", true), ("smith", false),
    ("gonzalez", false),
    ("wangw", false), ("", false), ("v", false),
  ])
  func `words that can be read as syllables`(word: String, expected: Bool) {
    #expect(Pinyin.canSpell(Array(word.utf8)) == expected)
  }
}
