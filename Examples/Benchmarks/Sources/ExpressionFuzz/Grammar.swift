/// Texts made from the grammar, most of them well typed.
enum Grammar {
  static func expression(_ random: inout FuzzRandom, depth: Int) -> String {
    switch random.below(5) {
    case 0: number(&random, depth)
    case 1: text(&random, depth)
    case 2: list(&random, depth)
    default: truth(&random, depth)
    }
  }

  private static func truth(_ random: inout FuzzRandom, _ depth: Int) -> String {
    guard depth > 0 else { return random.pick(["b", "true", "false", "has(event.text)", "any"]) }
    let next = depth - 1
    switch random.below(9) {
    case 0, 1: return "(\(truth(&random, next)) && \(truth(&random, next)))"
    case 2, 3: return "(\(truth(&random, next)) || \(truth(&random, next)))"
    case 4: return "!\(truth(&random, next))"
    case 5:
      let sign = random.pick(["==", "!=", "<", "<=", ">", ">="])
      return "\(number(&random, next)) \(sign) \(number(&random, next))"
    case 6:
      return "\(text(&random, next)).\(random.pick(["contains", "startsWith", "endsWith"]))(\(text(&random, next)))"
    case 7: return "\(list(&random, next)).\(random.pick(["all", "exists", "exists_one"]))(x, \(truth(&random, next)))"
    default: return "(\(number(&random, next)) in \(list(&random, next)))"
    }
  }

  private static func number(_ random: inout FuzzRandom, _ depth: Int) -> String {
    guard depth > 0 else {
      return random.pick(["i", "0", "1", "-7", "9223372036854775807", "x", "event.amount", "map['a']", "2u", "0.5"])
    }
    let next = depth - 1
    switch random.below(7) {
    case 0, 1: return "(\(number(&random, next)) \(random.pick(["+", "-", "*", "/", "%"])) \(number(&random, next)))"
    case 2: return "size(\(text(&random, next)))"
    case 3: return "size(\(list(&random, next)))"
    case 4: return "\(list(&random, next))[\(number(&random, next))]"
    case 5: return "(\(truth(&random, next)) ? \(number(&random, next)) : \(number(&random, next)))"
    default: return "int(\(number(&random, next)))"
    }
  }

  private static func text(_ random: inout FuzzRandom, _ depth: Int) -> String {
    guard depth > 0 else { return random.pick(["s", "event.text", "''", "'a'", "'文\\u0301'", "string(i)", "\"😀\""]) }
    let next = depth - 1
    switch random.below(6) {
    case 0, 1: return "(\(text(&random, next)) + \(text(&random, next)))"
    case 2:
      return
        "\(text(&random, next)).\(random.pick(["trim()", "lowerAscii()", "upperAscii()", "reverse()", "substring(1)", "charAt(0)"]))"
    case 3: return "\(text(&random, next)).replace(\(text(&random, next)), \(text(&random, next)))"
    case 4: return "cel.bind(t, \(text(&random, next)), t + t)"
    default: return "string(\(number(&random, next)))"
    }
  }

  private static func list(_ random: inout FuzzRandom, _ depth: Int) -> String {
    guard depth > 0 else { return random.pick(["list", "[]", "[1, 2]", "[0, i, 3]", "any"]) }
    let next = depth - 1
    switch random.below(7) {
    case 0: return "(\(list(&random, next)) + \(list(&random, next)))"
    case 1: return "\(list(&random, next)).filter(x, \(truth(&random, next)))"
    case 2: return "\(list(&random, next)).map(x, \(number(&random, next)))"
    case 3: return "[\(number(&random, next)), \(number(&random, next))]"
    case 4: return "lists.range(\(number(&random, next)))"
    case 5: return "cel.bind(l, \(list(&random, next)), l + l)"
    default: return "\(list(&random, next)).\(random.pick(["sort()", "distinct()", "reverse()", "slice(0, 1)"]))"
    }
  }
}
