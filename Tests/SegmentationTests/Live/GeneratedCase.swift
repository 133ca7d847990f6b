import DenseData
import Segmentation

/// Definitions and histories made from a seed: times in whole seconds within a few days, so that boundaries coincide.
struct GeneratedCase {
  static let start: Int64 = 1_740_700_000_000
  var random: SeededGenerator
  let catalogue: SegmentCatalogue

  static let kinds: [InteractionKind] = ["view", "cart", "purchase", "login"]
  static let facts = [
    Fact("person.city", .string), Fact("person.level", .int), Fact("person.vip", .bool),
    Fact("person.spend", .double), Fact("person.tags", .list(.string)),
  ]
  static let channels = ["web", "app", "店"]

  init(seed: UInt64, segments: Int = 14) throws {
    var random = SeededGenerator(seed: seed)
    var made: [Segment] = []
    for number in 0..<segments {
      let text = Self.condition(&random, depth: 2, earlier: number)
      made.append(try Segment(SegmentName("s\(number)"), parsing: text))
    }
    let zone = ZoneRules("X/East", offset: 8 * 3600)
    catalogue = try SegmentCatalogue(
      made, facts: try FactSchema(Self.facts),
      events: try EventSchema([.init("channel", .string), .init("score", .int)]),
      zone: { $0 == "X/East" ? zone : nil })
    self.random = random
  }

  static func condition(_ random: inout SeededGenerator, depth: Int, earlier: Int) -> String {
    if depth > 0 {
      let one = condition(&random, depth: depth - 1, earlier: earlier)
      let other = condition(&random, depth: depth - 1, earlier: earlier)
      switch random.below(5) {
      case 0: return "(\(one)) && (\(other))"
      case 1: return "(\(one)) || (\(other))"
      case 2: return "!(\(one))"
      default: break
      }
    }
    let kind = kinds[random.below(4)].rawValue
    let other = kinds[random.below(4)].rawValue
    let sign = ["<", "<=", "==", "!=", ">=", ">"][random.below(6)]
    let order = ["<", "<=", ">=", ">"][random.below(4)]
    let window = [
      "minutes(1)", "minutes(3)", "hours(1)", "hours(7)", "days(1)", "days(2)", "today('UTC')", "today('X/East')",
      "thisWeek('UTC')", "thisMonth('X/East')", "ever()",
      "between(timestamp('2025-02-28T00:00:00Z'), timestamp('2025-03-01T00:00:00Z'))",
    ][random.below(12)]
    let channel = channels[random.below(3)]
    switch random.below(24) {
    case 0, 1, 2: return "count('\(kind)', \(window)) \(sign) \(random.below(4))"
    case 3: return "count(['\(kind)', '\(other)'], \(window), event.amount >= 2.0) \(sign) \(random.below(3))"
    case 4: return "sum('\(kind)', event.amount, \(window)) \(order) \(random.below(9))"
    case 5: return "average('\(kind)', event.amount, \(window)) \(order) 2.5"
    case 6:
      return
        "\(["minimum", "maximum", "first", "last"][random.below(4)])('\(kind)', event.amount, \(window)) \(sign) 3.0"
    case 7: return "distinct('*', event.amount, \(window)) \(sign) 2"
    case 8: return "lastTime('\(kind)', \(window)) > timestamp('2025-02-28T12:00:00Z')"
    case 9: return "sequence(['\(kind)', '\(other)'], \(window)\(random.below(2) == 0 ? "" : ", minutes(90)"))"
    case 10: return "unanswered('\(kind)', '\(other)', hours(\(1 + random.below(3))), \(window))"
    case 11: return "person.city == 'c\(random.below(3))'"
    case 12: return "person.level > \(random.below(3))"
    case 13 where earlier > 0: return "segment('s\(random.below(earlier))')"
    case 14:
      return "count('\(kind)', \(window)) > 2 * count('\(other)', \(window)) || count('view', hours(1)) > person.level"
    case 15: return "distinct('*', event.channel, \(window)) \(sign) \(random.below(3))"
    case 16: return "first('\(kind)', event.channel, \(window)) == '\(channel)'"
    case 17: return "last('\(kind)', event.score, \(window)) \(sign) \(random.below(3))"
    case 18:
      return "count('*', \(window), event.channel == '\(channel)' && event.amount > 1.0) \(sign) \(random.below(3))"
    case 19:
      return
        "sum('\(kind)', event.amount, \(window), has(event.score)) / 2.0 \(order) average('*', event.amount, \(window))"
    case 20:
      return ["person.vip", "!person.vip", "person.vip == false", "has(person.vip)", "has(person.city)"][
        random.below(5)]
    case 21:
      return [
        "person.spend \(sign) 1.5", "person.level in [0, 2]", "person.city in ['c0', 'c2', 'c7']",
        "person.city \(sign) 'c1'", "2 \(order) person.level", "person.level \(order) 1.5",
      ][random.below(6)]
    case 22: return ["'a' in person.tags", "'z' in person.tags", "size(person.tags) \(sign) 1"][random.below(3)]
    default: return "didNot('\(kind)', \(window), did('\(other)', ever()))"
    }
  }

