import Foundation

/// The lines that snippets print while it is the current one.
final class Printed: @unchecked Sendable {
  @TaskLocal static var current: Printed?

  private let lock = NSLock()
  private var text = ""

  func append(_ printed: String) { lock.withLock { text += printed } }

  var lines: [String] {
    lock.withLock { text.split(separator: "\n", omittingEmptySubsequences: true).map { String($0) } }
  }

  /// What a snippet prints.
  static func lines(_ snippet: () async throws -> Void) async rethrows -> [String] {
    let printed = Printed()
    try await $current.withValue(printed) { try await snippet() }
    return printed.lines
  }
}

/// Stands in for the standard library's function in the snippets, so that what they print can be looked at.
func print(_ items: Any..., separator: String = " ", terminator: String = "\n") {
  Printed.current?.append(items.map { String(describing: $0) }.joined(separator: separator) + terminator)
}
