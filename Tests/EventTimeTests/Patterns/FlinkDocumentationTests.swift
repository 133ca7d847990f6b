import EventTime
import Testing

/// The examples of the page "Event Processing (CEP)" in Apache Flink's documentation (docs/content/docs/libs/cep.md).
@Suite struct FlinkDocumentationTests {
  /// "After Match Skip Strategy", first table: `b+ c` over `b1 b2 b3 c`.
  @Test(arguments: [
    (PatternSkip.noSkip, [[0, 1, 2, 3], [1, 2, 3], [2, 3]]), (.skipToNext, [[0, 1, 2, 3], [1, 2, 3], [2, 3]]),
    (.skipPastLastEvent, [[0, 1, 2, 3]]), (.skipToFirst("b"), [[0, 1, 2, 3], [1, 2, 3], [2, 3]]),
    (.skipToLast("b"), [[0, 1, 2, 3], [2, 3]]),
  ])
  func `skip strategies, b+ c`(skip: PatternSkip, expected: [[Int]]) throws {
    let pattern = PatternDefinition("b", 1).oneOrMore().consecutive().next("c", 2).afterMatch(skip)
    #expect(try PatternStream.matches(pattern, "bbbc") == expected)
  }

  /// Second table: `(a | b | c) (b | c) c+.greedy d` over `a b c1 c2 c3 d`; predicates 4 and 5 are the alternatives.
  @Test(arguments: [
    (PatternSkip.noSkip, [[0, 1, 2, 3, 4, 5], [1, 2, 3, 4, 5], [2, 3, 4, 5]]),
    (.skipToFirst("c"), [[0, 1, 2, 3, 4, 5], [2, 3, 4, 5]]),
  ])
  func `skip strategies, alternatives and a greedy loop`(skip: PatternSkip, expected: [[Int]]) throws {
    let pattern = PatternDefinition("abc", 4).next("bc", 5).next("c", 2).oneOrMore().consecutive().greedy()
      .next("d", 3).afterMatch(skip)
    let events = PatternStream.events("abcccd").map { event in
      var event = event
      if event.holds & 0b0111 != 0 { event.holds |= 1 << 4 }
      if event.holds & 0b0110 != 0 { event.holds |= 1 << 5 }
      return event
    }
    let found = try PatternStream.run(pattern, events).compactMap { outcome -> [Int]? in
      if case .matched(let taken, _) = outcome { taken.map { Int($0.id) } } else { nil }
    }
    #expect(found == expected)
  }

  /// Third table: `a b+` over `a b1 b2 b3`.
  @Test(arguments: [
    (PatternSkip.noSkip, [[0, 1], [0, 1, 2], [0, 1, 2, 3]]), (.skipToNext, [[0, 1]]),
  ])
  func `skip strategies, a b+`(skip: PatternSkip, expected: [[Int]]) throws {
    let pattern = PatternDefinition("a", 0).next("b", 1).oneOrMore().consecutive().afterMatch(skip)
    #expect(try PatternStream.matches(pattern, "abbb") == expected)
  }

  /// "Combining Patterns": `a b` over `a c b1 b2` with the three contiguities.
  @Test func `contiguity between steps`() throws {
    #expect(try PatternStream.matches(PatternDefinition("a", 0).next("b", 1), "acbb").isEmpty)
    #expect(try PatternStream.matches(PatternDefinition("a", 0).followedBy("b", 1), "acbb") == [[0, 2]])
    #expect(try PatternStream.matches(PatternDefinition("a", 0).followedByAny("b", 1), "acbb") == [[0, 2], [0, 3]])
  }

  /// "Contiguity within looping patterns": `a b+ c` over `a b1 d1 b2 d2 b3 c`.
  ///
  /// Of the strict row the page has had two
  /// forms: with the end anywhere after the loop, and with the end next to it.
  @Test func `contiguity within loops`() throws {
    let start = PatternDefinition("a", 0).followedByAny("b", 1).oneOrMore()
    let text = "abdbdbc"
    let strict = try PatternStream.matches(start.consecutive().followedBy("c", 2), text)
    #expect(Set(strict) == [[0, 1, 6], [0, 3, 6], [0, 5, 6]])
    #expect(try PatternStream.matches(start.consecutive().next("c", 2), text) == [[0, 5, 6]])
    let relaxed = try PatternStream.matches(start.followedBy("c", 2), text)
    #expect(Set(relaxed) == [[0, 1, 6], [0, 1, 3, 6], [0, 1, 3, 5, 6], [0, 3, 6], [0, 3, 5, 6], [0, 5, 6]])
    let any = try PatternStream.matches(start.allowCombinations().followedBy("c", 2), text)
    #expect(Set(any) == Set(relaxed).union([[0, 1, 5, 6]]))
  }

  /// `consecutive()` and `allowCombinations()`: `c a+ b` over `C D A1 A2 A3 D A4 B`.
  @Test func `consecutive and combinations`() throws {
    let start = PatternDefinition("start", 2).followedBy("middle", 0).oneOrMore()
    let text = "cdaaadab"
    func matches(_ pattern: PatternDefinition) throws -> Set<[Int]> {
      Set(try PatternStream.matches(pattern.followedBy("end", 1), text))
    }
    #expect(try matches(start.consecutive()) == [[0, 2, 7], [0, 2, 3, 7], [0, 2, 3, 4, 7]])
    #expect(try matches(start) == [[0, 2, 7], [0, 2, 3, 7], [0, 2, 3, 4, 7], [0, 2, 3, 4, 6, 7]])
    let fromFirst: Set<[Int]> = [
      [0, 2, 7], [0, 2, 3, 7], [0, 2, 4, 7], [0, 2, 6, 7], [0, 2, 3, 4, 7], [0, 2, 3, 6, 7], [0, 2, 4, 6, 7],
      [0, 2, 3, 4, 6, 7],
    ]
    #expect(try matches(start.allowCombinations()) == fromFirst)
    // Not of the page: `followedByAny` begins with every A.
    let any = PatternDefinition("start", 2).followedByAny("middle", 0).oneOrMore().allowCombinations()
    #expect(
      try matches(any)
        == fromFirst.union([
          [0, 3, 7], [0, 3, 4, 7], [0, 3, 6, 7], [0, 3, 4, 6, 7], [0, 4, 7], [0, 4, 6, 7], [0, 6, 7],
        ]))
  }
}
