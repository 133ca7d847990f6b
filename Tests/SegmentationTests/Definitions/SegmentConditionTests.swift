import DenseData
import Segmentation
import Testing

@Suite struct SegmentConditionTests {
  @Test(arguments: seeds(from: 300, 100, soak: 20_000)) func textAndJSONGiveTheSameTree(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let condition = try SegmentCondition(parsing: GeneratedCase.condition(&random, depth: 3, earlier: 5))
    #expect(try SegmentCondition(parsing: condition.text) == condition, "\(condition.text)")
    #expect(try SegmentCondition(jsonText: condition.jsonText) == condition, "\(condition.jsonText)")
  }

  @Test func swiftBuildsTheTreeOfTheText() throws {
    let built =
      Measure.count("purchase", in: .days(30)) >= 3
      && .facts(ExpressionTerm<String>(variable: "person.city") == "上海")
    #expect(try SegmentCondition(parsing: "count('purchase', days(30)) >= 3 && person.city == '上海'") == built)
  }

  @Test func refusesCirclesWithTheirPathAndAllowsDiamonds() throws {
    func segments(_ texts: [String]) throws -> [Segment] {
      try texts.enumerated().map { try Segment(SegmentName("s\($0.offset)"), parsing: $0.element) }
    }
    let diamond = try segments([
      "segment('s1') && segment('s2')", "segment('s3')", "segment('s3')", "did('view', ever())",
    ])
    #expect(try SegmentCatalogue(diamond).order == [3, 1, 2, 0])
    let circle = try segments(["segment('s1')", "segment('s2')", "segment('s0')"])
    let error = #expect(throws: SegmentError.self) { try SegmentCatalogue(circle) }
    #expect(error?.code == .cycle)
    #expect(error?.reason.contains("s0 → s1 → s2 → s0") == true)
  }

  @Test(arguments: [
    "count('a')", "count('a', days(0)) > 1", "sum('a', amount, days(1)) > 1", "count('a', thisWeek('Nowhere')) > 1",
    "sum('a', event.nothing, days(1)) > 1", "count('a', days(1)) == 'x'", "person.town == 'x'", "did('a', days(1), 3)",
    "sequence(['a'], days(1))", "count('a', days(1), event.amount) > 1", "segment('nobody')", "1 + 1",
  ])
  func refusesWhatDoesNotFit(_ text: String) {
    #expect(throws: SegmentError.self) { try SegmentCatalogue([Segment("x", parsing: text)]) }
  }
}
