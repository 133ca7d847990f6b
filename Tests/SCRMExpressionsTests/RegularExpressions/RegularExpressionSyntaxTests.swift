import Testing

@testable import SCRMExpressions

/// What the syntax page of RE2 says, line by line (https://github.com/google/re2/wiki/Syntax).
struct RegularExpressionSyntaxTests {
  /// A pattern, texts it is found in and texts it is not found in.
  private static let table: [(pattern: String, found: [String], missing: [String])] = [
    // Single characters.
    ("^.$", ["a", "中", "😀", "e"], ["", "\n", "ab", "e\u{301}"]),
    ("(?s)^.$", ["\n"], ["\r\n"]),
    ("^[xyz]+$", ["zyx"], ["xya", ""]),
    ("^[^xyz]$", ["a", "\n", "中"], ["x"]),
    ("^\\d\\D$", ["1a", "1\u{0661}"], ["11"]),
    ("^[[:alpha:]]+$", ["aZ"], ["a1", "é"]),
    ("^[[:^alpha:]]+$", ["1é"], ["a"]),
    ("^\\pN$", ["5", "\u{0661}", "Ⅷ", "½"], ["a"]),
    ("^\\p{Greek}+$", ["αΩ"], ["a"]),
    ("^\\PN$", ["a"], ["5"]),
    ("^\\P{Greek}$", ["a"], ["α"]),
    ("^\\p{^Greek}$", ["a"], ["α"]),
    // Composites and repetition; lazy or greedy is all the same to whether a text matches.
    ("^xy$", ["xy"], ["yx"]), ("^(?:x|yz)$", ["x", "yz"], ["y", "xyz"]),
    ("^x*$", ["", "xxx"], ["y"]), ("^x+$", ["x", "xx"], [""]), ("^x?$", ["", "x"], ["xx"]),
    ("^x{2,3}$", ["xx", "xxx"], ["x", "xxxx"]), ("^x{2,}$", ["xx", "xxxxx"], ["x"]), ("^x{2}$", ["xx"], ["x", "xxx"]),
    ("^x*?y+?z??$", ["yz", "xy"], ["x"]), ("^x{2,3}?$", ["xx", "xxx"], ["x", "xxxx"]), ("^x{0}$", [""], ["x"]),
    // Braces that count nothing stand for themselves.
    ("^x{,2}$", ["x{,2}"], ["xx"]), ("^x{}$", ["x{}"], ["x"]), ("^{$", ["{"], [""]), ("^x{a}$", ["x{a}"], []),
    ("^x{01}$", ["x{01}"], ["x"]),
    // Groups.
    ("^(?P<name>a)(?<other>b)(?:c)(d)$", ["abcd"], ["abc"]), ("^(?<名前>a)$", ["a"], []),
    ("^(?i)ab(?-i)c$", ["ABc", "abc"], ["ABC"]), ("^(?i:a)b$", ["Ab"], ["AB"]), ("^(?i-s:a.)$", ["Ab"], ["A\n"]),
    ("^(a(?i)b|c)d$", ["aBd", "Cd"], ["aBD", "AbD"]), ("(?U)^a+$", ["aa"], [""]), ("^()$", [""], ["a"]),
    // Places.
    ("a$", ["ba"], ["a\n", "ab"]), ("(?m)a$", ["a\nb", "ba"], ["ab"]), ("^b", ["bc"], ["a\nb"]),
    ("(?m)^b", ["a\nb", "b"], ["ab"]), ("(?m)\\Ab", ["bc"], ["a\nb"]), ("(?m)a\\z", ["ba"], ["a\nb"]),
    ("\\bab\\b", ["ab", "x ab.", "éab"], ["xab", "ab_"]), ("a\\Bb", ["ab"], ["a b"]), ("^\\B$", [""], []),
    ("\\B", ["", "ab", "é"], ["a", "aéa"]), ("(?m)^$", ["", "a\n", "\n"], ["a"]), ("^\\b", ["a"], ["", " a"]),
    ("(?m)$^", ["", "a\n\nb"], ["a b"]),
    // Escapes.
    ("^\\a\\f\\t\\n\\r\\v$", ["\u{7}\u{C}\t\n\r\u{B}"], []),
    ("^\\123\\0\\x7F\\x{10FFFF}$", ["S\0\u{7F}\u{10FFFF}"], []),
    ("^\\*\\.\\[\\_\\-\\ $", ["*.[_- "], []), ("^\\Qa.b\\E+$", ["a.bbb"], ["axb", "a.ba.b"]),
    ("^\\Q\\Ea\\Q.*", ["a.*"], ["ab"]),
    ("^\\01234$", ["\n34"], []),
    // Classes.
    ("^[\\d]+$", ["12"], ["a"]), ("^[[:word:]]+$", ["a_1"], ["-"]), ("^[\\pN]$", ["½"], ["a"]),
    ("^[\\p{Greek}x-z]+$", ["αxy"], ["a"]), ("^[^\\W\\d]+$", ["ab_"], ["1", "-"]), ("^[]a]+$", ["]a"], ["b"]),
    ("^[^]a]$", ["b"], ["]", "a"]), ("^[a-]+$", ["a-"], ["b"]), ("^[-a]+$", ["a-"], ["b"]),
    ("^[a-c-e]+$", ["b-e"], ["d"]),
    ("^[\\]\\\\\\-]+$", ["]\\-"], ["a"]), ("^[[a]+$", ["[a"], [":"]), ("^[[:foo]+$", ["[:fo"], ["]"]),
    ("^[\\x{4E00}-\\x{9FFF}]+$", ["中文"], ["カ"]), ("[^\\x00-\\x{10FFFF}]", [], ["", "a", "中"]),
    ("^\\s+$", ["\t\n\u{C}\r "], ["\u{B}", "\u{A0}"]), ("^[[:space:]]+$", ["\t\n\u{B}\u{C}\r "], ["a"]),
    ("^[[:punct:]]+$", ["!/:@[`{~"], ["a"]), ("^[[:xdigit:]]+$", ["09afAF"], ["g"]),
    ("^[[:blank:]]+$", [" \t"], ["\n"]),
    ("^[[:cntrl:][:upper:]]+$", ["\u{1F}\u{7F}A"], ["a"]), ("^[[:graph:]]$", ["~"], [" "]),
    ("^[[:print:]]$", [" "], ["\t"]),
    // Unicode classes.
    ("^\\p{Han}+$", ["中文々〇"], ["カ", "a"]), ("^\\p{Hiragana}\\p{Katakana}\\p{Hangul}\\p{Cyrillic}$", ["あア한я"], []),
    ("^\\p{Lu}\\p{Ll}\\p{Lo}\\p{Nd}\\p{Zs}\\p{Sc}$", ["Éé中٣\u{3000}€"], []), ("^\\p{Any}$", ["a", "\n", "😀"], []),
    ("^\\p{P}+$", ["。，！?"], ["a"]), ("^\\p{So}$", ["😀"], ["a"]), ("^\\pM$", ["\u{301}"], ["e"]),
    ("^\\p{Co}$", ["\u{E000}"], []),
    // Without case.
    ("(?i)^straße$", ["STRAẞE", "straße"], ["STRASSE"]), ("(?i)^[k-l]$", ["K", "\u{212A}", "L"], ["m"]),
    ("(?i)^[^k]$", ["l"], ["K", "\u{212A}", "k"]), ("(?i)^s$", ["ſ", "S"], []), ("(?i)^σ$", ["ς", "Σ"], []),
    ("(?i)^i$", ["I"], ["ı", "İ"]),
    ("(?i)^привет$", ["ПРИВЕТ"], []), ("(?i)^\\p{Lu}$", ["a"], ["1"]), ("(?i)^(?:ab|ac)$", ["AC"], ["AD"]),
    // An accent of its own is a character of its own.
    ("^é$", ["\u{E9}"], ["e\u{301}"]), ("e", ["e\u{301}"], ["\u{E9}"]),
  ]

