import SCRMExpressions
import SCRMModel
import StateCoding

/// What a book of rules remembers of one person: an opaque value, kept by the loop in its state, or by any host.
///
/// Bounded: of each kind of entry there is a most, beyond which the oldest is forgotten; contacts and budgets are bounded by
/// the limits of their caps.
public struct RuleMemory: Sendable, Hashable {
  /// The version of the form of ``bytes``.
  public static let schema = 2
  /// Of how many sessions or threads a rule remembers that it acted there.
  public static let maximumScopes = 64
  /// Of how many of the latest actions it is remembered what set them off.
  public static let maximumLinks = 64
  /// How many actions that may be unclaimed are watched.
  public static let maximumOpen = 16
  /// How many journeys a person can be in.
  public static let maximumJourneys = 16
  /// How many starts and stops of journeys wait until they are due.
  static let maximumOrders = 16
  /// In how many threads or values a rule waits for what a pattern comes to.
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

  /// A contact that a cap counts, with the action that makes it.
  struct Contact: Sendable, Hashable {
    var time: Instant
    var action: ActionID
  }

  /// The contacts that a cap counts, by time, ascending.
  struct Contacts: Sendable, Hashable {
    var cap: UInt64
    var list: [Contact]
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

  /// What an action took from a budget, to be given back should it not be carried out.
  struct Spent: Sendable, Hashable {
    var budget: UInt64
    /// Whether it is a budget that everyone shares.
    var isShared: Bool
    var day: Int32
    var units: Int64
  }

  /// An action that may be unclaimed.
  struct Open: Sendable, Hashable {
    var action: ActionID
    var rule: UInt64
    var trigger: EventKey
    var triggered: Instant
    var expires: Instant?
    var spent: [Spent]
  }

  /// An action that starts or stops a journey once it is due.
  struct JourneyOrder: Sendable, Hashable {
    var action: ActionID
    var journey: UInt64
    var isStop: Bool
    var due: Instant
    var expires: Instant?
  }

  /// That the person waits for what a pattern shared with others comes to.
  struct Wait: Sendable, Hashable {
    var rule: UInt64
    /// The thread or value, hashed.
    var key: UInt64
    /// Who the person is to the pattern.
    var token: UInt64
    var due: Instant
  }

  /// A score that changed and was not looked at yet.
  struct NotedScore: Sendable, Hashable {
    var name: String
    var before: Double?
    var after: Double?
  }

  /// The state of a pattern or tally over what the person does.
  struct Pattern: Sendable, Hashable {
    var rule: UInt64
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
  var open: [Open] = []
  /// The scores that changed since rules last looked.
  var scores: [NotedScore] = []
  /// Up to when schedules were looked at; `nil` when no rule has one.
  var scheduled: Instant?
  /// By rule, ascending.
  var patterns: [Pattern] = []
  /// In the order in which they were last changed.
  var waits: [Wait] = []
  /// By journey, ascending.
  var journeys: [JourneyState] = []
  /// In the order in which they arose.
  var orders: [JourneyOrder] = []

  /// Nothing is remembered.
  public init() {}

  /// Whether something may go on with it whatever happens.
  var hasWork: Bool { isFollowing || !journeys.isEmpty || !orders.isEmpty }
  /// Whether patterns or tallies are under way.
  var isFollowing: Bool { !patterns.isEmpty || !waits.isEmpty }

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

  func contacts(of cap: FrequencyCap) -> [Instant] { contacts.first { $0.cap == cap.hash }?.list.map(\.time) ?? [] }

  mutating func noteContact(_ contact: Contact, for cap: FrequencyCap, now: Instant) {
    let place = contacts.firstIndex { $0.cap >= cap.hash } ?? contacts.endIndex
    if place == contacts.endIndex || contacts[place].cap != cap.hash {
      contacts.insert(Contacts(cap: cap.hash, list: []), at: place)
    }
    let horizon = cap.horizon(now)
    contacts[place].list.removeAll { $0.time < horizon }
    let index = contacts[place].list.firstIndex { $0.time > contact.time } ?? contacts[place].list.endIndex
    contacts[place].list.insert(contact, at: index)
  }

  func spending(of budget: BudgetCap) -> BudgetSpending {
    spendings.first { $0.budget == budget.hash }?.spending ?? BudgetSpending()
  }

