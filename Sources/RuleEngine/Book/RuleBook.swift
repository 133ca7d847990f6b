import SCRMExpressions
public import SCRMModel
import StateCoding

/// A set of rules and journeys, compiled: what decides what to propose when something happens.
///
/// A pure value. Deciding takes what is remembered of the person and gives it back changed, so that the same events give
/// the same proposals on every machine. A ``RuleIndex`` finds the rules that match, so cost follows what matches.
///
/// ```swift
/// var book = try RuleBook(RuleVocabulary())
/// try book.add(
///   RuleDefinition(
///     "refund-request", on: [.interaction(.comment)], when: .text("event.text.contains('退款')"),
///     then: [RuleAction(.openCase, ["category": .value("refund")])]))
/// var memory = RuleMemory()
/// let outcome = book.evaluate(RuleOccurrence(input), memory: &memory)
/// print(outcome.actions.map(\.kind))  // ["openCase"]
/// ```
///
/// - Complexity: adding, changing or removing a rule as in ``RuleIndex``, and the length of its keywords;
///   nothing else is compiled again.
public struct RuleBook: Sendable {
  /// A condition of the host: pure, the same occurrence gives the same answer.
  public typealias Closure = @Sendable (RuleOccurrence) -> Judgement
  /// How many journeys a book holds, which bounds what is remembered of a person.
  public static let maximumJourneys = 64

  /// What conditions and templates may name.
  public let vocabulary: RuleVocabulary
  /// What holds proposals back.
  public let guards: RuleGuards
  let compiler: RuleCompiler
  private(set) var index: RuleIndex
  private(set) var entries: [CompiledRule?] = []
  private var free: [Int] = []
  /// The place of a rule by the hash of its name.
  private var places: [UInt64: Int] = [:]
  /// What each row of the index stands for.
  private var rows: [RowUse] = []
  /// The rows of the rule at each place: its own, then those of its pattern.
  private var rowsOfPlace: [[Int]] = []
  /// The rules with a pattern, and the number in the index of its completion.
  private(set) var patterned: [Int: Int] = [:]
  /// The rules whose pattern begins without an event of its own.
  private(set) var waiting: Set<Int> = []
  /// What patterns and tallies of threads and values are kept for, with how many rules use each.
  private(set) var keySources: [(key: CompiledPattern.Key, uses: Int)] = []
  /// The rules with keywords, and the number in the index of their being found.
  private(set) var worded: [Int: Int] = [:]
  /// Finds the keywords of all rules; its triggers have the places of their rules.
  private(set) var keywords = KeywordIndex()
  private var slotUses: [Int]
  /// The slots that some rule or journey reads, ascending.
  private(set) var slots: [Int] = []
  private var triggerUses: [RuleTrigger: Int] = [:]
  private(set) var triggerNumbers: [RuleTrigger: Int] = [:]
  /// The number in the index of "any interaction"; `nil` when no rule looks at all.
  private(set) var anyInteraction: Int?
  /// The rules with a schedule.
  private(set) var scheduled: Set<Int> = []
  /// By hash, ascending.
  private(set) var journeys: [CompiledJourney] = []

  /// What a row of the index stands for.
  enum RowUse: Sendable {
    case nothing
    /// The condition of the rule at a place.
    case rule(Int)
    /// A condition of the pattern of the rule at a place, by its bit.
    case pattern(Int, bit: UInt64)
  }

  /// Creates a book.
  /// - Parameters:
  ///   - vocabulary: what conditions and templates may name.
  ///   - rules: the rules.
  ///   - journeys: the journeys.
  ///   - guards: what holds proposals back.
  ///   - closures: conditions of the host, by the name with which rules call them.
  /// - Throws: ``RuleFault`` for the first rule or journey that cannot be taken in, `SCRMError` for two guards of a name.
  public init(
    _ vocabulary: RuleVocabulary, rules: [RuleDefinition] = [], journeys: [JourneyDefinition] = [],
    guards: RuleGuards = RuleGuards(), closures: [String: Closure] = [:]
  ) throws {
    try guards.check()
    self.vocabulary = vocabulary
    self.guards = guards
    compiler = RuleCompiler(vocabulary: vocabulary, closures: closures)
    index = RuleIndex(vocabulary.environment)
    slotUses = Array(repeating: 0, count: vocabulary.environment.variables.count)
    for journey in journeys { try add(journey) }
    for rule in rules { try insert(try compiled(rule)) }
  }

