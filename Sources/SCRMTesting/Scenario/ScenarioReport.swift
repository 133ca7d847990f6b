/// What came of a scenario.
public struct ScenarioReport: Sendable, Hashable {
  /// An expectation that was not met, or a step that could not be taken.
  public struct Failure: Sendable, Hashable, CustomStringConvertible {
    /// What was expected.
    public var expectation: String
    /// What happened instead, and why.
    public var reason: String
    /// The time of the scenario, RFC 3339.
    public var time: String
    /// The source file, as `Module/File.swift`; empty for a step that could not be taken.
    public var fileID: String
    /// The line of the expectation.
    public var line: Int

    /// Place, expectation and reason.
    public var description: String {
      (fileID.isEmpty ? "" : "\(fileID):\(line): ") + "at \(time) expected \(expectation)\n  "
        + reason.replacing("\n", with: "\n  ")
    }
  }

  /// What was not as expected, in order.
  public var failures: [Failure] = []
  /// How many expectations there were.
  public var expectations = 0
  /// What happened, one line each: steps, entries, actions, with their time.
  public var trace: [String] = []

  /// Whether every expectation was met.
  public var passed: Bool { failures.isEmpty }
}

extension ScenarioReport: CustomStringConvertible {
  /// The failures, each with its reason, and what happened; one line when all is well.
  public var description: String {
    if passed { return "\(expectations) of \(expectations) expectations met" }
    let heading = "\(failures.count) of \(expectations) expectations not met"
    return ([heading] + failures.map(\.description) + ["What happened:"] + trace.map { "  " + $0 }).joined(
      separator: "\n")
  }
}
