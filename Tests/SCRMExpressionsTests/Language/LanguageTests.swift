import SCRMExpressions
import Testing

/// Published answers of the language (cel-spec and its extension documents), hand-picked where Swift could leak in.
struct LanguageTests {
  @Test(arguments: [
    // Code points, not characters of Swift; bytes, not canonical equivalence.
    ("size('e\\u0301')", "2"), ("'\\u00e9' == 'e\\u0301'", "false"), ("size('🇨🇳')", "2"),
    ("'🇨🇳'.charAt(1) == '🇳'", "true"),
    ("'e\\u0301'.startsWith('e')", "true"), ("'\\r\\n'.size()", "2"), ("'中文评论'.substring(1, 3)", "\"文评\""),
    ("'中文'.indexOf('文')", "1"), ("'退款，谢谢'.contains('退款')", "true"), ("'a' < 'é' && 'z' < '中'", "true"),
    // Numbers.
    ("9223372036854775807 + 1", "outOfRange"), ("-9223372036854775808", "{\"$int\":\"-9223372036854775808\"}"),
    ("9223372036854775808", "syntax"), ("1 / 0 == 1 || true", "true"), ("true || 1 / 0 == 1", "true"),
    ("1 / 0 == 1 && false", "false"), ("1 / 0 == 1 || false", "divisionByZero"), ("7 % -2", "1"), ("-7 / 2", "-3"),
    ("0.1 + 0.2", "0.30000000000000004"), ("1.0 / 0.0 > 1e308", "true"), ("0.0 / 0.0 == 0.0 / 0.0", "false"),
    ("dyn(1) == 1u && dyn(1u) == 1.0", "true"), ("1 < 1.5", "true"), ("1 == 1.0", "noSuchOverload"),
    ("double('1e400')", "outOfRange"), ("int(-9223372036854775808.0)", "outOfRange"), ("int('12x')", "invalidArgument"),
    // Macros.
    ("[1, 2, 3].map(x, x % 2 == 1, x * 10)", "[10,30]"), ("[3, 1, 2].sortBy(x, -x)", "[3,2,1]"),
    ("[[1], [2, 3]].flatten().reverse()", "[3,2,1]"), ("lists.range(3).transformMap(i, v, v * v)[2]", "4"),
    ("{'a': 1}.transformMapEntry(k, v, {v: k})[1]", "\"a\""), ("cel.bind(x, 2, x * x)", "4"),
    ("[1, 2].exists(x, [x].exists(y, y == 2 && x == 2))", "true"), ("[1, 2, 2].distinct()", "[1,2]"),
    ("has({'a': 1}.b) || has({'a': 1}.a)", "true"), ("[1].exists(1, true)", "macro"),
    ("sets.contains([1, 2], [2]) && !sets.intersects([1], [2])", "true"), ("[1, 2].slice(0, 3)", "indexOutOfRange"),
    // Optional values.
    ("optional.of(1).orValue(1 / 0)", "1"), ("[?optional.none(), 2]", "[2]"), ("{'a': {}}.?a.?b.hasValue()", "false"),
    ("optional.none().value()", "invalidArgument"), ("[].first().orValue(0)", "0"),
    // Time.
    ("duration('1h30m') == duration('5400s')", "true"), ("duration('-1.5h').getMinutes()", "-90"),
    ("timestamp('2024-02-29T23:30:00Z').getDate('+08:00')", "1"), ("timestamp('2024-02-30T00:00:00Z')", "outOfRange"),
    ("timestamp('2024-03-01T00:00:00Z') - timestamp('2024-02-28T00:00:00Z') == duration('48h')", "true"),
    ("timestamp('1969-12-31T23:59:59.5Z').getMilliseconds()", "500"), ("duration('1x')", "invalidArgument"),
    ("timestamp('1970-01-01T00:00:00Z').getDayOfWeek()", "4"),
    // Formats: the exact binary value is rounded half to even.
    ("'%.2f'.format([2.675])", "\"2.67\""), ("'%.1f'.format([0.25])", "\"0.2\""), ("'%.0f'.format([9.5])", "\"10\""),
    ("'%.3e'.format([9.9996])", "\"1.000e+01\""), ("'%e'.format([0.0])", "\"0.000000e+00\""),
    ("'%.3f'.format([5e-324])", "\"0.000\""), ("'%s'.format([1e20])", "\"100000000000000000000\""),
    ("'%x %b %o'.format([-255, 5, 8])", "\"-ff 101 10\""), ("string(1e22)", "\"1e+22\""), ("string(-0.0)", "\"-0\""),
    ("string(123456.789)", "\"123456.789\""), ("string(0.00001)", "\"0.00001\""), ("string(1.0)", "\"1\""),
    // Patterns.
    ("'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaX'.matches('(a+)+$')", "false"),
    ("'a'.matches('(?=a)')", "invalidConstant"),
    ("'订单123'.matches(r'\\d{3}$')", "true"),
    // Names.
    ("{'in': 1}.`in`", "1"), ("int", "{\"$type\":\"int\"}"), ("type(type(1)) == type", "true"),
    ("nosuch", "unknownName"),
    ("'a'.nosuch()", "unknownFunction"),
  ])
  func answers(_ text: String, _ expected: String) {
    #expect(evaluated(text) == expected, "\(text)")
  }

  @Test
  func hostFunctionsAreCalledByType() throws {
    var environment = ExpressionEnvironment()
    environment.declare("name", .string)
    environment.declare(
      ExpressionFunction(
        "text.words",
        [
          .init([.string], returns: .int, cost: 50) { arguments throws(ValueError) in
            .int(Int64((arguments.first?.stringValue ?? "").split(separator: " ").count))
          }
        ]))
    let program = try environment.compile("text.words(name) == 2")
    let filled = try activation(environment, ["name": "two words"])
    #expect(program.verdict(filled) == .match)
    #expect(try program.evaluate(filled, budget: 60) == true)
    #expect(throws: ExpressionEvaluationError.self) { try program.evaluate(filled, budget: 40) }
    #expect(throws: ExpressionError.self) { try environment.compile("text.words(1)") }
  }

  @Test
  func foldingConstantsChangesNothing() throws {
    var plain = ExpressionEnvironment()
    plain.foldsConstants = false
    for text in [
      "1 + 2 * 3 == 7", "'a' in ['a', 'b']", "-(3 - 5) in {2: true}", "1 / 0 == 1 || 2 > 1", "size('é') == 1",
    ] {
      let folded = ExpressionEnvironment()
      let first = try? folded.compile(text).evaluate(ExpressionActivation(folded))
      let second = try? plain.compile(text).evaluate(ExpressionActivation(plain))
      #expect(first == second, "\(text)")
    }
  }
}
