import SocialCRM

/// Shows how far reading has come, at most twice a second, and only to someone who watches.
struct Progress {
  private let console: Console
  private let totalBytes: Int?
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var shown: ContinuousClock.Instant
  private var bytes = 0
  private var hasShown = false

  init(console: Console, totalBytes: Int?) {
    self.console = console
    self.totalBytes = totalBytes
    start = clock.now
    shown = start
  }

  mutating func advance(bytes count: Int, rows: Int) {
    bytes += count
    guard console.isWatched, clock.now - shown > .milliseconds(500) else { return }
    shown = clock.now
    hasShown = true
    let seconds = (shown - start) / .seconds(1)
    var line = "\r\(rows) rows, \(Int(Double(rows) / seconds)) a second"
    if let totalBytes, totalBytes > 0, bytes > 0 {
      let share = min(Double(bytes) / Double(totalBytes), 1)
      line += ", \(Int(share * 100)) %, \(Int(seconds / share - seconds)) s left"
    }
    console.error(line + "\u{1B}[K")
  }

  /// Clears the line.
  func finish() { if hasShown { console.error("\r\u{1B}[K") } }
}
