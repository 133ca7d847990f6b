import SocialCRM

/// That a law is broken.
struct LawFailure: Error {
  let reason: String
  init(_ reason: String) { self.reason = reason }
}

/// Fails with a reason unless the condition holds.
func require(_ condition: Bool, _ reason: @autoclosure () -> String) throws(LawFailure) {
  if !condition { throw LawFailure(reason()) }
}

/// Fails unless both are equal.
func requireSame<T: Equatable>(_ found: T, _ expected: T, _ what: @autoclosure () -> String) throws(LawFailure) {
  if found != expected { throw LawFailure("\(what()): found \(brief(found)), expected \(brief(expected))") }
}

/// The content, failing when there is none.
func required<T>(_ value: T?, _ what: @autoclosure () -> String) throws(LawFailure) -> T {
  guard let value else { throw LawFailure("\(what()): found nothing") }
  return value
}

/// Fails unless the call is refused with the code.
func requireRefusal(_ code: StorageError.Code, _ what: String, _ call: () async throws -> Void) async throws {
  do {
    try await call()
  } catch let error as StorageError {
    try require(error.code == code, "\(what): refused with \(error.code) (\(error.reason)), expected \(code)")
    return
  } catch {
    throw LawFailure("\(what): threw \(error), expected a StorageError with \(code)")
  }
  throw LawFailure("\(what): was accepted, expected a StorageError with \(code)")
}

/// A description short enough for a report.
func brief(_ value: some Any) -> String {
  let text = "\(value)"
  return text.utf8.count <= 400 ? text : String(text.prefix(380)) + "… (\(text.utf8.count) bytes)"
}
