public import SCRMExpressions

/// The id of a service case.
public struct CaseID: TextIdentifier {
  /// The text.
  public let rawValue: String
  /// Wraps a text.
  public init(_ rawValue: String) { self.rawValue = rawValue }
}

/// One issue of one person, from the first message to the answer; repeated messages about it belong to the same case.
public struct ServiceCase: Sendable, Hashable, Codable, Redacted {
  /// Where a case stands.
  public enum Status: String, Sendable, Hashable, Codable, CaseIterable {
    /// Nobody answered yet.
    case open
    /// Someone is on it.
    case inProgress
    /// The person was asked something.
    case waiting
    /// It is done.
    case closed
  }

  /// How bad it is, from least to worst.
  public enum Severity: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
    /// A remark or question.
    case low
    /// Something does not work.
    case normal
    /// Harm or anger.
    case high
    /// Danger, press or law.
    case critical

    /// Whether `left` is less bad.
    public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
    private var rank: Int {
      switch self {
      case .low: 0
      case .normal: 1
      case .high: 2
      case .critical: 3
      }
    }
  }

  /// The id.
  public var id: CaseID
  /// Whose case it is.
  public var person: PersonID
  /// The class of the issue, such as `complaint.network`.
  public var category: String
  /// Where it stands.
  public var status: Status
  /// How bad it is.
  public var severity: Severity
  /// Who is responsible.
  public var owner: StaffID?
  /// When the first message came.
  public var opened: Instant
  /// When the person first got an answer.
  public var firstResponse: Instant?
  /// When it was done; `nil` while it is not.
  public var closed: Instant?
  /// The interactions that belong to it, in the order they were added.
  public private(set) var interactions: [EventKey]

  /// Opens a case.
  public init(
    id: CaseID, person: PersonID, category: String, severity: Severity = .normal, owner: StaffID? = nil,
    opened: Instant, interactions: [EventKey] = []
  ) {
    self.id = id
    self.person = person
    self.category = category
    self.severity = severity
    self.owner = owner
    self.opened = opened
    self.interactions = []
    status = .open
    for key in interactions { add(key) }
  }

  /// Adds an interaction; one that is there already changes nothing.
  ///
  /// O(n).
  public mutating func add(_ interaction: EventKey) {
    if !interactions.contains(interaction) { interactions.append(interaction) }
  }

  /// Notes an answer: the earliest one counts as the first response.
  public mutating func respond(at time: Instant) {
    firstResponse = firstResponse.map { min($0, time) } ?? time
    if status == .open { status = .inProgress }
  }

  /// Closes the case; the first closing time stays until it is reopened.
  public mutating func close(at time: Instant) {
    closed = closed ?? time
    status = .closed
  }

  /// Opens a closed case again.
  public mutating func reopen() {
    guard status == .closed else { return }
    closed = nil
    status = firstResponse == nil ? .open : .inProgress
  }

  /// The time to the first answer; `nil` while there is none.
  public var responseTime: Duration? { firstResponse.map { $0.duration(since: opened) } }

  /// Status, severity and the number of interactions.
  public var redactedDescription: String {
    "case \(status.rawValue), \(severity.rawValue), \(interactions.count) interactions"
  }
}
