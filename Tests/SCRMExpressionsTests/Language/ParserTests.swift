import SCRMExpressions
import Testing

struct ParserTests {
  private func faults(_ text: String) -> [String] {
    do {
      _ = try ExpressionTree(parsing: text)
      return []
    } catch { return error.diagnostics.map { "\($0.location.anchor): \($0.message)" } }
  }

  @Test
  func theCaretStandsUnderTheFault() {
    do {
      _ = try ExpressionTree(parsing: "event.city == \"上海\" &&\n  event.amount > ")
      Issue.record("expected a failure")
    } catch {
      #expect(
        "\(error)" == """
          2:18: expected an operand, found the end
            |   event.amount > 
            |                  ^
          """)
    }
  }

  @Test
  func severalFaultsAreFoundInOnePass() {
    #expect(
      faults("a == && f(1, 2 3, '\\q') && (b + ) || c = 1") == [
        "5: expected an operand, found '&&'", "15: expected ',' or the closing bracket, found a number",
        "19: expected an escape such as \\n, \\\\, \\\", \\xhh, \\ooo, \\uhhhh, \\Uhhhhhhhh",
        "32: expected an operand, found ')'", "39: expected '==' to compare, found '='",
      ])
    #expect(
      faults("评论 == 1").first
        == "0: expected text in quotes, fields in backticks and names of ASCII letters, found '评论'")
    #expect(faults("for + 1") == ["0: expected a name, found the reserved word 'for'"])
    #expect(faults("Msg{a: 1} && ").count == 2)
    #expect(faults("'abc").count == 1)
  }

  @Test
  func textAndTreeAreTheSameBothWays() throws {
    for text in [
      "a && b && (c || d && e) && !(f || g)", "(a && b) && c", "a ? b : c ? d : e", "(a ? b : c) ? d : e", "-(-1)",
      "- -x",
      "--x", "-(1)", "!!a", "(-1).abs()", "-1 - -1", "1 - (2 - 3)", "(1 - 2) - 3", "a.b[?c].?d(e)",
      "has(a.b) && [?a, b] == c",
      "{1: 2, ?'a': b}", "b'\\xff\\x00' + b'a'", "'\\u0000\\n\\\"\\\\ 中'", "5u + 0xFFu", "-0.0 + 1e300", ".a.b(.c(d))",
      "a.`x-y`.`in`.if", "x.exists(e, e in [1, 2])", "-9223372036854775808", "a in b in c", "a < (b < c)",
      "r'\\d' + '''x'y'''",
    ] {
      let tree: ExpressionTree
      do { tree = try ExpressionTree(parsing: text) } catch {
        // `a.?d(e)` is no call of the language.
        #expect(text.contains(".?d("), "\(text): \(error)")
        continue
      }
      #expect(try ExpressionTree(parsing: tree.text) == tree, "\(text) became \(tree.text)")
      #expect(try ExpressionTree(jsonText: tree.jsonText) == tree, "\(tree.jsonText)")
      #expect(try ExpressionTree(jsonText: tree.jsonText).jsonText == tree.jsonText)
    }
  }

  @Test
  func theJSONFormIsChecked() {
    for text in [
      #"{"op":"&&","args":[true]}"#, #"{"op":"xor","args":[1,2]}"#, #"{"name":"in"}"#, #"{"name":"a b"}"#, "[1]",
      #"{"call":"a.b","args":[]}"#, #"{"field":"x"}"#, #"{"field":"a`b","of":{"name":"x"}}"#,
      #"{"name":"a","extra":1}"#,
      #"{"map":[[1]]}"#, #"{"$timestamp":"2024-05-01T00:00:00Z"}"#,
    ] {
      #expect(throws: JSONError.self, "\(text)") { try ExpressionTree(jsonText: text) }
    }
  }

  @Test
  func hostileTextsEndInAnError() {
    func code(_ text: String) -> String? {
      do {
        _ = try ExpressionEnvironment().compile(text)
        return nil
      } catch { return error.diagnostics.first?.code.description }
    }
    for open in ["(", "[", "{1:", "!", "-", "a.f(", "1+(", "true?true:", "a[", "[?"] {
      #expect(code(String(repeating: open, count: 40_000 / open.utf8.count)) != nil, "\(open)")
    }
    #expect(code("1" + String(repeating: "+1", count: 40_000)) == "limit")
    #expect(code("a" + String(repeating: ".b", count: 40_000)) == "limit")
    #expect(code("a" + String(repeating: "[0]", count: 30_000)) == "limit")
    #expect(code(String(repeating: "x", count: 1_000_000)) == "limit")
    #expect(code("[" + String(repeating: "1,", count: 49_000) + "1]") == nil)
    #expect(code("true" + String(repeating: " && true", count: 10_000)) == nil)
    #expect(code(String(repeating: "1 ", count: 1_000)) == "syntax")
  }
}
