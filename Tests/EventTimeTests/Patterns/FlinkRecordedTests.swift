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
    #expect(rows == 76)
    #expect(matches == 106)
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
    skipPastLastEvent begin:a:1-2 followedByAny:b | dcdcaaba | 456
    skipPastLastEvent begin:a next:b:1-2:consecutive next:a:+:combinations | caccaaba | 567
    skipToNext begin:a:1-2:consecutive next:c | aaaccaac | 123 23 567 67
    skipPastLastEvent begin:a:+:combinations followedBy:c:1-2 | aacbbacb | 012 56
    noSkip begin:a:+ next:b | aabdabba | 012 0145 12 145 45
    skipToNext begin:a followedBy:c | addbcdbd | 04
    skipToNext begin:a:+ followedByAny:b | caccacdb | 147 47
    noSkip begin:b:1-2 next:c | baacabcd | 056 56
    skipPastLastEvent begin:a followedByAny:b:+:combinations followedBy:c:+ | dacbcacc | 134
    skipPastLastEvent begin:b:+ followedByAny:b:1-2 followedBy:c | aaabbcbd | 345
    noSkip begin:a followedByAny:c:optional followedByAny:c:+:consecutive | aabbbabc | 07 17 57
    noSkip begin:a:+:consecutive followedByAny:b:1-2:combinations | dacbcadb | 13 137 17 57
    skipToNext begin:b followedBy:b | cccbdbbc | 35 56
    skipToNext begin:a next:b:+:consecutive | aadcabda | 45
    noSkip begin:b followedBy:c:+:combinations:optional followedByAny:c | bbadbcab | 05 15 45
    skipToNext begin:b:1-2:consecutive followedBy:b next:c | abbabcaa | 1245 245
    skipPastLastEvent begin:a followedBy:b:+ | bdcaacba | 36
    skipToNext begin:a:1-2:consecutive followedByAny:b followedBy:c | cdcabcbc | 345
    noSkip begin:a:1-2:consecutive followedByAny:b:optional followedByAny:a | dbaccacc | 25
    skipPastLastEvent begin:a:+:combinations next:c:2:consecutive:optional followedBy:c:2:combinations | bacbccbd | 124
    skipPastLastEvent begin:a followedBy:b | babacbca | 12 35
    skipPastLastEvent begin:a:1-2:combinations next:b:+:combinations | accccaab | 067
    skipPastLastEvent begin:a:1-2:combinations followedBy:c followedBy:c | bacaabca | 126
    skipToNext begin:a:+ followedByAny:b:2:consecutive | ddabbbcb | 234
    skipToNext begin:a:1-2 followedByAny:b | acbaacbb | 02 346 46
    skipPastLastEvent begin:b:2 next:b:+ next:a:+:consecutive | ddabbbba | 34567
    skipPastLastEvent begin:b followedByAny:b:2:optional followedByAny:c | ccdcbdca | 46
    skipToNext begin:a:1-2 next:b:+:optional followedByAny:a | dccaadaa | 34 46 67
    skipToNext begin:a followedBy:b:+ followedByAny:c:1-2 | cabccbbc | 123
    skipToNext begin:a:2 followedBy:c | caaaaaac | 127 237 347 457 567
    noSkip begin:a:1-2 next:b:1-2 followedByAny:c | caabdcca | 1235 1236 235 236
    skipToNext begin:a:2:consecutive followedBy:b | aacbacbb | 013
    skipToNext begin:b:+:combinations next:c:1-2 | abccccdc | 12
    skipToNext begin:a:1-2:consecutive next:b:+:combinations:optional followedBy:a:1-2:combinations | dbaabdbb | 23
    skipPastLastEvent begin:a next:c:+:combinations | bbccacdb | 45
    skipPastLastEvent begin:a next:b:1-2:combinations | abbcbabd | 01 56
    skipPastLastEvent begin:a followedByAny:b:+:optional followedByAny:a:+:combinations | bbbdbcaa | 67
    skipPastLastEvent begin:a followedByAny:c | bccacdab | 34
    """
}
