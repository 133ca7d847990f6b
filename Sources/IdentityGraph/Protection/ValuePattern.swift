import SCRMModel

/// Which normalised values of a namespace are meant: exact text, beginning, end, or one character repeated.
///
/// Compared byte by byte in time linear in the value; there are no regular expressions, which could be made to run long.
public enum ValuePattern: Sendable, Hashable, Codable {
  /// The whole value.
  case exact(String)
  /// Values that begin so, such as `noreply@`.
  case prefix(String)
  /// Values that end so, such as `@example.com`.
  case suffix(String)
  /// Values whose last `count` bytes are the same, such as a telephone number of zeros.
  case repeated(count: Int)

  /// Whether `value` is meant; O(n).
  public func matches(_ value: String) -> Bool {
    switch self {
    case .exact(let text): return value.sameBytes(as: text)
    case .prefix(let text): return value.utf8.starts(with: text.utf8)
    case .suffix(let text): return value.utf8.reversed().starts(with: text.utf8.reversed())
    case .repeated(let count):
      guard count > 0, value.utf8.count >= count, let last = value.utf8.last else { return false }
      return value.utf8.suffix(count).allSatisfy { $0 == last }
    }
  }
}
