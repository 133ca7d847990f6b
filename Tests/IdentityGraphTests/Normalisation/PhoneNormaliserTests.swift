import IdentityGraph
import Testing

@Suite struct PhoneNormaliserTests {
  /// Chinese numbers: mobile, land line with its area code, service numbers.
  @Test(arguments: [
    ("13800138000", "+8613800138000"), ("138 0013 8000", "+8613800138000"), ("138-0013-8000", "+8613800138000"),
    ("+86 138 0013 8000", "+8613800138000"), ("+86-138-0013-8000", "+8613800138000"),
    ("008613800138000", "+8613800138000"), ("8613800138000", "+8613800138000"), ("(+86)13800138000", "+8613800138000"),
    ("１３８００１３８０００", "+8613800138000"), ("＋８６　１３８００１３８０００", "+8613800138000"),
    ("tel:+86-138-0013-8000", "+8613800138000"), ("TEL：13800138000", "+8613800138000"),
    ("\u{202D}138\u{A0}0013\u{A0}8000\u{202C}", "+8613800138000"), ("138.0013.8000", "+8613800138000"),
    ("013800138000", "+8613800138000"), ("19912345678", "+8619912345678"), ("+008613800138000", "+8613800138000"),
    ("138–0013—8000", "+8613800138000"), ("١٣٨٠٠١٣٨٠٠٠", "+8613800138000"),
    ("010-88886666", "+861088886666"), ("(010) 8888 6666", "+861088886666"), ("0755-26881234", "+8675526881234"),
    ("0571 8765432", "+865718765432"), ("+86 21 62181234", "+862162181234"), ("+86 (0)21 62181234", "+862162181234"),
    ("86 0755 26881234", "+8675526881234"), ("00862162181234", "+862162181234"),
    ("400-820-8820", "+864008208820"), ("800 810 1234", "+868008101234"),
    ("+1 212 555 0123", "+12125550123"), ("0044 20 7946 0958", "+442079460958"), ("+852 5123 4567", "+85251234567"),
  ])
  func `with China as default`(raw: String, expected: String) throws {
    #expect(try PhoneNormaliser.key(for: raw, defaultCountryCode: "86") == expected)
    #expect(try PhoneNormaliser.key(for: raw, defaultCountryCode: "+86") == expected)
  }

  @Test(arguments: [
    ("1", "(212) 555-0123", "+12125550123"), ("1", "1-212-555-0123", "+12125550123"),
    ("1", "212.555.0123", "+12125550123"), ("1", "011 86 138 0013 8000", "+8613800138000"),
    ("1", "011 44 20 7946 0958", "+442079460958"), ("1", "+1 (212) 555-0123", "+12125550123"),
    ("44", "020 7946 0958", "+442079460958"), ("44", "07700 900123", "+447700900123"),
    ("44", "+44 (0)20 7946 0958", "+442079460958"), ("39", "06 1234 5678", "+390612345678"),
    ("39", "+39 06 1234 5678", "+390612345678"), ("49", "030 123456", "+4930123456"),
    ("33", "01 99 00 12 34", "+33199001234"), ("81", "03-1234-5678", "+81312345678"),
    ("81", "０３ー１２３４ー５６７８", "+81312345678"), ("81", "010 86 138 0013 8000", "+8613800138000"),
    ("61", "0011 86 138 0013 8000", "+8613800138000"), ("61", "(02) 5550 1234", "+61255501234"),
    ("7", "8 (495) 123-45-67", "+74951234567"), ("7", "495 123-45-67", "+74951234567"),
    ("7", "810 86 138 0013 8000", "+8613800138000"), ("36", "06 1 234 5678", "+3612345678"),
    ("852", "5123 4567", "+85251234567"), ("886", "0912-345-678", "+886912345678"),
    ("225", "01 23 45 67 89", "+2250123456789"), ("65", "6123 4567", "+6561234567"),
  ])
  func `with other countries as default`(code: String, raw: String, expected: String) throws {
    #expect(try PhoneNormaliser.key(for: raw, defaultCountryCode: code) == expected)
  }

  /// Extensions, as RFC 3966 writes them.
  @Test(arguments: [
    ("010-88886666 转 801", "+861088886666;ext=801"), ("010-88886666轉801", "+861088886666;ext=801"),
    ("010-88886666 转接 801", "+861088886666;ext=801"), ("010-88886666 分机：801", "+861088886666;ext=801"),
    ("０１０－８８８８６６６６　分机号　８０１", "+861088886666;ext=801"), ("(010) 8888 6666 內線 0801", "+861088886666;ext=0801"),
    ("010-88886666#801", "+861088886666;ext=801"), ("13800138000转1234", "+8613800138000;ext=1234"),
    ("+1 212 555 0123 ext. 45", "+12125550123;ext=45"), ("+1 212 555 0123 x45", "+12125550123;ext=45"),
    ("+1 212 555 0123, Ext 4-5", "+12125550123;ext=45"), ("+1 212 555 0123 Extension 4", "+12125550123;ext=4"),
    ("+1 212 555 0123 extn:45", "+12125550123;ext=45"), ("tel:+1-212-555-0123;ext=45", "+12125550123;ext=45"),
    ("+7 495 123-45-67 доб. 12", "+74951234567;ext=12"), ("+12125550123;ext=45", "+12125550123;ext=45"),
  ])
  func `an extension makes another identifier than the number alone`(raw: String, expected: String) throws {
    #expect(try PhoneNormaliser.key(for: raw, defaultCountryCode: "86") == expected)
    #expect(try PhoneNormaliser.key(for: expected, defaultCountryCode: nil) == expected)
  }

