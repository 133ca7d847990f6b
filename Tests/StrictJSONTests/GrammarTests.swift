import StrictJSON
import Testing

/// The grammar of RFC 8259: what must be read, what must be refused, and where.
struct GrammarTests {
  static let accepted: [(text: String, written: String)] = [
    ("null", "null"), (" true ", "true"), ("\t\n\r false", "false"), ("0", "0"), ("-0", "-0"), ("-0.0", "-0.0"),
    ("1E+2", "1E+2"), ("1e-2", "1e-2"), ("123.456e78", "123.456e78"), ("[]", "[]"), ("[ ]", "[]"), ("{ }", "{}"),
    ("[1 , 2,\n3]", "[1,2,3]"), ("{\"a\" : [ { } , null ] }", "{\"a\":[{},null]}"), ("\"\"", "\"\""),
    ("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\\"\\\\/\\b\\f\\n\\r\\t\""), ("\"\\u0041\\u00e9\\u20AC\"", "\"Aé€\""),
    ("\"\\uD834\\uDD1E\"", "\"\u{1D11E}\""), ("\"\\u0000\\u001f\\u007F\"", "\"\\u0000\\u001f\u{7F}\""),
    ("{\"\":0}", "{\"\":0}"), ("\"\u{2028}\u{2029}\"", "\"\u{2028}\u{2029}\""), ("\"\u{FFFF}\"", "\"\u{FFFF}\""),
    ("[[[[[[[[[[]]]]]]]]]]", "[[[[[[[[[[]]]]]]]]]]"),
  ]

  @Test(arguments: accepted)
  func readsAndWritesBack(text: String, written: String) throws {
    #expect(try JSON(text: text).text == written)
    #expect(try JSON(bytes: Array(text.utf8)).text == written)
    let embedded = [0x58] + Array(text.utf8) + [0x58]
    #expect(try JSON(bytes: embedded[1..<(embedded.count - 1)]).text == written)
  }

  static let refused: [(text: String, code: JSONError.Code, offset: Int)] = [
    ("", .unexpectedEnd, 0), ("  ", .unexpectedEnd, 2), ("\u{FEFF}1", .syntax, 0), ("nul", .unexpectedEnd, 3),
    ("nuLl", .syntax, 2), ("True", .syntax, 0), ("NaN", .syntax, 0), ("Infinity", .syntax, 0), ("1 2", .syntax, 2),
    ("01", .syntax, 1), ("-", .unexpectedEnd, 1), ("-a", .syntax, 1), ("+1", .syntax, 0), (".5", .syntax, 0),
    ("1.", .unexpectedEnd, 2), ("1.x", .syntax, 2), ("1e", .unexpectedEnd, 2), ("1e+", .unexpectedEnd, 3),
    ("1ee", .syntax, 2), ("0x1", .syntax, 1), ("[1,]", .syntax, 3), ("[,1]", .syntax, 1), ("[1", .unexpectedEnd, 2),
    ("[1 1]", .syntax, 3), ("[", .unexpectedEnd, 1), ("]", .syntax, 0), ("{\"a\":1,}", .syntax, 7),
    ("{a:1}", .syntax, 1), ("{1:1}", .syntax, 1), ("{\"a\"}", .syntax, 4), ("{\"a\":}", .syntax, 5),
    ("{\"a\" 1}", .syntax, 5), ("{\"a\":1 \"b\":2}", .syntax, 7), ("{", .unexpectedEnd, 1),
    ("{\"a\"", .unexpectedEnd, 4),
    ("{\"a\":1", .unexpectedEnd, 6), ("[1}", .syntax, 2), ("{\"a\":1]", .syntax, 6), ("'a'", .syntax, 0),
    ("\"a", .unexpectedEnd, 2), ("\"a\nb\"", .syntax, 2), ("\"a\tbcdefghijk\"", .syntax, 2), ("\"\u{0}\"", .syntax, 1),
    ("\"\\x\"", .syntax, 1), ("\"\\", .unexpectedEnd, 2), ("\"\\u12\"", .syntax, 5), ("\"\\u12", .unexpectedEnd, 5),
    ("\"\\u00g0\"", .syntax, 5), ("\"\\uD800\"", .loneSurrogate, 1), ("\"ab\\uDC00\"", .loneSurrogate, 3),
    ("\"\\uD800\\u0041\"", .loneSurrogate, 1), ("\"\\uD800\\n\"", .loneSurrogate, 1),
    ("\"\\uD800\\uD800\"", .loneSurrogate, 1), ("/* c */1", .syntax, 0), ("1//", .syntax, 1), ("\u{A0}1", .syntax, 0),
    ("\u{0C}1", .syntax, 0), ("[\"\\uD834\\uDd1x\"]", .syntax, 13), ("{\"a\":0,\"a\":1}", .duplicateKey, 7),
  ]

