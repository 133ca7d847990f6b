import SCRMTesting
import Testing

/// 10,000 damaged events through the parsers and the loop: each is applied, a duplicate or refused, and nothing else
/// happens.
@Suite struct MutatedInputTests {
  private static let received = hour(24 * 80)

  /// What became of an input.
  private struct Count: Equatable {
    var given = 0
    var applied = 0
    var duplicate = 0
    var refused = 0
  }

  @Test(arguments: ["lines", "messages", "rows"]) func `applied, duplicate and refused are all that was given`(
    format: String
  ) async throws {
    let seed: UInt64 = 2024
    let store = InMemoryStore()
    let crm = try await SocialCRM(store: store, configuration: historyConfiguration(batchSize: 100))
    var count = Count()
    var applied: [Interaction] = []
    for round in 0..<7 {
      let items = Self.items(format, count: 480, seed: seed &+ UInt64(round))
      count.given += items.count
      let results = try Self.parse(items, format)
      // The law of the parsers: one result for each item that is not blank, in order, each on its line.
      #expect(results.count == items.count, "\(format), seed \(seed), round \(round)")
      #expect(zip(results, results.dropFirst()).allSatisfy { $0.line < $1.line })
      count.refused += results.count { $0.error != nil }
      let interactions = results.compactMap(\.interaction)
      let outcomes = try await crm.ingest(interactions)
      #expect(outcomes.count == interactions.count)
      for (interaction, outcome) in zip(interactions, outcomes) {
        #expect(outcome.key == interaction.key)
        if outcome.isAccepted {
          count.applied += 1
          applied.append(interaction)
        } else if outcome.isDuplicate {
          count.duplicate += 1
        } else {
          count.refused += 1
          #expect(outcome.refusal != nil)
        }
      }
    }
    print("mutated \(format): \(count)")
    #expect(count.applied + count.duplicate + count.refused == count.given)
    #expect(count.given >= 3_340 && count.applied > 900 && count.duplicate > 100 && count.refused > 500)
    // The store holds exactly the applied ones, in order; deciding these alone gives the same bytes.
    let keys = await store.interactionKeys
    #expect(keys == applied.map(\.key))
    let clean = InMemoryStore()
    let other = try await SocialCRM(store: clean, configuration: historyConfiguration(batchSize: 33))
    #expect(try await other.ingest(applied).allSatisfy { $0.isAccepted })
    #expect(await store.snapshot(includesDelivery: false) == clean.snapshot(includesDelivery: false))
  }

  /// Inputs of a format, two thirds of them damaged, some given twice.
  private static func items(_ format: String, count: Int, seed: UInt64) -> [[UInt8]] {
    var mutator = Mutator(seed: seed)
    var items: [[UInt8]] = []
    for interaction in RandomHistory(seed: seed, count: count).interactions {
      var interaction = interaction
      interaction.received = received
      interaction.key = EventKey(interaction.key.source, "\(seed)-\(interaction.key.id)")
      interaction.revision = interaction.revision.map { revision in
        if case .retracts = revision {
          .retracts("\(seed)-\(revision.id)")
        } else {
          .replaces("\(seed)-\(revision.id)")
        }
      }
      let item = document(format, interaction)
      switch mutator.below(6) {
      case 0, 1: items.append(item)
      case 2 where format != "rows":
        if let json = try? JSON(bytes: item) { items.append(mutator.structure(json).bytes) }
      default: items.append(mutator.bytes(item))
      }
      if mutator.below(8) == 0, let last = items.last { items.append(last) }
    }
    return items.filter { item in !item.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D } }
  }

  private static func document(_ format: String, _ interaction: Interaction) -> [UInt8] {
    switch format {
    case "lines": return interaction.jsonBytes
    case "messages": return SegmentSpec.message(from: interaction).bytes
    default:
      let fields = [
        interaction.key.id, interaction.kind.rawValue, interaction.actor.identifiers[0].value,
        interaction.occurred.description, interaction.text?.text ?? "", interaction.amount == nil ? "" : "12.50",
      ]
      return Array(fields.map { $0.contains(",") ? "\"\($0)\"" : $0 }.joined(separator: ",").utf8)
    }
  }

  private static func parse(_ items: [[UInt8]], _ format: String) throws -> [ParsedInteraction] {
    let input = Array(items.joined(separator: [0x0A]))
    switch format {
    case "lines":
      var parser = InteractionLineParser()
      return parser.parse(input)
    case "messages":
      var parser = SegmentParser(defaults: SegmentDefaults(source: "segment", received: received))
      return parser.parse(input)
    default:
      let mapping = CSVMapping(
        source: "rows", header: ["id", "kind", "who", "at", "text", "amount"], id: "id", kind: .column("kind"),
        actor: .init([.init(column: "who", namespace: .handle("rows"))]), text: .init(column: "text"),
        time: .init(column: "at", format: .rfc3339), amount: .init(column: "amount", currency: .constant("CNY")))
      // Every row is a table of its own, since a quotation mark that is not closed takes in the rows that follow.
      var results: [ParsedInteraction] = []
      for (index, item) in items.enumerated() {
        var parser = try CSVInteractionParser(mapping: mapping, received: received)
        results += parser.parse(item).map { ParsedInteraction(line: index + $0.line, result: $0.result) }
      }
      return results
    }
  }
}
