import SCRMExpressions
import StrictJSON

extension JSONObject {
  /// Refuses members that are not among those expected: a misspelt one would be ignored otherwise.
  func expect(_ names: [String]) throws(JSONError) {
    for member in self where !names.contains(where: { $0.sameBytes(as: member.key) }) {
      throw JSONError(
        .invalidValue, "unknown member, expected one of \(names.joined(separator: ", "))", path: [.key(member.key)])
    }
  }

  /// A text that is not empty.
  func name(_ key: String) throws(JSONError) -> String {
    let text = try string(key)
    if text.isEmpty { throw JSONError(.invalidValue, "expected a text that is not empty", path: [.key(key)]) }
    return text
  }

  /// A whole number within a range; `nil` when it is absent.
  func number(_ key: String, in range: ClosedRange<Int>) throws(JSONError) -> Int? {
    guard let value = try optionalInt(key) else { return nil }
    guard let number = Int(exactly: value), range.contains(number) else {
      throw JSONError(
        .invalidValue, "expected a whole number from \(range.lowerBound) to \(range.upperBound)", path: [.key(key)])
    }
    return number
  }

  /// A span of time such as `86400s`, greater than zero; `nil` when it is absent.
  func span(_ key: String) throws(JSONError) -> Duration? {
    guard let text = try optionalString(key) else { return nil }
    guard let span = Duration(secondsText: text), span > .zero else {
      throw JSONError(.invalidValue, "expected a span in seconds such as 86400s", path: [.key(key)])
    }
    return span
  }
}
