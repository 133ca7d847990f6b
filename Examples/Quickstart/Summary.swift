import SocialCRM

/// Prints what the loop found out.
struct Summary {
  let crm: SocialCRM
  let source: String
  let tally: Tally
  let scores: [InfluenceScore]

  func printAll() async throws {
    printInput()
    let people = try await knownPeople()
    try await printPeople(people)
    try await printSegments()
    try await printParticipation(people)
    printInfluence()
    printActions()
    try await printAudience()
  }

  private func title(_ text: String) { print("\n" + text + "\n" + String(repeating: "-", count: text.utf8.count)) }

  /// The first digits of an id; enough to tell people apart in a summary.
  private func short(_ id: PersonID) -> String { String(id.description.prefix(8)) }

  /// An explanation with its weights rounded.
  private func printIndented(_ explanation: Explanation, by indent: String = "    ") {
    print(indent + explanation.conclusion)
    for item in explanation.evidence {
      let weight = item.weight.map { " (\(rounded($0)))" } ?? ""
      print(indent + "- " + item.fact + weight + (item.event.map { " [\($0)]" } ?? ""))
    }
    if let otherwise = explanation.otherwise { print(indent + "otherwise: " + otherwise) }
  }

  /// One decimal, rounded half away from zero.
  private func rounded(_ value: Double) -> String {
    let tenths = Int64((value * 10).rounded())
    return "\(tenths < 0 ? "-" : "")\(tenths.magnitude / 10).\(tenths.magnitude % 10)"
  }

  private func printInput() {
    print("SocialCRM quickstart: \(source)")
    title("Input")
    print("\(tally.accepted) accepted (\(tally.late) of them late), \(tally.duplicates) known already")
    for (code, refusal) in tally.refusals.sorted(by: { $0.key < $1.key }) {
      print("\(refusal.count) refused as \(code), such as: \(refusal.example.replacing("\0", with: "␀"))")
    }
    if tally.badLineCount > 0 { print("\(tally.badLineCount) lines could not be read:") }
    for error in tally.badLines { print("  \(error)") }
  }

  private func knownPeople() async throws -> [PersonRecord] {
    var people: [PersonRecord] = []
    var last: PersonID?
    while true {
      let page = try await crm.store.people(after: last, limit: 1_000)
      guard let final = page.last else { return people }
      last = final.id
      people += page.filter { $0.mergedInto == nil }
    }
  }

  private func printPeople(_ people: [PersonRecord]) async throws {
    title("People")
    let accounts = people.reduce(0) { $0 + $1.accounts.count }
    let several = people.filter { $0.accounts.count > 1 }.count
    print("\(people.count) people from \(accounts) accounts; \(several) by more than one, after \(tally.merges) merges")
    var kinds: [String: Int] = [:]
    for link in people.flatMap(\.accounts) { kinds[link.key.namespace.description, default: 0] += 1 }
    print(
      kinds.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))
    guard let merge = tally.merge, let survivor = try await crm.person(merge.survivor) else { return }
    let names = Dictionary(
      survivor.accounts.map { ($0.account, $0.key.namespace.description) }, uniquingKeysWith: { $1 })
    func list(_ accounts: [AccountID]) -> String { accounts.compactMap { names[$0] }.joined(separator: " + ") }
    print("A merge: person \(short(merge.absorbed)) (\(list(merge.accounts))) is person \(short(merge.survivor)),")
    print("  because \(merge.cause) at \(merge.time) named \(list(merge.evidence)) together")
  }

  private func printSegments() async throws {
    title("Segments")
    for segment in crm.configuration.segments.segments {
      let members = try await crm.store.members(of: segment.name, after: nil, limit: Int.max)
      guard let changes = tally.entries[segment.name] else {
        print("\(segment.name): nobody")
        continue
      }
      print("\(segment.name): \(members.count) members, \(changes.entries) entered, \(changes.exits) left; for example")
      print("  person \(short(changes.example.person)) at \(changes.example.time)")
      printIndented(changes.example.explanation)
    }
  }

  private func printParticipation(_ people: [PersonRecord]) async throws {
    title("Participation")
    var tiers: [ParticipationTier: Int] = [:]
    var candidates: [ActivationCandidate] = []
    for person in people {
      guard let facts = try await crm.facts(of: person.id) else { continue }
      tiers[facts.tier, default: 0] += 1
      if let candidate = ActivationCandidate.judge(facts, formerTier: tally.highestTier[person.id]) {
        candidates.append(candidate)
      }
    }
    print(ParticipationTier.allCases.map { "\(tiers[$0] ?? 0) \($0.rawValue)" }.joined(separator: ", "))
    print("\(candidates.count) candidates for activation; the most promising for each reason:")
    let byReason = Dictionary(grouping: candidates, by: \.reason)
    for (_, candidates) in byReason.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      guard let best = ActivationCandidate.ranked(candidates, limit: 1).first else { continue }
      print("  person \(short(best.person)), first of \(candidates.count)")
      printIndented(best.explanation)
    }
  }

  private func printInfluence() {
    title("Influence")
    print("\(scores.count) people in the graph of who addresses whom; the most influential:")
    let best = scores.sorted { $0.value != $1.value ? $0.value > $1.value : $0.person < $1.person }
    for score in best.prefix(3) {
      print("  person \(short(score.person))")
      printIndented(score.explanation)
    }
  }

  private func printActions() {
    title("Proposed actions")
    for rule in LoopConfiguration.rules {
      guard let tally = tally.actions[rule.name] else {
        print("\(rule.name): none")
        continue
      }
      let suppressed = tally.suppressed.sorted { $0.key.rawValue < $1.key.rawValue }
        .map { ", \($0.value) suppressed for \($0.key.rawValue)" }.joined()
      print("\(rule.name): \(tally.proposed) proposed\(suppressed)")
      if let example = tally.example { printIndented(example.explanation) }
      let held = tally.suppressedExamples.min { $0.key.rawValue < $1.key.rawValue }
      if let (reason, example) = held {
        print("  and suppressed for \(reason.rawValue)")
        printIndented(example.explanation)
      }
    }
    guard let last = tally.cancelled.last else { return }
    print("\(tally.cancelled.count) cancelled again, such as: \(last.reason)")
  }

  private func printAudience() async throws {
    title("Audience of recent-buyers for marketing")
    let audience = try await crm.audience(of: "recent-buyers", purpose: .marketing)
    print("\(audience.members.count) may be addressed, \(audience.refused.count) may not")
    let bases = Dictionary(grouping: audience.refused, by: \.decision.basis)
    for (basis, refused) in bases.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      print("- \(refused.count): \(basis == .denied ? "consent was refused" : "no consent was stated")")
    }
  }
}