  @Test(arguments: refused)
  func refusesAtTheRightByte(text: String, code: JSONError.Code, offset: Int) throws {
    let error = try #require(readingError(text))
    #expect(error.code == code)
    #expect(error.offset == offset)
    #expect(error.path.isEmpty)
    #expect(readingError(Array(text.utf8)) == error)
  }

  /// Unicode 16, table 3-7: what no UTF-8 text may hold, and where it begins.
  static let malformed: [(bytes: [UInt8], at: Int)] = [
    ([0x80], 0), ([0xBF], 0), ([0xC0, 0x80], 0), ([0xC1, 0xBF], 0), ([0xC3], 0), ([0xC3, 0x41], 0),
    ([0xE0, 0x9F, 0xBF], 0),
    ([0xE2, 0x82], 0), ([0xE2, 0x82, 0x41], 0), ([0xED, 0xA0, 0x80], 0), ([0xED, 0xBF, 0xBF], 0),
    ([0xF0, 0x8F, 0xBF, 0xBF], 0), ([0xF0, 0x9F, 0x8E], 0), ([0xF4, 0x90, 0x80, 0x80], 0),
    ([0xF5, 0x80, 0x80, 0x80], 0),
    ([0xFF], 0), ([0xFE], 0), ([0x61, 0xC3, 0xA9, 0xC3], 3), (Array("abcdefghijklmnopqrst".utf8) + [0xE9], 20),
    (Array("日本".utf8) + [0x80], 6),
  ]

  @Test(arguments: malformed)
  func refusesMalformedUTF8(bytes: [UInt8], at position: Int) throws {
    let error = try #require(readingError([0x22] + bytes + [0x22]))
    #expect(error.code == .invalidUTF8)
    #expect(error.offset == 1 + position)
    // The same behind an escape and in a member name.
    let escaped = try #require(readingError([0x22, 0x5C, 0x6E] + bytes + [0x22]))
    #expect(escaped.code == .invalidUTF8)
    #expect(escaped.offset == 3 + position)
    #expect(readingError([0x7B, 0x22] + bytes + [0x22, 0x3A, 0x31, 0x7D])?.code == .invalidUTF8)
    // Outside of strings there is only ASCII.
    #expect(readingError(bytes) != nil)
  }

  @Test
  func everyScalarSurvives() throws {
    var text = ""
    for value in stride(from: UInt32(0), through: 0x10FFFF, by: 37) {
      if let scalar = Unicode.Scalar(value) { text.unicodeScalars.append(scalar) }
    }
    let bytes = JSON.string(text).bytes
    #expect(try JSON(bytes: bytes).stringValue().utf8.elementsEqual(text.utf8))
  }

  /// Two bytes at every distance from the start and end of the eight-byte steps that strings are read in.
  @Test
  func findsWhatEndsAStringAtEveryPosition() throws {
    for length in 0..<40 {
      for position in 0...length {
        let before = String(repeating: "x", count: position)
        let after = String(repeating: "y", count: length - position)
        #expect(try JSON(text: "\"\(before)é\(after)\"").stringValue() == before + "é" + after)
        #expect(try JSON(text: "\"\(before)\\n\(after)\"").stringValue() == before + "\n" + after)
        #expect(JSON.string(before + "\"" + after).text == "\"\(before)\\\"\(after)\"")
        #expect(JSON.string(before + "\u{1}" + after).text == "\"\(before)\\u0001\(after)\"")
        #expect(readingError("\"\(before)\u{1F}\(after)\"")?.offset == position + 1)
        #expect(readingError("\"\(before)\"\(after)\"")?.offset == position + 2)
      }
    }
  }

  @Test
  func mutationsNeverCrash() {
    var random = TestRandom(20_260_801)
    for _ in 0..<4_000 {
      var bytes = random.tree(depth: 3).bytes
      for _ in 0...random.below(3) where !bytes.isEmpty {
        switch random.below(3) {
        case 0: bytes[random.below(bytes.count)] = UInt8(truncatingIfNeeded: random.next())
        case 1: bytes.remove(at: random.below(bytes.count))
        default: bytes.removeLast(random.below(bytes.count))
        }
      }
      if let tree = try? JSON(bytes: bytes, limits: JSONLimits(duplicateKeys: .lastWins)) {
        #expect((try? JSON(bytes: tree.bytes)) == tree)
      }
    }
  }
}
