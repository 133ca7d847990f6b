import IdentityGraph
import Testing

@Suite struct NameNormaliserTests {
  @Test(arguments: [
    ("李娜", "李娜"), ("李 娜", "李娜"), ("李娜女士", "李娜"), ("王先生", "王"), ("　李娜　", "李娜"),
    ("Ana López", "ana lopez"), ("LÓPEZ, Ana", "ana lopez"), ("Dr. Ana  López", "ana lopez"),
    ("Ｊｏｈｎ Ｓｍｉｔｈ", "john smith"), ("Mr John Smith", "john smith"), ("O'Neil, Pat", "oneil pat"), ("Miss", "miss"),
  ])
  func `one form for what sources write`(raw: String, expected: String) throws {
    #expect(try NameNormaliser.key(for: raw) == expected)
  }

  @Test(arguments: ["", "  ", "123", "·", "-", "\u{200B}"])
  func `what has no letter is no name`(raw: String) {
    #expect(throws: NormalisationError.self) { try NameNormaliser.key(for: raw) }
  }
}
