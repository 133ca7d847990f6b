import DenseData
import Foundation
import IdentityGraph
import Testing

/// Merging and unmerging on generated histories, on the records that the loop keeps: whoever is parted has everything back.
@Suite struct UnmergePropertyTests {
  /// How many merges are undone, each in a history of its own: 60, or 10,000 under SCRM_SOAK=1.
  static let count = ProcessInfo.processInfo.environment["SCRM_SOAK"] == "1" ? 10_000 : 60

  /// People with all that is kept of them, and their golden profiles, as bytes.
  private struct Picture: Equatable {
    var people: [PersonID: [UInt8]] = [:]
    var profiles: [PersonID: GoldenProfile] = [:]
    /// Which person each end of a tie belongs to.
    var ties: [TieKey: [PersonID?]] = [:]

    init(_ desk: Desk) {
      for var person in desk.people {
        person.version = .start
        people[person.id] = person.jsonBytes
        profiles[person.id] = GoldenProfile(of: person.traits, by: SurvivorshipPolicy(others: .mostFrequent))
      }
      for key in desk.ties {
        let owners = desk.people.filter { person in
          person.accounts.contains { $0.account == key.from || $0.account == key.to }
        }
        ties[key] = [key.from, key.to].map { end in
          owners.first { $0.accounts.contains { $0.account == end } }?.id
        }
      }
    }
  }

  /// What the loop does with a draft, without a store.
  private struct Desk {
    let stage: EvidenceResolver
    var draft = PeopleDraft(identities: [], people: [])
    var position = LogPosition.start
    var ids = Set<PersonID>()
    var merges: [MergeRecord] = []
    var ties: [TieKey] = []

    init() {
      var settings = EvidenceResolver.Settings()
      settings.policy.maximumIdentifiers = 8
      settings.policy.namespaces["device"]?.maximumNeighbours = 4
      stage = EvidenceResolver(settings)
    }

    var people: [PersonRecord] {
      ids.sorted().compactMap { draft.person($0) }.filter { $0.mergedInto == nil }
    }

    mutating func take(_ interaction: Interaction) throws {
      position = position.next
      let actor = stage.keys(of: interaction.actor)
      let target = interaction.target.map { stage.keys(of: $0) }
      let resolution = try stage.resolve(
        interaction, actor: actor, target: target, at: position, now: interaction.received, in: &draft)
      merges += resolution.merges
      for entry in actor.entries + (target?.entries ?? []) { ids.insert(stage.account(of: entry.key).person) }
      if let addressed = resolution.targetAccount { ties.append(TieKey(from: resolution.account, to: addressed)) }
      guard let person = resolution.person, var record = draft.person(person) else { return }
      for entry in interaction.traits.entries {
        guard let name = entry.key.text else { continue }
        record.traits.record(
          name,
          TraitValue(
            entry.value, source: interaction.key.source, account: resolution.account, observed: interaction.occurred,
            confidence: 1, event: interaction.key))
      }
      for statement in interaction.consents {
        record.consents.add(
          ConsentRecord(
            statement: statement, account: resolution.account, time: interaction.occurred, event: interaction.key))
      }
      draft.put(record)
    }

    mutating func rule(_ decision: IdentityRuling.Decision) throws {
      position = position.next
      let outcome = try stage.carryOut(
        IdentityRuling(decision, reason: "test", time: .epoch), withdrawing: nil, at: position, in: &draft)
      merges += outcome.merges
    }
  }

  private static func interaction(_ index: Int, _ random: inout SeededGenerator) -> Interaction {
    let person = random.below(8)
    var identifiers = [Identifier(.weibo, "w\(person)", .verified)]
    switch random.below(5) {
    case 0: identifiers.append(Identifier(.email, "p\(person)@example.com"))
    case 1: identifiers.append(Identifier(.phone, "+86 138 0013 800\(person / 2)"))
    case 2: identifiers.append(Identifier(.device, "d\(person / 4)"))
    default: break
    }
    let time = Instant.epoch.advanced(by: .seconds(random.below(100_000)))
    var interaction = Interaction(
      key: EventKey("test", "e\(index)"), kind: .comment, actor: Party(identifiers), at: time, received: time)
    if random.below(3) == 0 {
      interaction.traits = [
        "city": .string("c\(random.below(4))"), "name": .string(["李娜", "王伟", "John Smith"][person % 3]),
      ]
    }
    if random.below(5) == 0 {
      interaction.consents = [
        ConsentStatement(random.below(2) == 0 ? .granted : .denied, .marketing, evidence: "e\(index)")
      ]
    }
    if random.below(3) == 0 { interaction.target = Party([Identifier(.weibo, "w\(random.below(8))", .verified)]) }
    return interaction
  }

  /// The seeds in as many parts, which take the cores there are.
  private static let parts: UInt64 = 4

  @Test(arguments: 0..<parts)
  func `merge then unmerge restores people, golden profiles, ties and consents byte for byte`(part: UInt64) throws {
    var merged = 0
    var seed = part
    let goal = Self.count / Int(Self.parts)
    while merged < goal, seed < 10 * UInt64(Self.count) {
      seed += Self.parts
      var random = SeededGenerator(seed: seed)
      var desk = Desk()
      for index in 0..<(10 + random.below(25)) { try desk.take(Self.interaction(index, &random)) }
      let before = Picture(desk)
      // A statement that joins two people, if nothing forbids it; it names accounts that are there, later than all else.
      let people = desk.people
      guard people.count >= 2 else { continue }
      let (one, two) = (people[random.below(people.count)], people[random.below(people.count)])
      let accounts = [one, two].compactMap { $0.accounts.first { $0.key.namespace.kind == "weibo.uid" } }
      guard one.id != two.id, accounts.count == 2 else { continue }
      let time = Instant.epoch.advanced(by: .seconds(200_000))
      let join = Interaction(
        key: EventKey("test", "join"), kind: .identify,
        actor: Party(accounts.map { Identifier($0.key.namespace, $0.key.key, .verified) }), at: time, received: time)
      let count = desk.merges.count
      try desk.take(join)
      let (merges, between) = (desk.merges[count...], Picture(desk))
      // Where other limits stand in the way, a statement may part or join others instead; that is no merge of the two.
      guard let merge = merges.first, merges.count == 1, Set([merge.survivor, merge.absorbed]) == [one.id, two.id],
        before.people.allSatisfy({ $0.key == one.id || $0.key == two.id || between.people[$0.key] == $0.value })
      else { continue }
      merged += 1
      let kept = merge.survivor == one.id ? one : two
      try desk.rule(.part(merge.accounts, from: kept.accounts.map(\.account)))
      #expect(Picture(desk) == before, "seed \(seed)")
      // The same evidence again changes nothing.
      var again = join
      again.key = EventKey("test", "again")
      try desk.take(again)
      #expect(Picture(desk) == before, "seed \(seed), evidence repeated")
      #expect(desk.merges.count >= count + 1)
    }
    #expect(merged == goal)
  }
}
