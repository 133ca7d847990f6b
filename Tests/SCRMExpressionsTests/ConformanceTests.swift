import Foundation
import SCRMExpressions
import StrictJSON
import Testing

/// The comparisons of google/cel-spec that are made of two literals, as far as they lie outside the repository.
struct ConformanceTests {
  /// A literal of numbers, text or truth; `nil` for anything else.
  private func literal(_ text: String) -> Value? {
    var text = text.trimmingCharacters(in: .whitespaces)
    if text.hasPrefix("dyn("), text.hasSuffix(")") { text = String(text.dropFirst(4).dropLast()) }
    switch text {
    case "true": return true
    case "false": return false
    case "null": return .null
    default: break
    }
    let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
    if digits.first?.isNumber == true {
      if text.hasSuffix("u") { return UInt64(text.dropLast()).map { .uint($0) } }
      return Int64(text).map { .int($0) } ?? Double(text).map { .double($0) }
    }
    let quotes = ["'", "\""]
    if let quote = quotes.first(where: { text.hasPrefix($0) && text.hasSuffix($0) }), text.utf8.count >= 2 {
      let content = String(text.dropFirst().dropLast())
      return content.contains(quote) || content.contains("\\") ? nil : .string(content)
    }
    return nil
  }

  private func evaluate(_ left: Value, _ sign: String, _ right: Value) -> Bool? {
    switch sign {
    case "==": return left.isEqual(to: right)
    case "!=": return !left.isEqual(to: right)
    default:
      guard let order = try? left.compare(to: right) else { return nil }
      switch sign {
      case "<": return order == .ascending
      case "<=": return order == .ascending || order == .same
      case ">": return order == .descending
      default: return order == .descending || order == .same
      }
    }
  }

  @Test
  func comparisonsOfLiterals() throws {
    guard let root = ProcessInfo.processInfo.environment["SCRM_DATA"],
      let data = FileManager.default.contents(atPath: root + "/cel/comparisons.jsonl")
    else {
      print("skipped: comparisonsOfLiterals() needs SCRM_DATA/cel/comparisons.jsonl")
      return
    }
    var checked = 0
    for line in [UInt8](data).split(separator: 0x0A) {
      let test = try JSON(bytes: line).objectValue()
      let name = try test.string("id")
      let parts = try test.string("expr").split(separator: " ", omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 3, ["==", "!=", "<", "<=", ">", ">="].contains(parts[1]),
        let left = literal(parts[0]), let right = literal(parts[2]),
        let expected = try test.object("expect").optionalObject("value")?.optionalBool("v")
      else { continue }
      #expect(evaluate(left, parts[1], right) == expected, "\(name)")
      checked += 1
    }
    #expect(checked > 80)
  }
}
