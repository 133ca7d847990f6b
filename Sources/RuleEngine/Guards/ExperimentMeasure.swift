import SCRMExpressions
public import SCRMModel
import StateCoding

/// What rules achieved, measured against the people they left alone (``ControlGroup``).
///
/// A person belongs to an experiment from the first decision about them that names it, in the arm it names: whether anything
/// reached them does not matter (analysis by intention to treat). A person counts as converted when they did what was
/// hoped for at that time or later, once.
///
/// ```swift
/// var measure = ExperimentMeasure()
/// for action in actions { measure.add(action) }
/// for purchase in purchases { measure.addConversion(of: purchase.person, at: purchase.time) }
/// for result in measure.results() { print(result) }
/// ```
///
/// - Complexity: O(1) expected for each decision and conversion; one entry for each person of each experiment.
public struct ExperimentMeasure: Sendable {
  private struct Member {
    var since: Instant
    var stratum: [String]
    var isHeldOut: Bool
    var isConverted = false
  }

  /// By the hash of the name.
  private var experiments: [UInt64: (name: String, members: [PersonID: Member])] = [:]

  /// Nothing was measured.
  public init() {}

  /// Takes a decision; one that names no experiment changes nothing.
  public mutating func add(_ action: ProposedAction) {
    guard let experiment = action.experiment else { return }
    // What was imported or came late was held back from everyone.
    if case .suppressed(let reason) = action.disposition, reason == .backfill || reason == .late { return }
    let hash = nameHash(experiment.name)
    let known = experiments[hash]?.members[action.person]
    if let known, known.since <= action.decided { return }
    experiments[hash, default: (experiment.name, [:])].members[action.person] = Member(
      since: action.decided, stratum: experiment.stratum, isHeldOut: experiment.isHeldOut)
  }

  /// Takes note that somebody did what was hoped for; who is in no experiment then changes nothing.
  ///
  /// All decisions are to be added before.
  public mutating func addConversion(of person: PersonID, at time: Instant) {
    for hash in experiments.keys {
      guard let member = experiments[hash]?.members[person], !member.isConverted, member.since <= time else { continue }
      experiments[hash]?.members[person]?.isConverted = true
    }
  }

  /// The result of each experiment, by name: first over everyone, then for each stratum, if there are several.
  public func results() -> [ExperimentResult] {
    experiments.values.sorted { $0.name.byteOrder($1.name) == .ascending }.flatMap { name, members in
      let all = Self.result(name, nil, members.values)
      let strata = Dictionary(grouping: members.values) { $0.stratum.map { "\($0.utf8.count):\($0)" }.joined() }
      if strata.count < 2 { return [all] }
      let parts = strata.sorted { $0.key.byteOrder($1.key) == .ascending }
      return [all] + parts.map { Self.result(name, $1[0].stratum, $1) }
    }
  }

  private static func result(
    _ name: String, _ stratum: [String]?, _ people: some Sequence<Member>
  ) -> ExperimentResult {
    var (treated, control) = (ExperimentResult.Arm(), ExperimentResult.Arm())
    for member in people {
      if member.isHeldOut { control.add(member.isConverted) } else { treated.add(member.isConverted) }
    }
    return ExperimentResult(experiment: name, stratum: stratum, treated: treated, control: control)
  }
}

/// How often people of both arms of an experiment did what was hoped for.
public struct ExperimentResult: Sendable, Hashable, CustomStringConvertible {
  /// One arm.
  public struct Arm: Sendable, Hashable {
    /// How many people.
    public internal(set) var people = 0
    /// How many of them did it.
    public internal(set) var converted = 0

    /// The share who did it, 0 … 1; `nil` without people.
    public var rate: Double? { people == 0 ? nil : Double(converted) / Double(people) }

    /// Creates an arm.
    public init(people: Int = 0, converted: Int = 0) {
      self.people = max(people, 0)
      self.converted = min(max(converted, 0), self.people)
    }

    mutating func add(_ isConverted: Bool) {
      people += 1
      if isConverted { converted += 1 }
    }

    /// The score interval of the rate (Wilson 1927), 95 %.
    var interval: (lower: Double, upper: Double) {
      let (n, p, z) = (Double(people), rate ?? 0, 1.959_963_984_540_054)
      let middle = 2 * n * p + z * z
      let spread = z * (z * z + 4 * n * p * (1 - p)).squareRoot()
      return ((middle - spread) / (2 * (n + z * z)), (middle + spread) / (2 * (n + z * z)))
    }
  }

  /// The experiment.
  public let experiment: String
  /// The values of the facts that divide the people; `nil` for everyone.
  public let stratum: [String]?
  /// Those whom the rules reached for.
  public let treated: Arm
  /// Those they left alone.
  public let control: Arm

  /// Creates a result.
  public init(experiment: String, stratum: [String]? = nil, treated: Arm, control: Arm) {
    self.experiment = experiment
    self.stratum = stratum
    self.treated = treated
    self.control = control
  }

  /// The rate of the treated less that of the control group, −1 … 1; `nil` while an arm is empty.
  public var difference: Double? {
    guard let first = treated.rate, let second = control.rate else { return nil }
    return first - second
  }

  /// The interval that holds the difference in 95 of 100 experiments; `nil` while an arm is empty.
  ///
  /// The hybrid score interval, method 10 of Newcombe, "Interval estimation for the difference between independent
  /// proportions", Statistics in Medicine 17 (1998): it keeps its promise for small groups and rates near 0 and 1 too.
  public var interval: ClosedRange<Double>? {
    guard let first = treated.rate, let second = control.rate, let difference else { return nil }
    let (one, two) = (treated.interval, control.interval)
    func length(_ a: Double, _ b: Double) -> Double { (a * a + b * b).squareRoot() }
    let lower = difference - length(first - one.lower, two.upper - second)
    let upper = difference + length(one.upper - first, second - two.lower)
    return min(lower, upper)...max(lower, upper)
  }

  /// Both rates with their numbers, the difference and its interval, in percent.
  public var description: String {
    func percent(_ share: Double?) -> String { share.map { "\(($0 * 1_000).rounded() / 10) %" } ?? "unknown" }
    let range = interval.map { " (\(percent($0.lowerBound)) … \(percent($0.upperBound)))" } ?? ""
    let place = stratum.map { " [\($0.joined(separator: ", "))]" } ?? ""
    return "\(experiment)\(place): \(percent(treated.rate)) of \(treated.people) against \(percent(control.rate)) of "
      + "\(control.people), difference \(percent(difference))\(range)"
  }
}
