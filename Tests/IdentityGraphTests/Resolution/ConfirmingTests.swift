import DenseData
import Foundation
import IdentityGraph
import SCRMModel
import Testing

/// A statement that only confirms what is known takes a short way through the stage: what it stores must be, byte for byte,
/// what the long way stores.
@Suite struct ConfirmingTests {
  private static let seeds: ClosedRange<UInt64> =
    ProcessInfo.processInfo.environment["SCRM_SOAK"] == "1" ? 1...400 : 1...6

  private let stage: EvidenceResolver = {
    var settings = EvidenceResolver.Settings()
    settings.policy.maximumIdentifiers = 8
    settings.policy.namespaces["device"]?.maximumNeighbours = 2
    return EvidenceResolver(settings)
  }()

  @Test(arguments: seeds) func `the short way stores what the long way stores`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let history = Self.history(of: 220, &random)
    // In one batch on an empty store nothing is stored yet that could be confirmed: everything goes the long way.
    var whole = RecordShelf()
    let account = try whole.take(history, by: stage)
    #expect(!account.confirms && account.lays)
    var single = RecordShelf()
    var confirming = 0
    for (interaction, expected) in zip(history, account.resolutions) {
      let one = try single.take([interaction], by: stage)
      #expect((one.resolutions == [expected]) as Bool, "seed \(seed), \(interaction.key)")
      if one.confirms, !one.lays { confirming += 1 }
    }
    // The short way was taken, and often.
    #expect(confirming > history.count / 5)
    #expect((single == whole) as Bool, "seed \(seed), one by one")
    // And mixed: batches in which some confirm what others are about to change.
    var mixed = RecordShelf()
    var (rest, both) = (history[...], 0)
    while !rest.isEmpty {
      let batch = rest.prefix(1 + random.below(30))
      rest = rest.dropFirst(batch.count)
      let one = try mixed.take(Array(batch), by: stage)
      if one.confirms, one.lays { both += 1 }
    }
    #expect(both > 0)
    #expect((mixed == whole) as Bool, "seed \(seed), in batches")
  }

  @Test func `of a confirmation the identifiers it names are read, and of a kiosk's crowd nobody else`() throws {
    var shelf = RecordShelf()
    let kiosk = Identifier(.device, "kiosk")
    for visitor in 0..<40 {
      try shelf.take([seen("v\(visitor)", .init(.weibo, "w\(visitor)", .verified), kiosk, at: 10)], by: stage)
    }
    let account = try shelf.take([seen("again", .init(.weibo, "w3", .verified), kiosk, at: 20)], by: stage)
    // Both identifiers, and whether there are tombstones.
    #expect(account.confirms && !account.lays && account.read == 3)
  }

  /// Interactions of a few people with several identifiers and a crowd at a kiosk; half of them say what was said before.
  private static func history(of count: Int, _ random: inout SeededGenerator) -> [Interaction] {
    var history: [Interaction] = []
    for index in 0..<count {
      // Nearly in order, so that some turn out to be earlier than what is known.
      let time = Instant.epoch.advanced(by: .seconds(100 * index + random.below(400)))
      if random.below(2) == 0, var again = history.randomElement(using: &random) {
        again.key = EventKey("test", "e\(index)")
        (again.occurred, again.received) = (time, time)
        history.append(again)
        continue
      }
      // The first few come often, so that evidence is folded; the others once or twice.
      let person = random.below(2) == 0 ? random.below(3) : random.below(40)
      var interaction = Interaction(
        key: EventKey("test", "e\(index)"), kind: .comment, actor: party(person, &random), at: time, received: time,
        trust: random.below(6) == 0 ? [0.5, 0.9, 0.97][random.below(3)] : 1)
      if random.below(3) == 0 {
        interaction.traits = ["name": .string(["李娜", "王伟", "John Smith"][person % 3])]
      }
      if random.below(4) == 0 { interaction.target = party(random.below(5), &random) }
      history.append(interaction)
    }
    return history
  }

  private static func party(_ person: Int, _ random: inout SeededGenerator) -> Party {
    let assertions: [Identifier.Assertion] = [.inferred, .claimed, .verified]
    var identifiers = [Identifier(.weibo, "w\(person)", random.below(8) == 0 ? .claimed : .verified)]
    switch random.below(6) {
    case 0: identifiers.append(Identifier(.email, "p\(person)@example.com", assertions[random.below(3)]))
    case 1: identifiers.append(Identifier(.phone, "+86 138 0013 80\(10 + person / 2)", assertions[random.below(3)]))
    case 2, 3: identifiers.append(Identifier(.device, "kiosk"))
    case 4: identifiers.append(Identifier(.email, "p\(random.below(5))@example.com"))
    default: break
    }
    return Party(identifiers)
  }
}
