import IdentityGraph
import Testing

@Suite struct DescriptorTests {
  @Test(arguments: [
    ("Li Na", "NA LI", DescriptorComparison.agree), ("Surname, Given", "given surname", .agree), ("王伟", "王先生", .agree),
    ("张先生", "王伟", .disagree), ("李丽娜", "李莉娜", .agree), ("李娜", "李丽", .disagree), ("丽娜", "李丽娜", .agree),
    ("Tom Smith", "T. Smith", .agree), ("Tom Smith", "Tmo Smith", .agree), ("Tom Smith", "Ann Smith", .disagree),
    ("Ｌｉ Ｎａ", "li na", .agree), ("", "", .undecided), ("...", "Li", .undecided), ("王 伟", "王伟", .agree),
    ("Bob Jones", "Smith", .disagree),
    // Short forms, two slips, one slip in each of two words, letters that went to the other word.
    ("Bob Jones", "Robert Jones", .agree), ("Jess Ramirez", "Jessica", .agree), ("B. Adams", "Brandon", .agree),
    ("Andaew Foster", "AndrewF oster", .agree), ("Tin aVaughn", "Tina Vaughn", .agree),
    ("Lisa", "eisa Rodgers", .agree),
    ("Ryan Johnson", "Ronald Johnson", .disagree), ("Mary Carter", "Melissa Carter", .disagree),
    ("Juan Padilla", "José Padilla", .disagree), ("Ann Lee", "Anna Maria Lee", .agree),
    // Characters that sound alike, and others.
    ("陳敏", "陈敏", .agree), ("黄平", "黄萍", .agree), ("李婷霞", "李芝霞", .disagree), ("欧阳修", "修", .agree),
    ("康先生", "鑫莹", .undecided), ("康先生", "康鑫莹", .agree), ("康先生", "王鑫莹", .disagree),
  ])
  func `names`(left: String, right: String, expected: DescriptorComparison) {
    check(left, right, expected)
  }

  @Test(arguments: [
    ("李娜", "Li Na", DescriptorComparison.agree), ("李娜", "NA LI", .agree), ("李娜", "lina", .agree),
    ("李莉娜", "Lina", .agree),
    ("吕燕", "Lv Yan", .agree), ("吕燕", "Lu Yan", .agree), ("吕燕", "Lyu Yan", .agree), ("曾志伟", "Zeng Zhiwei", .agree),
    ("欧阳娜娜", "Ouyang Nana", .agree), ("陈东海", "Chen Dongai", .agree),
    ("李娜", "Li Hua", .disagree), ("李娜", "Wang Wei", .disagree), ("傅凯琴", "Victoria Gonzalez", .disagree),
    ("王伟", "Jack Wang", .undecided), ("王伟", "Jack", .undecided), ("陈大文", "Chan Tai Man", .undecided),
    ("王先生", "Wang Wei", .undecided), ("王先生", "Tom Smith", .disagree), ("㐂", "Tom Smith", .undecided),
  ])
  func `names in Han characters and in letters`(han: String, latin: String, expected: DescriptorComparison) {
    check(han, latin, expected)
  }

  private func check(_ left: String, _ right: String, _ expected: DescriptorComparison) {
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
