import SocialCRM
import Synchronization

/// Shows how far a measure is, at most twice a second, and only to someone who watches.
final class MeasureProgress: Sendable {
  private let name: String
  private let console: Console
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  /// When it was last shown; `nil` while it never was.
  private let shown = Mutex<ContinuousClock.Instant?>(nil)

  init(of name: String, on console: Console) {
    (self.name, self.console) = (name, console)
    start = clock.now
  }

  func show(_ part: Double) {
    let now = clock.now
    let isDue = shown.withLock { last in
      guard now - (last ?? start) > .milliseconds(500) else { return false }
      last = now
      return true
    }
    guard isDue, part > 0 else { return }
    console.error("\r\(name): \(Self.sentence(part, seconds: (now - start) / .seconds(1)))\u{1B}[K")
  }

  /// Clears the line.
  func finish() { if shown.withLock({ $0 != nil }) { console.error("\r\u{1B}[K") } }

  /// Percent done, percent a second, and the time left.
  static func sentence(_ part: Double, seconds: Double) -> String {
    let rate = part * 100 / seconds
    return "\(Int(part * 100)) %, \((rate * 10).rounded() / 10) % a second, \(Int(seconds / part - seconds)) s left"
  }
}