  enum Happening {
    case event(SegmentEvent)
    case fact(Int, Value?, at: Int64)

    var time: Int64 {
      switch self {
      case .event(let event): event.time
      case .fact(_, _, let time): time
      }
    }
  }

  /// In order of time; gaps are round numbers of minutes, hours and days or a second beside them.
  mutating func history(_ count: Int) -> [Happening] {
    var time = Self.start
    var made: [Happening] = []
    for _ in 0..<count {
      let gap =
        [0, 1, 60, 61, 180, 1_800, 3_600, 7_200, 25_200, 86_400][random.below(10)] + [0, 0, -1, 1][random.below(4)]
      time += Int64(max(gap, 0)) * 1_000
      switch random.below(8) {
      case 0:
        let fact = random.below(Self.facts.count)
        made.append(.fact(fact, random.below(5) == 0 ? nil : value(of: fact), at: time))
      default:
        made.append(.event(event(at: time)))
      }
    }
    return made
  }

  private mutating func event(at time: Int64) -> SegmentEvent {
    let amount = [.nan, -0.0, 0, 1, 2, 2.5, 3, 4, 5, -2][random.below(10)]
    let further: [Value?] = [
      random.below(4) == 0 ? nil : .string(Self.channels[random.below(3)]),
      random.below(3) == 0 ? nil : .int(Int64(random.below(4))),
    ]
    let event = SegmentEvent(Self.kinds[random.below(4)], at: time, amount: amount)
    return random.below(3) == 0 ? event : SegmentEvent(event.kind, at: time, amount: amount, further: further)
  }

  private mutating func value(of fact: Int) -> Value {
    switch fact {
    case 0: .string("c\(random.below(3))")
    case 1: .int(Int64(random.below(4)))
    case 2: .bool(random.below(2) == 0)
    case 3: .double([0, 1.5, .nan, 3][random.below(4)])
    default: .list(["a", "b", "c"].filter { _ in random.below(2) == 0 }.map { .string($0) })
    }
  }

  static func apply(_ happening: Happening, to live: inout LiveSegments, person: Int) -> Arrival {
    switch happening {
    case .event(let event): live.record(event, for: person)
    case .fact(let fact, let value, let time): live.set(fact, to: value, at: time, for: person)
    }
  }

  static func oracle(_ catalogue: SegmentCatalogue, _ history: [Happening]) -> ConditionOracle {
    var oracle = ConditionOracle(catalogue: catalogue)
    for happening in history {
      switch happening {
      case .event(let event): oracle.events.append(event)
      case .fact(let fact, let value, let time): oracle.facts.append((time, fact, value))
      }
    }
    // Of several values at one moment the greatest counts.
    oracle.facts = oracle.facts.enumerated().sorted {
      ($0.element.time, $0.element.value?.jsonText ?? "", $0.offset) < (
        $1.element.time, $1.element.value?.jsonText ?? "", $1.offset
      )
    }.map(\.element)
    return oracle
  }
}
