import SCRMExpressions
import SCRMModel
import StateCoding

/// What a book of rules remembers of one person: an opaque value, kept by the loop in its state, or by any host.
///
/// Bounded: of each kind of entry there is a most, beyond which the oldest is forgotten; contacts and budgets are bounded by
/// the limits of their caps.
public struct RuleMemory: Sendable, Hashable {
  /// The version of the form of ``bytes``.
  public static let schema = 1
  /// Of how many sessions or threads a rule remembers that it acted there.
  public static let maximumScopes = 64
  /// Of how many of the latest actions it is remembered what set them off.
  public static let maximumLinks = 64
  /// How many actions that may be unclaimed are watched.
  public static let maximumOpen = 16
  /// How many journeys a person can be in.
  public static let maximumJourneys = 16
  /// For how many threads or values a pattern has states.
  public static let maximumPatternKeys = 64
  /// How many changed scores wait to be looked at.
  static let maximumScores = 16

  /// When a rule last acted.
  struct Acted: Sendable, Hashable {
    var rule: UInt64
    var time: Instant
    var action: ActionID
  }

  /// That a rule acted in a session or thread.
  struct Scope: Sendable, Hashable {
    var rule: UInt64
    var place: UInt64
    var action: ActionID
  }

  /// The contacts that a cap counts, ascending.
  struct Contacts: Sendable, Hashable {
    var cap: UInt64
    var times: [Instant]
  }

  /// What was spent of a budget of the person's own.
  struct Spending: Sendable, Hashable {
    var budget: UInt64
    var spending: BudgetSpending
  }

  /// The rules that led to an action, the latest last.
  struct Link: Sendable, Hashable {
    var action: ActionID
    var rules: [UInt64]
  }

  /// A score that changed and was not looked at yet.
  struct NotedScore: Sendable, Hashable {
    var name: String
    var before: Double?
    var after: Double?
  }

  /// The state of a pattern over time.
  struct Pattern: Sendable, Hashable {
    var rule: UInt64
    /// The person, thread or fact it is kept for, hashed.
    var key: UInt64
    var version: Int
    var bytes: [UInt8]
    /// When it has to be looked at without an event.
    var deadline: Instant?
  }

  /// By rule, ascending.
  var acted: [Acted] = []
  /// In the order in which they arose.
  var scopes: [Scope] = []
  /// By cap, ascending.
  var contacts: [Contacts] = []
  /// By budget, ascending.
  var spendings: [Spending] = []
  /// In the order in which they arose.
  var links: [Link] = []
  /// In the order of decision.
  var open: [RuleState.Open] = []
  /// The scores that changed since rules last looked.
  var scores: [NotedScore] = []
  /// Up to when schedules were looked at; `nil` when no rule has one.
  var scheduled: Instant?
  /// In the order in which they were last changed.
  var patterns: [Pattern] = []
  /// By journey, ascending.
  var journeys: [JourneyState] = []

  /// Nothing is remembered.
  public init() {}

  /// Whether nothing is remembered.
  public var isEmpty: Bool { self == RuleMemory() }

  // MARK: Rules

  /// When a rule last acted.
  func lastActed(_ rule: UInt64) -> Acted? { acted.first { $0.rule == rule } }

  mutating func note(_ entry: Acted) {
    let place = acted.firstIndex { $0.rule >= entry.rule } ?? acted.endIndex
    if place < acted.endIndex, acted[place].rule == entry.rule {
      if acted[place].time <= entry.time { acted[place] = entry }
    } else {
      acted.insert(entry, at: place)
    }
  }

  mutating func note(_ entry: Scope) {
    scopes.removeAll { $0.rule == entry.rule && $0.place == entry.place }
    scopes.append(entry)
    if scopes.reduce(0, { $1.rule == entry.rule ? $0 + 1 : $0 }) > Self.maximumScopes,
      let oldest = scopes.firstIndex(where: { $0.rule == entry.rule })
    {
      scopes.remove(at: oldest)
    }
  }

  // MARK: Guards

  func contacts(of cap: FrequencyCap) -> [Instant] { contacts.first { $0.cap == cap.hash }?.times ?? [] }

  mutating func noteContact(_ time: Instant, for cap: FrequencyCap, now: Instant) {
    let place = contacts.firstIndex { $0.cap >= cap.hash } ?? contacts.endIndex
    if place == contacts.endIndex || contacts[place].cap != cap.hash {
      contacts.insert(Contacts(cap: cap.hash, times: []), at: place)
    }
    let horizon = cap.horizon(now)
    contacts[place].times.removeAll { $0 < horizon }
    let index = contacts[place].times.firstIndex { $0 > time } ?? contacts[place].times.endIndex
    contacts[place].times.insert(time.inUTC, at: index)
  }

