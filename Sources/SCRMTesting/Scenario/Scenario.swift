public import SocialCRM

/// A test of rules and segments: what is given, what happens at which time, and what is expected of it.
///
/// The real loop runs over an `InMemoryStore` on a clock that only the scenario moves. The result is a value, so it
/// serves any test framework, and a program.
///
/// ```swift
/// let report = try await Scenario(configuration)
///   .at("2024-05-01T08:00:00Z")
///   .given(.person("anna", .email, "anna@example.com").granting(.marketing).having(.purchase, ago: .days(3)))
///   .when("anna", .comment, "It broke, I want a refund")
///   .expect(.action("reply", by: "refund-request"))
///   .expect(.member(of: "buyers"))
///   .after(.days(31))
///   .expect(.notMember(of: "buyers"))
///   .run()
/// print(report.passed)  // true
/// ```
///
/// A failed expectation says what happened instead and why; the steps after it still run.
public struct Scenario: Sendable {
  enum Step: Sendable {
    case at(String)
    case atInstant(Instant)
    case after(Duration)
    case given(ScenarioPerson)
    case when(ScenarioEvent)
    case publish(name: String, scores: [(person: String, value: Double)])
    case expect(ScenarioExpectation, fileID: String, line: Int)
  }

  let configuration: SocialCRM.Configuration
  let start: Instant
  private(set) var steps: [Step] = []

  /// Creates a scenario without steps.
  /// - Parameters:
  ///   - configuration: how the loop decides: that of the service under test.
  ///   - start: the time before the first step that sets one; by default 2024-01-01T00:00:00Z.
  public init(
    _ configuration: SocialCRM.Configuration,
    startingAt start: Instant = Instant(secondsSinceEpoch: 1_704_067_200) ?? .epoch
  ) {
    self.configuration = configuration
    self.start = start
  }

  private func adding(_ step: Step) -> Scenario {
    var copy = self
    copy.steps.append(step)
    return copy
  }

  /// Moves time to an RFC 3339 date-time; time never goes back.
  public func at(_ time: String) -> Scenario { adding(.at(time)) }

  /// Moves time to an instant; time never goes back.
  public func at(_ time: Instant) -> Scenario { adding(.atInstant(time)) }

  /// Lets time pass; people leave segments without doing anything.
  public func after(_ duration: Duration) -> Scenario { adding(.after(duration)) }

  /// Makes a person known, with what they did before; imported, so that no rule acts.
  public func given(_ person: ScenarioPerson) -> Scenario { adding(.given(person)) }

  /// Lets a person do something now.
  /// - Parameters:
  ///   - name: who, as named by ``given(_:)``.
  ///   - kind: what.
  ///   - text: what was said.
  ///   - other: the person it is addressed to, as named by ``given(_:)``.
  ///   - id: a name for the interaction, by which a later step takes it back.
  ///   - change: sets anything else of the interaction: amount, properties, context, times.
  public func when(
    _ name: String, _ kind: InteractionKind, _ text: String? = nil, to other: String? = nil, id: String? = nil,
    with change: @escaping @Sendable (inout Interaction) -> Void = { _ in }
  ) -> Scenario {
    adding(.when(ScenarioEvent(.does(kind, text: text, to: other, id: id, change), by: name)))
  }

  /// Lets a person take back what an earlier step did under the id: unlike, unfollow, delete.
  public func when(_ name: String, takesBack id: String) -> Scenario {
    adding(.when(ScenarioEvent(.takesBack(id), by: name)))
  }

  /// Lets it turn out that two of the people are one, by an interaction that names both.
  public func when(_ name: String, turnsOutToBe other: String) -> Scenario {
    adding(.when(ScenarioEvent(.isAlso(other), by: name)))
  }

  /// Lets a person decide about consent.
  public func when(
    _ name: String, _ decision: ConsentStatement.Decision, _ purpose: Purpose, channel: String? = nil
  ) -> Scenario {
    adding(.when(ScenarioEvent(.consents(ConsentStatement(decision, purpose, channel: channel)), by: name)))
  }

  /// Takes interactions in as they are, in the order given; their times are their own.
  public func when(_ interactions: Interaction..., mode: IngestMode = .live) -> Scenario {
    adding(.when(ScenarioEvent(.interactions(interactions, mode), by: nil)))
  }

  /// Publishes scores such as `influence` to the loop, by the names of people.
  public func published(_ name: String, _ scores: (person: String, value: Double)...) -> Scenario {
    published(name, scores)
  }

  func published(_ name: String, _ scores: [(person: String, value: Double)]) -> Scenario {
    adding(.publish(name: name, scores: scores))
  }

  /// Expects something of what happened last, or of how things stand now.
  public func expect(
    _ expectation: ScenarioExpectation, fileID: String = #fileID, line: Int = #line
  ) -> Scenario {
    adding(.expect(expectation, fileID: fileID, line: line))
  }

  /// Runs the steps in order.
  /// - Returns: every expectation that was not met, and what happened.
  /// - Throws: `SCRMError` when the loop cannot run at all, such as for a configuration that cannot be opened.
  public func run() async throws -> ScenarioReport { try await finished().report }

  /// The run when all steps are taken.
  func finished() async throws -> ScenarioRun {
    var run = try await ScenarioRun(self)
    for step in steps { try await run.take(step) }
    return run
  }
}

/// Something that a step of a scenario lets happen.
struct ScenarioEvent: Sendable {
  enum What: Sendable {
    case does(InteractionKind, text: String?, to: String?, id: String?, @Sendable (inout Interaction) -> Void)
    case takesBack(String)
    case isAlso(String)
    case consents(ConsentStatement)
    case interactions([Interaction], IngestMode)
  }

  let what: What
  let name: String?

  init(_ what: What, by name: String?) {
    self.what = what
    self.name = name
  }
}