  /// Notes what was spent, and says on which day it is counted.
  mutating func spend(_ units: Int64, of budget: BudgetCap, on day: Int32) -> Int32 {
    let place = spendings.firstIndex { $0.budget >= budget.hash } ?? spendings.endIndex
    if place == spendings.endIndex || spendings[place].budget != budget.hash {
      spendings.insert(Spending(budget: budget.hash, spending: BudgetSpending()), at: place)
    }
    return spendings[place].spending.spend(units, budget, on: day)
  }

  // MARK: Patterns

  func pattern(of rule: UInt64) -> Pattern? { patterns.first { $0.rule == rule } }

  /// Keeps the state of a pattern in place of the one before; `nil` to forget it.
  mutating func keep(_ entry: Pattern?, of rule: UInt64) {
    let place = patterns.firstIndex { $0.rule >= rule } ?? patterns.endIndex
    let isKnown = place < patterns.endIndex && patterns[place].rule == rule
    switch (entry, isKnown) {
    case (let entry?, true): patterns[place] = entry
    case (let entry?, false): patterns.insert(entry, at: place)
    case (nil, true): patterns.remove(at: place)
    case (nil, false): break
    }
  }

  /// Waits for what a shared pattern comes to, in place of the wait of the same rule, key and token; `nil` for no longer.
  mutating func wait(until due: Instant?, rule: UInt64, key: UInt64, token: UInt64) {
    waits.removeAll { $0.rule == rule && $0.key == key && $0.token == token }
    guard let due else { return }
    waits.append(Wait(rule: rule, key: key, token: token, due: due))
    if waits.reduce(0, { $1.rule == rule ? $0 + 1 : $0 }) > Self.maximumPatternKeys,
      let oldest = waits.firstIndex(where: { $0.rule == rule })
    {
      waits.remove(at: oldest)
    }
  }

  // MARK: Actions

  /// The rules that led to an action; `nil` when it is not known.
  func rules(behind action: ActionID) -> [UInt64]? { links.first { $0.action == action }?.rules }

  mutating func link(_ action: ActionID, _ rules: [UInt64]) {
    links.append(Link(action: action, rules: rules))
    if links.count > Self.maximumLinks { links.removeFirst(links.count - Self.maximumLinks) }
  }

  mutating func watch(_ entry: Open, now: Instant) {
    open.removeAll { $0.expires.map { $0 <= now } ?? false }
    open.append(entry)
    if open.count > Self.maximumOpen { open.removeFirst(open.count - Self.maximumOpen) }
  }

  /// The latest event time among the triggers of open actions.
  var latestTrigger: Instant? { open.map(\.triggered).max() }

  /// Forgets actions that are not carried out after all: their rules may act again, what caps counted and budgets spent is
  /// given back, and journeys that they started are as if they had never been.
  mutating func forget(_ actions: Set<ActionID>, _ ledger: inout BudgetLedger) {
    for entry in open where actions.contains(entry.action) {
      for spent in entry.spent {
        if spent.isShared {
          ledger.giveBack(spent)
        } else if let place = spendings.firstIndex(where: { $0.budget == spent.budget }) {
          spendings[place].spending.giveBack(spent.units, on: spent.day)
        }
      }
    }
    spendings.removeAll(where: \.spending.days.isEmpty)
    for place in contacts.indices { contacts[place].list.removeAll { actions.contains($0.action) } }
    contacts.removeAll(where: \.list.isEmpty)
    open.removeAll { actions.contains($0.action) }
    acted.removeAll { actions.contains($0.action) }
    scopes.removeAll { actions.contains($0.action) }
    orders.removeAll { actions.contains($0.action) }
    journeys.removeAll { $0.action.map { actions.contains($0) } ?? false }
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
        contacts[place].list = (contacts[place].list + group.list).sorted {
          ($0.time, $0.action) < ($1.time, $1.action)
        }
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
    for entry in other.patterns where pattern(of: entry.rule) == nil { keep(entry, of: entry.rule) }
    for entry in other.waits { wait(until: entry.due, rule: entry.rule, key: entry.key, token: entry.token) }
    journeys += other.journeys.filter { entry in !journeys.contains { $0.journey == entry.journey } }
    journeys.sort { $0.journey < $1.journey }
    journeys = Array(journeys.prefix(Self.maximumJourneys))
    orders = Array((other.orders + orders).suffix(Self.maximumOrders))
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