  func spending(of budget: BudgetCap) -> BudgetSpending {
    spendings.first { $0.budget == budget.hash }?.spending ?? BudgetSpending()
  }

  mutating func spend(_ units: Int64, of budget: BudgetCap, on day: Int32) {
    let place = spendings.firstIndex { $0.budget >= budget.hash } ?? spendings.endIndex
    if place == spendings.endIndex || spendings[place].budget != budget.hash {
      spendings.insert(Spending(budget: budget.hash, spending: BudgetSpending()), at: place)
    }
    spendings[place].spending.spend(units, budget, on: day)
  }

  // MARK: Patterns

  mutating func keep(_ entry: Pattern) {
    patterns.append(entry)
    if patterns.reduce(0, { $1.rule == entry.rule ? $0 + 1 : $0 }) > Self.maximumPatternKeys,
      let oldest = patterns.firstIndex(where: { $0.rule == entry.rule })
    {
      patterns.remove(at: oldest)
    }
  }

  // MARK: Actions

  /// The rules that led to an action; `nil` when it is not known.
  func rules(behind action: ActionID) -> [UInt64]? { links.first { $0.action == action }?.rules }

  mutating func link(_ action: ActionID, _ rules: [UInt64]) {
    links.append(Link(action: action, rules: rules))
    if links.count > Self.maximumLinks { links.removeFirst(links.count - Self.maximumLinks) }
  }

  mutating func watch(_ entry: RuleState.Open, now: Instant) {
    open.removeAll { $0.expires.map { $0 <= now } ?? false }
    open.append(entry)
    if open.count > Self.maximumOpen { open.removeFirst(open.count - Self.maximumOpen) }
  }

  /// The latest event time among the triggers of open actions.
  var latestTrigger: Instant? { open.map(\.triggered).max() }

  /// Forgets actions that are not carried out after all, so that their rules may act again.
  ///
  /// Contacts and budgets stay counted: a cap may then hold back too much, never too little.
  mutating func forget(_ actions: Set<ActionID>) {
    open.removeAll { actions.contains($0.action) }
    acted.removeAll { actions.contains($0.action) }
    scopes.removeAll { actions.contains($0.action) }
  }

  // MARK: Merging

  /// Joins the memory of a person who turned out to be the same.
  ///
  /// Of two memories the more cautious stays: a rule that acted for either acted, contacts and spending add up. Patterns
  /// of both that are under way cannot be made one; those of the person who stays do.
  mutating func merge(_ other: RuleMemory) {
    for entry in other.acted { note(entry) }
    for entry in other.scopes { note(entry) }
    for group in other.contacts {
      if let place = contacts.firstIndex(where: { $0.cap == group.cap }) {
        contacts[place].times = (contacts[place].times + group.times).sorted()
      } else {
        contacts.append(group)
      }
    }
    contacts.sort { $0.cap < $1.cap }
    for entry in other.spendings {
      if let place = spendings.firstIndex(where: { $0.budget == entry.budget }) {
        spendings[place].spending.merge(entry.spending)
      } else {
        spendings.append(entry)
      }
    }
    spendings.sort { $0.budget < $1.budget }
    links = Array((other.links + links).suffix(Self.maximumLinks))
    open += other.open.filter { entry in !open.contains { $0.action == entry.action } }
    open.sort { ($0.triggered, $0.action) < ($1.triggered, $1.action) }
    open = Array(open.suffix(Self.maximumOpen))
    scores = Array((scores + other.scores).suffix(Self.maximumScores))
    scheduled = scheduled.map { own in other.scheduled.map { max(own, $0) } ?? own } ?? other.scheduled
    for entry in other.patterns where !patterns.contains(where: { $0.rule == entry.rule && $0.key == entry.key }) {
      keep(entry)
    }
    journeys += other.journeys.filter { entry in !journeys.contains { $0.journey == entry.journey } }
    journeys.sort { $0.journey < $1.journey }
    journeys = Array(journeys.prefix(Self.maximumJourneys))
  }
}

extension BudgetSpending {
  /// Adds what another person spent who turned out to be the same.
  mutating func merge(_ other: BudgetSpending) {
    for entry in other.days {
      if let place = days.firstIndex(where: { $0.day == entry.day }) {
        days[place].units += entry.units
      } else {
        days.append(entry)
      }
    }
    days.sort { $0.day < $1.day }
  }
}
