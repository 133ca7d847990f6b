/// Seeds and the ways texts are changed.
enum Corpus {
  static let seeds = [
    "event.type == 'comment' && event.amount > 20.5 && event.text.contains('退款')",
    "list.exists(x, x > 2) || list.all(x, x < 5) ? 'a' : \"b\"", "list.filter(x, x % 2 == 1).map(x, x * 2)[0]",
    "{'a': 1, 'b': [1, 2u, 3.0], ?'c': optional.of(1)}", "has(event.text) && !has(map.b)", "map['a'] + size(s) - -5",
    "s.matches('^[a-z]+(文|x){1,3}$')", "s.matches(r'(?i)\\bABC\\b') || s.matches('(a+)+$')",
    "timestamp('2024-06-01T00:00:00Z') + duration('1h30m') > timestamp(0)",
    "timestamp('2024-06-01T00:00:00Z').getHours('+08:00')", "b\"\\x00\\377\" + bytes(s) == b'''x\ny'''",
    "cel.bind(v, i * i, v + v)", "cel.bind(l, [0], cel.bind(l, l + l, l + l))", "optional.of(i).orValue(1)",
    "map[?'a'].orValue(0) == any[?0].orValue(1)", "'%d %s %.2f'.format([1, 'x', 1.5])", "s.split('b').join('-')",
    "s.substring(1, 2).upperAscii().replace('B', 'ü')", "[3, 1, 2].sort().reverse().slice(0, 2)", "lists.range(10)",
    "math.greatest(1, 2.0, 3u) > math.least([1, 2])", "sets.intersects([1, 2], list)", "base64.encode(b'abc')",
    "dyn(1) == 1.0 && dyn(1u) < 2.5", "type(any) == list", "9223372036854775807 + 1", "1 / 0 == 1 || true",
    "any.map(x, string(x))", "list.exists_one(i, v, v == 2)", "list.transformMap(i, v, v * i)",
    "[[1, 2], [3]].flatten()",
    "int('0x10') + int(1e18)", "double('NaN') != double('NaN')", "string(duration('1.000000001s'))",
    "i in list || 'a' in map",
    "// comment\n1 + // more\n2", "a.b.c(d)[e].?f", "-9223372036854775808", ".i == i", "event == event",
    "[1,2,3,4].all(a, [1,2,3].all(b, [1,2].all(c, a + b + c < 100)))", "1 == 1 ? 2 == 2 ? b : !b : !!b",
  ]

  private static let tokens = [
    "&&", "||", "!", "-", "+", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "in", "?", ":", ".", ",", "(", ")", "[",
    "]", "{",
    "}", ".?", "[?", "null", "true", "1", "0u", "2.5", "1e308", "'", "\"", "'''", "r'", "b'", "\\", "//", "\n", " ",
    "i", "s", "list",
    "map", "any", "event", ".all(x, ", ".map(x, ", "has(", "size(", "cel.bind(q, ", "dyn(", "文", "\u{301}", "😀",
    "\u{0}", "\\u", "0x",
    "9223372036854775807", "-9223372036854775808", "18446744073709551615u", "x", "optional.none()", ".matches('",
    "{1000}", "(a|b)*",
  ]

  /// A text changed in one to four places; always valid UTF-8, whatever became of the bytes.
  static func mutated(_ text: String, _ corpus: [String], _ random: inout FuzzRandom) -> String {
    var bytes = Array(text.utf8)
    for _ in 0...random.below(4) {
      let place = random.below(bytes.count + 1)
      switch random.below(8) {
      case 0: if place < bytes.count { bytes[place] = UInt8(truncatingIfNeeded: random.next()) }
      case 1: if place < bytes.count { bytes[place] ^= 1 << UInt8(random.below(8)) }
      case 2: if place < bytes.count { bytes.removeSubrange(place..<min(bytes.count, place + 1 + random.below(6))) }
      case 3, 4, 5: bytes.insert(contentsOf: random.pick(tokens).utf8, at: place)
      case 6:
        let other = Array(random.pick(corpus).utf8)
        let start = random.below(other.count + 1)
        bytes.insert(contentsOf: other[start..<min(other.count, start + random.below(20))], at: place)
      default:
        let end = min(bytes.count, place + random.below(12))
        let part = Array(bytes[place..<end])
        for _ in 0..<random.below(6) { bytes.insert(contentsOf: part, at: place) }
      }
    }
    return String(decoding: bytes.prefix(4_000), as: UTF8.self)
  }
}
