import Foundation
import StrictJSON
import Testing

/// Files outside the repository, found through the environment; `nil` when there are none.
enum TestData {
  static func files(in folder: String, function: String = #function) -> [(name: String, bytes: [UInt8])]? {
    guard let root = ProcessInfo.processInfo.environment["SCRM_DATA"] else {
      print("skipped: \(function) needs SCRM_DATA/\(folder)")
      return nil
    }
    let url = URL(fileURLWithPath: root).appendingPathComponent(folder)
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: url.path) else {
      print("skipped: \(function) finds no SCRM_DATA/\(folder)")
      return nil
    }
    return names.sorted().compactMap { name in
      (try? Data(contentsOf: url.appendingPathComponent(name))).map { (name, [UInt8]($0)) }
    }
  }
}

/// SplitMix64, so that a seed in a failure report reproduces it.
struct TestRandom: RandomNumberGenerator {
  var state: UInt64
  init(_ seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
  mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }
}

extension TestRandom {
  private static let pieces = [
    "", "a", "name", "é", "e\u{301}", "日本", "🎉", "\"", "\\", "/", "\u{0}", "\u{1F}", "\n", "\u{7F}", "\u{2028}", "$",
    "\u{FFFD}", "in_reply_to_status_id", "\u{10FFFF}",
  ]

  mutating func text() -> String { (0..<below(5)).map { _ in Self.pieces[below(Self.pieces.count)] }.joined() }

  mutating func number() -> JSONNumber {
    switch below(5) {
    case 0: return JSONNumber(Int64(bitPattern: next()) >> Int64(below(64)))
    case 1: return JSONNumber(next() >> UInt64(below(64)))
    case 2: return JSONNumber(Double(bitPattern: next())) ?? JSONNumber(Int64(0))
    case 3: return JSONNumber(Double(below(2_000) - 1_000) / 8) ?? JSONNumber(Int64(0))
    default:
      let texts = [
        "-0", "0e0", "1E+2", "1.50", "123456789012345678901234567890", "-0.0e-7", "1e400", "9223372036854775808",
      ]
      return JSONNumber(text: texts[below(texts.count)]) ?? JSONNumber(Int64(0))
    }
  }

  mutating func tree(depth: Int) -> JSON {
    switch below(depth > 0 ? 7 : 4) {
    case 0: return .null
    case 1: return .bool(below(2) == 0)
    case 2: return .number(number())
    case 3: return .string(text())
    case 4: return .array((0..<below(5)).map { _ in tree(depth: depth - 1) })
    default:
      var object = JSONObject()
      for _ in 0..<(below(20) == 0 ? 80 : below(6)) { object[text() + String(below(200))] = tree(depth: depth - 1) }
      return .object(object)
    }
  }
}

/// The error that reading a text gives.
func readingError(_ text: String, limits: JSONLimits = .default) -> JSONError? {
  do {
    _ = try JSON(text: text, limits: limits)
    return nil
  } catch { return error }
}

/// The error that reading bytes gives.
func readingError(_ bytes: [UInt8]) -> JSONError? {
  do {
    _ = try JSON(bytes: bytes)
    return nil
  } catch { return error }
}
