public import SCRMExpressions

/// The id of an opportunity.
public struct OpportunityID: TextIdentifier {
  /// The text.
  public let rawValue: String
  /// Wraps a text.
  public init(_ rawValue: String) { self.rawValue = rawValue }
}

/// A possible sale to a person, with the stages it went through.
public struct Opportunity: Sendable, Hashable, Codable, Redacted {
  /// An event that states a stage.
  public struct StageEntry: Sendable, Hashable, Codable {
    /// The stage.
    public let stage: OpportunityStage
    /// When it happened.
    public let time: Instant
    /// The interaction that stated it.
    public let event: EventKey
  }

  /// What a transition did.
  public enum Outcome: String, Sendable, Hashable, Codable, CaseIterable {
    /// The stage was entered.
    case entered
    /// It was the current stage already.
    case unchanged
    /// It is not later than what is known; the current stage stays.
    case outdated
  }

  /// The id.
  public var id: OpportunityID
  /// Whose it is.
  public var person: PersonID
  /// What it is about.
  public var products: [ProductID]
  /// What it may bring.
  public var amount: Money?
  /// Who is responsible.
  public var owner: StaffID?
  /// The stage it is in.
  public private(set) var current: StageEntry
  /// The latest event that stated the current stage: its entry, or a later one that only confirmed it.
  public private(set) var latest: StageEntry
  /// The stages it was in before, oldest first.
  public private(set) var history: [StageEntry]

  /// Opens an opportunity in its first stage.
  public init(
    id: OpportunityID, person: PersonID, stage: OpportunityStage = .lead, at time: Instant, by event: EventKey,
    products: [ProductID] = [], amount: Money? = nil, owner: StaffID? = nil
  ) {
    self.id = id
    self.person = person
    self.products = products
    self.amount = amount
    self.owner = owner
    history = []
    current = StageEntry(stage: stage, time: time, event: event)
    latest = current
  }

  /// Enters a stage, or notes that it is still in it.
  ///
  /// Stage events may be delivered any number of times: one that is not later than the latest event that counted, by
  /// time and then event key, changes nothing.
  /// - Throws: ``SCRMError`` with the code `illegalTransition` when the pipeline does not allow it from the current stage.
  @discardableResult
  public mutating func enter(
    _ stage: OpportunityStage, at time: Instant, by event: EventKey,
    in pipeline: OpportunityPipeline = OpportunityPipeline()
  ) throws(SCRMError) -> Outcome {
    guard time != latest.time ? time > latest.time : event > latest.event else {
      return stage == current.stage ? .unchanged : .outdated
    }
    let entry = StageEntry(stage: stage, time: time, event: event)
    if stage == current.stage {
      latest = entry
      return .unchanged
    }
    guard pipeline.allows(current.stage, to: stage) else {
      throw SCRMError(
        .illegalTransition, subject: "opportunity",
        "expected a stage that may follow \(current.stage), found \(stage)")
    }
    history.append(current)
    current = entry
    latest = entry
    return .entered
  }

  /// The stage it is in.
  public var stage: OpportunityStage { current.stage }

  /// The time spent in the current stage so far; negative before it was entered.
  public func timeInStage(at time: Instant) -> Duration { time.duration(since: current.time) }

  /// The stage and the number of stages before.
  public var redactedDescription: String { "opportunity in \(current.stage) after \(history.count) stages" }
}

extension SCRMError.Code {
  /// A stage cannot follow the current one.
  public static let illegalTransition = SCRMError.Code(description: "illegalTransition")
}
