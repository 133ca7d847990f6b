import DenseData
import SCRMTesting

/// Damages inputs, byte by byte or in their structure, reproducibly.
struct Mutator {
  private var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  /// The bytes with a few of them changed, left out, put in, repeated or swapped; line ends are never touched.
  mutating func bytes(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<(1 + random.below(3)) where !bytes.isEmpty {
      let place = random.below(bytes.count)
      switch random.below(8) {
      case 0: bytes[place] = UInt8(random.below(256))
      case 1: bytes[place] ^= 1 << UInt8(random.below(8))
      case 2: bytes.remove(at: place)
      case 3: bytes.insert(UInt8(random.below(256)), at: place)
      case 4: bytes.removeSubrange(place..<min(bytes.count, place + 1 + random.below(20)))
      case 5: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 1 + random.below(20))], at: place)
      case 6:
        let pieces = ["\u{0}", "\"", "\\u0000", "\\ud800", ",", "}", "[[", "1e999", "-", "null", "é", "e\u{301}", "🦊"]
        bytes.insert(contentsOf: pieces[random.below(pieces.count)].utf8, at: place)
      default: bytes.swapAt(place, random.below(bytes.count))
      }
    }
    return bytes.filter { $0 != 0x0A && $0 != 0x0D }
  }

  /// The document with a member or element left out, renamed, or of another kind.
  mutating func structure(_ json: JSON) -> JSON {
    switch json {
    case .object(let object) where object.count > 0:
      var members = object.map { ($0.key, $0.value) }
      let place = random.below(members.count)
      switch random.below(5) {
      case 0: members.remove(at: place)
      case 1: members[place].0 += "x"
      case 2: members[place].1 = other()
      default: members[place].1 = structure(members[place].1)
      }
      var changed = JSONObject()
      for (key, value) in members { changed[key] = value }
      return .object(changed)
    case .array(var elements) where !elements.isEmpty:
      let place = random.below(elements.count)
      switch random.below(4) {
      case 0: elements.remove(at: place)
      case 1: elements.append(elements[place])
      default: elements[place] = structure(elements[place])
      }
      return .array(elements)
    default: return other()
    }
  }

  private mutating func other() -> JSON {
    switch random.below(9) {
    case 0: .null
    case 1: .bool(random.below(2) == 0)
    case 2: .number(JSONNumber(Int64(random.below(1_000_000) - 500_000)))
    case 3:
      JSONNumber(text: ["1e999", "-0", "1e-400", "99999999999999999999", "0.1"][random.below(5)]).map { .number($0) }
        ?? .null
    case 4: .string("")
    case 5: .string(String(repeating: "long", count: random.below(600)))
    case 6: .string(["a\u{0}b", "9999-99-99", "2024-05-01T08:30:00Z", "é", "e\u{301}"][random.below(5)])
    case 7: .array((0..<random.below(40)).map { _ in .string("v") })
    default: .object(JSONObject())
    }
  }

  mutating func below(_ bound: Int) -> Int { random.below(bound) }
}