  @Test func findsWhatTheTableSays() throws {
    for (pattern, found, missing) in Self.table {
      // Once with the automaton made in advance, once made while searching.
      for limits in [RegularExpressionLimits.standard, RegularExpressionLimits(tableSize: 0)] {
        let expression = try RegularExpression(pattern, limits: limits)
        for text in found { #expect(expression.matches(text), "\(pattern) in \(text)") }
        for text in missing { #expect(!expression.matches(text), "\(pattern) not in \(text)") }
      }
    }
  }

  /// A pattern RE2 refuses, the position of the error, and a word of what is said about it.
  private static let refused: [(pattern: String, position: Int, says: String)] = [
    ("a(b", 1, "never closed"), ("a)b", 1, "without `(`"), ("a[b", 1, "`]`"), ("[]", 0, "`]`"), ("[a", 0, "`]`"),
    ("[z-a]", 1, "smaller character first"), ("[a-\\d]", 3, "no escape"), ("[[:nope:]]", 1, "`[:alpha:]`"),
    ("*a", 0, "nothing to repeat"), ("a|*", 2, "nothing to repeat"), ("(+)", 1, "nothing to repeat"),
    ("{2}", 0, "nothing to repeat"), ("(?i)*", 4, "nothing to repeat"), ("\\Q\\E*", 4, "nothing to repeat"),
    ("a**", 2, "repeats a repetition"), ("a+?*", 3, "repeats a repetition"), ("a{2}{3}", 4, "repeats a repetition"),
    ("a{1001}", 1, "at most 1000"), ("a{1001,}", 1, "at most 1000"), ("a{99999999999999999999}", 1, "at most 1000"),
    ("a{2,1}", 1, "smaller one first"), ("(a{40}){26}", 7, "at most 1000"),
    ("(((((((((((x{2}){2}){2}){2}){2}){2}){2}){2}){2}){2}){2})", 48, "at most 1000"),
    ("\\", 0, "end of the pattern"), ("a\\1", 1, "backreference"), ("\\8", 0, "backreference"), ("\\y", 0, "no escape"),
    ("\\Z", 0, "no escape"), ("\\C", 0, "no escape"), ("\\é", 0, "no escape"),
    ("\\x{110000}", 0, "10FFFF"), ("\\x{D800}", 0, "surrogates"), ("\\x1", 0, "\\x7F"), ("\\x{}", 0, "\\x7F"),
    ("\\pX", 0, "general category"), ("\\p{Nope}", 0, "script"), ("\\p{Latin", 0, "`}`"),
    ("\\p", 0, "general category"),
    ("\\p{\u{212A}atakana}", 0, "script"),
    ("(?=a)", 0, "look-around"), ("(?!a)", 0, "look-around"), ("(?<=a)", 0, "look-around"),
    ("(?<!a)", 0, "look-around"),
    ("(?>a)", 0, "atomic"), ("(?P=n)", 0, "references"), ("(?#c)", 2, "no group"), ("(?z)", 2, "no group"),
    ("(?i-)", 4, "no group"), ("(?i", 0, "never closed"), ("(?P<n", 0, "expected `>`"), ("(?P<>a)", 4, "empty name"),
    ("(?P<x y>a)", 5, "letters, digits"), ("(?P<n>a)(?<n>b)", 11, "used twice"),
  ]

  @Test func refusesWhatTheTableSays() {
    for (pattern, position, says) in Self.refused {
      do {
        _ = try RegularExpression(pattern)
        Issue.record("\(pattern) was taken")
      } catch {
        #expect(error.position == position, "\(pattern): \(error)")
        #expect(error.reason.contains(says), "\(pattern): \(error)")
      }
    }
  }

  @Test func sizesAreLimited() throws {
    func code(_ pattern: String, _ limits: RegularExpressionLimits = .standard) -> RegularExpressionError.Code? {
      do {
        _ = try RegularExpression(pattern, limits: limits)
        return nil
      } catch {
        return error.code
      }
    }
    let deep = { String(repeating: "(", count: $0) + "a" + String(repeating: ")*", count: $0) }
    #expect(code(deep(200)) == nil)
    #expect(code(deep(201)) == .tooLarge)
    #expect(code(String(repeating: "(", count: 30_000)) == .tooLarge)
    #expect(code(String(repeating: "a", count: 32_768)) == nil)
    #expect(code(String(repeating: "a", count: 32_769)) == .tooLarge)
    #expect(code("\\pL{1000}") == .tooLarge)
    #expect(code("(?:a{1000}b{1000}){1}c{1000}") == nil)
    #expect(code(String(repeating: "(?:){1000}", count: 3_000)) == nil)
    #expect(code(String(repeating: "x{1000}", count: 4_000)) == .tooLarge)
    #expect(code(String(repeating: "|", count: 32_000)) == nil)
    #expect(code("abc", RegularExpressionLimits(programSize: 3)) == .tooLarge)
    #expect(code("(?=a)") == .unsupported)
    #expect(code("(") == .syntax)
  }
}
