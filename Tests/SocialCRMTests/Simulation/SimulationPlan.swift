import DenseData
import SCRMTesting

/// What happens in a simulation, decided by a seed before it begins.
struct SimulationPlan {
  /// Something a host does.
  enum Step: Sendable {
    case ingest([Interaction], IngestMode)
    case advance(Instant)
    /// Computes influence on what is stored and publishes it.
    case publish(Instant)
    case erase(Identifier)
    /// The process is started anew.
    case reopen
  }

  /// The steps of each host.
  var hosts: [[Step]]
  /// How many workers there are, and how often each looks for work.
  var workers: Int
  var rounds: Int
  /// How many interactions a host commits together.
  var batchSize: Int
  /// The faults of each client's connection.
  var faults: StoreFaults
  /// Everything that is delivered, once or more often.
  var deliveries: [Interaction]
  var erased: [Identifier]

  static let end = RandomHistory.start.advanced(by: .days(120))

  init(seed: UInt64) {
    var random = SeededGenerator(seed: seed &* 0x2545_F491_4F6C_DD1D)
    batchSize = [1, 2, 3, 5, 12][random.below(5)]
    workers = 2 + random.below(2)
    rounds = 20 + random.below(40)
    faults = Self.faults(&random)
    deliveries = Self.deliveries(seed: seed, &random)
    erased = random.below(3) == 0 ? (0..<4).map { _ in Identifier(.weibo, "w\(random.below(12))") } : []
    var hosts = [[Step]](repeating: [], count: 2 + random.below(3))
    var rest = deliveries[...]
    while let first = rest.first {
      let part = Array(rest.prefix(1 + random.below(9)))
      rest = rest.dropFirst(part.count)
      let host = random.below(hosts.count)
      let mode: IngestMode = random.below(12) == 0 ? .backfill : .live
      hosts[host].append(.ingest(part, mode))
      // The source delivers to another host as well, a little later.
      if random.below(4) == 0 {
        let delay = Duration.seconds(random.below(3))
        hosts[random.below(hosts.count)].append(.ingest(part.map { Self.received($0, after: delay) }, mode))
      }
      let other = random.below(hosts.count)
      switch random.below(14) {
      case 0, 1: hosts[other].append(.advance(first.received.advanced(by: .hours(random.below(60) - 12))))
      case 2 where random.below(3) == 0: hosts[other].append(.publish(first.received))
      case 3: hosts[other].append(.reopen)
      case 4, 5, 6: hosts[other] += erased.prefix(1 + random.below(4)).map { .erase($0) }
      default: break
      }
    }
    self.hosts = hosts
  }

  private static func faults(_ random: inout SeededGenerator) -> StoreFaults {
    var faults = StoreFaults(seed: random.next())
    switch random.below(4) {
    case 0: break
    case 1: faults.everyNth = 5 + random.below(40)
    default:
      faults.lost = random.below(30)
      faults.answerLost = random.below(80)
      faults.delayed = random.below(80)
      faults.repeated = random.below(80)
      faults.conflict = random.below(60)
    }
    return faults
  }

  /// A history, shuffled and with repetitions, received by a clock that jumps.
  private static func deliveries(seed: UInt64, _ random: inout SeededGenerator) -> [Interaction] {
    var clock = RandomHistory.start.advanced(by: .days(60))
    return RandomHistory(seed: seed, count: 60 + random.below(60)).delivered(seed: seed &+ 1).map { interaction in
      switch random.below(20) {
      case 0: clock = clock.advanced(by: .hours(random.below(40)))
      case 1: clock = clock.advanced(by: .hours(-random.below(20)))
      default: clock = clock.advanced(by: .seconds(random.below(600)))
      }
      var copy = interaction
      copy.received = max(clock, interaction.occurred)
      return copy
    }
  }

  static func received(_ interaction: Interaction, after delay: Duration) -> Interaction {
    var copy = interaction
    copy.received = interaction.received.advanced(by: delay)
    return copy
  }
}
