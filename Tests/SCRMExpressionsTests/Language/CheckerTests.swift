import SCRMExpressions
import Testing

struct CheckerTests {
  private func faults(_ text: String) -> [String] {
    do {
      _ = try ruleEnvironment().compile(text)
      return []
    } catch {
      return error.diagnostics.map { "\($0.code): \($0.message)" + ($0.suggestion.map { " → \($0)" } ?? "") }
    }
  }

  @Test
  func wrongNamesSuggestTheNearest() {
    #expect(faults("event.amont > 1.0") == ["unknownField: Event has no field 'amont' → amount"])
    #expect(faults("profil.city == 'x'") == ["unknownName: there is no variable 'profil' → profile"])
    #expect(faults("event.text.startWith('a')") == ["unknownFunction: there is no function 'startWith' → startsWith"])
    #expect(faults("entirely_else") == ["unknownName: there is no variable 'entirely_else'"])
  }

  @Test
  func everyFaultIsToldAtOnce() {
    #expect(
      faults("event.type > 1 && profile.city + 2 == 'x' && event.count && 'a'.size(3)") == [
        "noSuchOverload: '>' is not defined for string and int",
        "noSuchOverload: '+' is not defined for string and int",
        "noSuchOverload: '&&' needs a condition, found int",
        "noSuchOverload: expected size(string) or string.size() or size(bytes) or bytes.size(), found string.size(int)",
      ])
  }

  @Test(arguments: [
    ("event.amount", "double"), ("event", "Event"), ("tags.map(t, size(t))", "list(int)"), ("traits.level", "dyn"),
    ("traits.?level.orValue(1)", "dyn"), ("[1, 'a']", "list(dyn)"), ("{'a': [1u]}", "map(string, list(uint))"),
    ("[]", "list(dyn)"),
    ("tags.exists(t, t == 'x') ? 1 : 2", "int"), ("optional.of(tags)", "optional_type(list(string))"),
    ("[[], [1]]", "list(list(int))"), ("tags.first()", "optional_type(string)"), ("type(1)", "type(int)"),
    ("timestamp('2024-01-01T00:00:00Z') + duration('1h')", "timestamp"), ("math.greatest(1, 2.0)", "dyn"),
    ("tags.transformMap(i, t, t + '!')", "map(int, string)"),
  ])
  func typesAreDeduced(_ text: String, _ type: String) throws {
    #expect(try ruleEnvironment().compile(text).resultType.description == type)
  }

  @Test
  func typesAreReadAndWritten() {
    for text in [
      "list(map(string, dyn))", "optional_type(int)", "type(dyn)", "tuple(int, param(T))", "null_type", "money",
    ] {
      #expect(ExpressionType(text)?.description == text)
    }
    for text in ["", "list(", "map(int)", "list(int))", "int(int)", "param(list(int))", "1 2"] {
      #expect(ExpressionType(text) == nil, "\(text)")
    }
  }

  @Test
  func wrongValuesAreRefusedByTheActivation() throws {
    let environment = ruleEnvironment()
    var activation = ExpressionActivation(environment)
    let slot = try #require(environment.slot("event.amount"))
    #expect(throws: ValueError.self) { try activation.set(slot, .int(1)) }
    let tags = try #require(environment.slot("tags"))
    #expect(throws: ValueError.self) { try activation.set(tags, [1]) }
    #expect(throws: ValueError.self) { try activation.set(99, .null) }
  }
}