  /// How many rules it holds.
  public var count: Int { places.count }

  /// The rules in the order in which they are looked at.
  public var rules: [RuleDefinition] {
    entries.compactMap { $0?.definition }.sorted { $0.precedes($1) }
  }

  /// The names of the journeys, in byte order.
  public var journeyNames: [String] {
    journeys.map(\.definition.name).sorted { $0.byteOrder($1) == .ascending }
  }

  /// The rule of a name; `nil` when there is none.
  public func rule(_ name: String) -> RuleDefinition? { compiled(name)?.definition }

  func compiled(_ name: String) -> CompiledRule? { places[nameHash(name)].flatMap { entries[$0] } }

  /// The place of the rule with a hash.
  func place(of hash: UInt64) -> Int? { places[hash] }

  func compiled(hash: UInt64) -> CompiledRule? { places[hash].flatMap { entries[$0] } }

  func compiledJourney(hash: UInt64) -> CompiledJourney? { journeys.first { $0.hash == hash } }

  // MARK: Changing

  /// Adds a rule.
  /// - Throws: ``RuleFault``; the book is as before then.
  public mutating func add(_ definition: RuleDefinition) throws(RuleFault) { try insert(try compiled(definition)) }

  private func compiled(_ definition: RuleDefinition) throws(RuleFault) -> CompiledRule {
    let rule = try compiler.rule(definition)
    guard places[rule.hash] == nil, compiledJourney(hash: rule.hash) == nil else {
      throw RuleFault(.name, rule: definition.name, part: "name", "the name, or one of the same hash, is taken")
    }
    return rule
  }

  /// Puts a rule in the place of the one of its name.
  /// - Throws: ``RuleFault``; the book is as before then.
  public mutating func replace(_ definition: RuleDefinition) throws(RuleFault) {
    let rule = try compiler.rule(definition)
    guard let place = places[rule.hash] else {
      throw RuleFault(.name, rule: definition.name, part: "name", "no rule of this name is in the book")
    }
    try checkRoom(of: rule)
    remove(at: place)
    try insert(rule)
  }

  private func checkRoom(of rule: CompiledRule) throws(RuleFault) {
    guard let trigger = rule.definition.keywords else { return }
    guard keywords.hasRoom(for: trigger) else {
      throw RuleFault(.limit, rule: rule.definition.name, part: "keywords", KeywordIndex.limit)
    }
  }

  /// Takes a rule out.
  /// - Returns: the rule; `nil` when there was none of the name.
  @discardableResult
  public mutating func remove(_ name: String) -> RuleDefinition? {
    guard let place = places[nameHash(name)], let rule = entries[place] else { return nil }
    remove(at: place)
    return rule.definition
  }

  /// Adds a journey, or puts it in the place of the one of its name: people who are in that are treated as its
  /// ``JourneyDefinition/replacing`` says when something next happens to them.
  /// - Throws: ``RuleFault``; the book is as before then.
  public mutating func add(_ definition: JourneyDefinition) throws(RuleFault) {
    let journey = try compiler.journey(definition)
    guard places[journey.hash] == nil else {
      throw RuleFault(.name, rule: definition.name, part: "name", "a rule has the name")
    }
    removeJourney(definition.name)
    guard journeys.count < Self.maximumJourneys else {
      throw RuleFault(.limit, rule: definition.name, part: "name", "expected at most \(Self.maximumJourneys) journeys")
    }
    use(journey.slots, 1)
    journeys.insert(journey, at: journeys.firstIndex { $0.hash > journey.hash } ?? journeys.endIndex)
  }

  /// Takes a journey out; people who are in it leave it when something next happens to them.
  public mutating func removeJourney(_ name: String) {
    guard let place = journeys.firstIndex(where: { $0.hash == nameHash(name) }) else { return }
    use(journeys[place].slots, -1)
    journeys.remove(at: place)
  }

