import EventTime
import Testing

/// What Flink's CEP library itself (flink-cep 2.3.0) finds with patterns and texts drawn at random.
///
/// A row is a pattern, a text whose letters are the events, and the places of the events of each match. In the pattern a
/// step is how it follows, its letter, how often, and what may lie between its own events.
@Suite struct FlinkRecordedTests {
  @Test func `matches are those that Flink finds`() throws {
    var (rows, matches) = (0, 0)
    for row in Self.rows.split(separator: "\n") {
      let fields = row.split(separator: "|", omittingEmptySubsequences: false)
      let words = fields[0].split(separator: " ").map(String.init)
      let found = try PatternStream.matches(try Self.pattern(words), fields[1].filter { $0 != " " })
      let expected = fields[2].split(separator: " ").map { $0.utf8.map { Int($0) - 0x30 } }
      // A pattern may match the same events in two ways; Flink names them by step, and here they are told by their events.
      #expect(
        found.sorted { $0.lexicographicallyPrecedes($1) } == expected.sorted { $0.lexicographicallyPrecedes($1) },
        "\(row)")
      rows += 1
      matches += expected.count
    }
    #expect(rows == 38)
    #expect(matches == 36)
  }

  private static func pattern(_ words: [String]) throws -> PatternDefinition {
    let skips: [String: PatternSkip] = [
      "noSkip": .noSkip, "skipToNext": .skipToNext, "skipPastLastEvent": .skipPastLastEvent,
    ]
    var pattern: PatternDefinition?
    for (number, word) in words.dropFirst().enumerated() {
      let parts = word.split(separator: ":").map(String.init)
      let condition = Int(try #require(parts[1].utf8.first)) - 0x61
      let name = "s\(number)"
      var next =
        switch parts[0] {
        case "next": pattern?.next(name, condition)
        case "followedBy": pattern?.followedBy(name, condition)
        case "followedByAny": pattern?.followedByAny(name, condition)
        default: PatternDefinition(name, condition)
        }
      for part in parts.dropFirst(2) {
        switch part {
        case "+": next = next?.oneOrMore()
        case "2": next = next?.times(2)
        case "1-2": next = next?.times(1, 2)
        case "consecutive": next = next?.consecutive()
        case "combinations": next = next?.allowCombinations()
        case "optional": next = next?.optional()
        default: Issue.record("unknown word \(part)")
        }
      }
      pattern = next
    }
    return try #require(pattern).afterMatch(try #require(skips[words[0]]))
  }

  private static let rows = """
    skipToNext begin:a followedBy:b next:a:2 | bdcacda |
    skipToNext begin:a:1-2:combinations followedBy:a:+:combinations | bcdcacb |
    noSkip begin:c next:a:1-2:consecutive:optional followedBy:a:2 | abdddbd |
    noSkip begin:b:+:consecutive next:c | ccdcada |
    skipPastLastEvent begin:a:+:combinations next:b:2:consecutive followedBy:c:+:combinations | dbcbacb |
    noSkip begin:b:1-2 followedBy:a next:c | bbdbdcb |
    skipPastLastEvent begin:c:+ followedBy:a:2 followedBy:a:+:combinations | cdbcddb |
    skipPastLastEvent begin:b:2 followedBy:b | bcaadbc |
    skipToNext begin:a next:a:2:combinations next:a | cbddbdb |
    skipToNext begin:a followedBy:c:1-2:consecutive:optional next:a:1-2:combinations | bddddad |
    skipToNext begin:a:2:consecutive followedBy:b:1-2 | adcadba |
    skipToNext begin:a:1-2 followedBy:b:optional followedBy:b:2 | abbddcc | 012
    skipToNext begin:a:1-2:consecutive next:a:+ | abacccc |
    noSkip begin:c:+:consecutive followedByAny:a | dcdcabc | 14 34
    skipToNext begin:a:2:consecutive followedBy:a | cbaaada | 234 346
    skipToNext begin:c followedByAny:c:1-2 | cbabccb | 04 45
    noSkip begin:b followedByAny:a:1-2:consecutive | abcaacd | 13 134 14
    skipToNext begin:c:1-2:consecutive followedByAny:b | dbcdbbd | 24
    skipToNext begin:b followedByAny:b:2:combinations | cabbcbb | 235 356
    skipToNext begin:a:1-2:consecutive followedBy:c | caabdbc | 126 26
    skipPastLastEvent begin:c:+ followedByAny:a:optional followedBy:a:1-2 | cdcbadb | 024
    skipPastLastEvent begin:a:1-2 followedBy:a next:a:+:consecutive | dabdaaa | 145
    skipPastLastEvent begin:a:+ followedBy:b:1-2:consecutive:optional followedBy:a | adaabdd | 02
    skipToNext begin:a followedByAny:c:+:consecutive | bdaccdd | 23
    noSkip begin:c:2:consecutive followedBy:c:+:combinations followedByAny:b:1-2:combinations | accbcab | 1246
    skipToNext begin:a:+ followedByAny:a | dabbacc | 14
    skipPastLastEvent begin:a:1-2 followedByAny:b:1-2:combinations | abdbddd | 01
    skipPastLastEvent begin:a:2:combinations followedBy:a:1-2:combinations | addaada | 034
    skipToNext begin:c:1-2:consecutive followedByAny:c | cacaaac | 02 26
    skipToNext begin:c:1-2 next:a:2:combinations | adcaaca | 234
    skipToNext begin:c:+ followedByAny:a | cccabdd | 0123 123 23
    noSkip begin:b:+:combinations followedBy:b:+:combinations followedByAny:b:2:combinations | abbdabb | 1256
    skipPastLastEvent begin:b:+:combinations next:b:+ followedByAny:a:+:combinations | badbbab | 0345
    noSkip begin:c:+ followedByAny:c:2:consecutive:optional followedByAny:a:+ | bcacdcc | 12
    skipPastLastEvent begin:b next:c:2 | bcccaaa | 012
    noSkip begin:c followedByAny:c | abacbcd | 35
    skipPastLastEvent begin:c:1-2:combinations followedBy:c:1-2:consecutive | cabbbac | 06
    skipToNext begin:b:+ next:a:1-2:consecutive | baadadd | 01
    """
}
