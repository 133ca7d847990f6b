/// What the kit found out about a store.
public struct ConformanceReport: Sendable, Hashable, CustomStringConvertible {
  /// The name of the store, as the host gave it.
  public var store: String
  /// One finding for each law and for the sequences, in the order in which they were tried.
  public var findings: [ConformanceFinding]

  /// Creates a report.
  public init(store: String, findings: [ConformanceFinding]) {
    self.store = store
    self.findings = findings
  }

  /// Whether nothing failed; skipped laws do not count.
  public var passed: Bool { failures.isEmpty }
  /// The findings that failed.
  public var failures: [ConformanceFinding] { findings.filter(\.isFailure) }
  /// The findings that were skipped.
  public var skipped: [ConformanceFinding] {
    findings.filter { if case .skipped = $0.outcome { true } else { false } }
  }

  /// The counts in one line, then what failed and what was skipped, each with its reason.
  public var description: String {
    let kept = findings.count - failures.count - skipped.count
    let heading =
      "\(store): \(kept) of \(findings.count) laws kept, \(failures.count) broken, \(skipped.count) skipped"
    return ([heading] + failures.map(\.description) + skipped.map(\.description)).joined(separator: "\n")
  }
}