  private mutating func insert(_ rule: CompiledRule) throws(RuleFault) {
    try checkRoom(of: rule)
    let place = free.popLast() ?? entries.count
    if place == entries.count {
      entries.append(nil)
      rowsOfPlace.append([])
    }
    let definition = rule.definition
    let names = Self.triggerNames(definition)
    // A rule that waits for a pattern or for words is looked at when they are there.
    let ready = "r:\(rule.hash)"
    let waits = rule.pattern != nil || definition.keywords != nil
    let row = index.add(
      rule.condition.program, on: waits ? [ready] : names, reportsUndecided: definition.missing != .skip)
    note(row, .rule(place))
    rowsOfPlace[place] = [row]
    if let trigger = definition.keywords {
      keywords.insert(trigger, as: place)
      worded[place] = index.trigger(ready)
    }
    if let pattern = rule.pattern {
      for (number, condition) in pattern.conditions.enumerated() {
        let row = index.add(condition.program, on: names)
        note(row, .pattern(place, bit: 1 << UInt64(number)))
        rowsOfPlace[place].append(row)
      }
      patterned[place] = index.trigger(ready)
      if pattern.beginsWaiting { waiting.insert(place) }
      use(pattern.key, 1)
    }
    places[rule.hash] = place
    entries[place] = rule
    use(rule.slots, 1)
    if definition.isForAnyInteraction {
      anyInteraction = index.trigger(Self.anyName)
    } else {
      for trigger in definition.triggers {
        triggerUses[trigger, default: 0] += 1
        triggerNumbers[trigger] = index.trigger(Self.name(of: trigger))
        if case .schedule = trigger { scheduled.insert(place) }
      }
    }
  }

  private mutating func remove(at place: Int) {
    guard let rule = entries[place] else { return }
    for row in rowsOfPlace[place] {
      index.remove(row)
      rows[row] = .nothing
    }
    rowsOfPlace[place] = []
    patterned[place] = nil
    waiting.remove(place)
    if let pattern = rule.pattern { use(pattern.key, -1) }
    if worded.removeValue(forKey: place) != nil { keywords.remove(place) }
    places[rule.hash] = nil
    entries[place] = nil
    free.append(place)
    use(rule.slots, -1)
    scheduled.remove(place)
    for trigger in rule.definition.triggers {
      triggerUses[trigger, default: 0] -= 1
      if triggerUses[trigger] == 0 {
        triggerUses[trigger] = nil
        triggerNumbers[trigger] = nil
      }
    }
  }

  private mutating func use(_ used: [Int], _ step: Int) {
    var isChanged = false
    for slot in used {
      slotUses[slot] += step
      isChanged = isChanged || slotUses[slot] == (step > 0 ? 1 : 0)
    }
    if isChanged { slots = slotUses.indices.filter { slotUses[$0] > 0 } }
  }

  private mutating func use(_ key: CompiledPattern.Key, _ step: Int) {
    if key == .person { return }
    if let place = keySources.firstIndex(where: { $0.key == key }) {
      keySources[place].uses += step
      if keySources[place].uses == 0 { keySources.remove(at: place) }
    } else {
      keySources.append((key, step))
    }
  }

  // MARK: Finding

  private static let anyName = "any"

  private static func triggerNames(_ definition: RuleDefinition) -> [String] {
    definition.isForAnyInteraction ? [anyName] : definition.triggers.map { name(of: $0) }
  }

  private static func name(of trigger: RuleTrigger) -> String {
    switch trigger {
    case .interaction(let kind): "i:" + kind.rawValue
    case .entered(let segment): "e:" + segment
    case .left(let segment): "l:" + segment
    case .score(let name): "s:" + name
    case .serviceCase(let status): "c:" + status.rawValue
    case .schedule(let schedule): "t:\(schedule.start.inUTC):\(schedule.every.secondsText)"
    }
  }

  /// What a row stands for.
  func use(ofRow row: Int) -> RowUse { rows[row] }

  private mutating func note(_ row: Int, _ use: RowUse) {
    while rows.count <= row { rows.append(.nothing) }
    rows[row] = use
  }

  /// Whether a published score can set off a rule.
  public var watchedScores: Set<String> {
    Set(triggerNumbers.keys.compactMap { if case .score(let name) = $0 { name } else { nil } })
  }
}

extension RuleDefinition {
  /// Whether every interaction makes it look.
  var isForAnyInteraction: Bool { triggers.isEmpty }
}
