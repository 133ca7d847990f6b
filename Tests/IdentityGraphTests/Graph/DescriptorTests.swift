import IdentityGraph
import Testing

@Suite struct DescriptorTests {
  @Test(arguments: [
    ("Li Na", "NA LI", DescriptorComparison.agree), ("Surname, Given", "given surname", .agree), ("王伟", "王先生", .agree),
    ("张先生", "王伟", .disagree), ("李丽娜", "李莉娜", .agree), ("李娜", "李丽", .disagree), ("丽娜", "李丽娜", .agree),
    ("李娜", "Li Na", .undecided), ("Tom Smith", "T. Smith", .agree), ("Tom Smith", "Tmo Smith", .agree),
    ("Tom Smith", "Ann Smith", .disagree), ("Ｌｉ Ｎａ", "li na", .agree), ("", "", .undecided), ("...", "Li", .undecided),
    ("王 伟", "王伟", .agree), ("Bob Jones", "Smith", .disagree),
  ])
  func `names`(left: String, right: String, expected: DescriptorComparison) {
    #expect(IdentityDescriptor(.name, left).compare(IdentityDescriptor(.name, right)) == expected)
    #expect(IdentityDescriptor(.name, right).compare(IdentityDescriptor(.name, left)) == expected)
  }

  @Test(arguments: [
    ("1990-03-04", "1990-03-04", DescriptorComparison.agree), ("1990-03-04", "1990-04-03", .agree),
    ("1990-03-04", "1991-03-04", .agree), ("1990-03-04", "1990-01-01", .agree), ("1990-03-04", "1985-11-30", .disagree),
    ("1900-01-01", "1985-11-30", .undecided), ("1990-13-04", "1985-11-30", .undecided), ("x", "", .undecided),
  ])
  func `dates of birth`(left: String, right: String, expected: DescriptorComparison) {
    #expect(IdentityDescriptor(.birthDate, left).compare(IdentityDescriptor(.birthDate, right)) == expected)
    #expect(IdentityDescriptor(.birthDate, right).compare(IdentityDescriptor(.birthDate, left)) == expected)
  }

  @Test func `places`() {
    let pairs: [(String, String, DescriptorComparison)] = [
      ("北京", "北京市", .agree), ("北京", "上海", .disagree), ("北京", "Beijing", .undecided), ("New York", "NEW YORK", .agree),
    ]
    for (left, right, expected) in pairs {
      #expect(IdentityDescriptor(.place, left).compare(IdentityDescriptor(.place, right)) == expected)
    }
    #expect(IdentityDescriptor(.place, "Li").compare(IdentityDescriptor(.name, "Li")) == .undecided)
  }

  @Test func `patterns match by bytes`() {
    #expect(ValuePattern.exact("a").matches("a") && !ValuePattern.exact("a").matches("ab"))
    #expect(ValuePattern.prefix("info@").matches("info@x") && ValuePattern.suffix("@x").matches("info@x"))
    #expect(ValuePattern.repeated(count: 8).matches("+8600000000") && !ValuePattern.repeated(count: 8).matches("123"))
    #expect(!ValuePattern.exact("é").matches("e\u{301}"))
  }
}