  @Test(arguments: [
    ("", NormalisationError.Code.empty), ("  \u{200B}", .empty), ("-", .malformed), ("+", .malformed),
    ("12345678", .malformed), ("95588", .malformed), ("1380013800", .malformed), ("138001380001", .malformed),
    ("12345678901", .malformed), ("11111111111", .malformed), ("00000000000", .malformed), ("+0", .malformed),
    ("+86 138 0013 800", .malformed), ("+86 12345678901", .malformed), ("01", .tooShort), ("+86 1", .tooShort),
    ("+12", .tooShort), ("+1 555 0123", .malformed), ("+1 112 555 0123", .malformed), ("+1 212 155 0123", .malformed),
    ("+49 1234567890123456", .tooLong), ("+999", .tooShort), ("138+0013", .malformed), ("++8613800138000", .malformed),
    ("010-88886666 转", .malformed), ("+1 212 555 0123 ext. ", .malformed),
    ("+1 212 555 0123 x4x5", .forbiddenCharacter),
    ("+1 212 555 0123;ext=123456789012345678901", .tooLong), ("+1 212 555 0123 ext. four", .forbiddenCharacter),
    ("010-88886666转+801", .forbiddenCharacter), ("+12 x45", .tooShort), ("13800138000,1", .forbiddenCharacter),
    ("1-800-FLOWERS", .forbiddenCharacter), ("手机13800138000", .forbiddenCharacter),
    ("138*0138000", .forbiddenCharacter),
    ("138\u{0}00138000", .forbiddenCharacter),
    ("13800138000;phone-context=+86", .forbiddenCharacter), ("13800138000 / 13900139000", .malformed),
    ("https://example.com", .forbiddenCharacter), ("x123", .forbiddenCharacter), ("①③⑧", .forbiddenCharacter),
  ])
  func `refuses what is no number`(raw: String, code: NormalisationError.Code) {
    let error = #expect(throws: NormalisationError.self) {
      try PhoneNormaliser.key(for: raw, defaultCountryCode: "86")
    }
    #expect(error?.code == code)
  }

  @Test(arguments: ["13800138000", "010-88886666", "8613800138000", "(212) 555-0123", "011 86 138 0013 8000"])
  func `without a default country only international numbers are taken`(raw: String) throws {
    let error = #expect(throws: NormalisationError.self) {
      try PhoneNormaliser.key(for: raw, defaultCountryCode: nil)
    }
    #expect(error?.code == .missingCountryCode)
    #expect(try PhoneNormaliser.key(for: "+86 138 0013 8000", defaultCountryCode: nil) == "+8613800138000")
    #expect(try PhoneNormaliser.key(for: "0086 138 0013 8000", defaultCountryCode: nil) == "+8613800138000")
  }

  @Test(arguments: ["", "0", "860", "CN", "８６", "+", "9", "12", "4915", "99999999999999999999999"])
  func `a wrong default country code is the setting's fault`(code: String) {
    let error = #expect(throws: NormalisationError.self) {
      try PhoneNormaliser.key(for: "+8613800138000", defaultCountryCode: code)
    }
    #expect(error?.code == .invalidSetting)
  }

  @Test(arguments: [
    ("+44 123456", NormalisationError.Code.tooShort), ("+44 20 7946 09581", .tooLong), ("+45 1234567", .tooShort),
    ("+33 1 99 00 12 345", .tooLong), ("+852 5123 45678 9", .tooLong), ("+91 98765 4321", .tooShort),
    ("+65 612345", .tooShort), ("+886 912 345 67899", .tooLong),
  ])
  func `every country's numbers have their length`(raw: String, code: NormalisationError.Code) {
    let error = #expect(throws: NormalisationError.self) { try PhoneNormaliser.key(for: raw, defaultCountryCode: "86") }
    #expect(error?.code == code)
  }

  /// A Chinese mobile number without its country code has 11 digits and begins with 1, as North American ones may.
  @Test func `a Chinese mobile number is not taken for a North American one`() {
    for raw in ["13800138000", "13001001000", "18600186000"] {
      let error = #expect(throws: NormalisationError.self) {
        try PhoneNormaliser.key(for: raw, defaultCountryCode: "1")
      }
      #expect(error?.code == .malformed)
    }
  }
}
