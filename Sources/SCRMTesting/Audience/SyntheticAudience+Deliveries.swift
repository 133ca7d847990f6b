import DenseData
public import SCRMModel

extension SyntheticAudience {
  /// An interaction with what is particular about its delivery.
  public struct Delivery: Sendable {
    /// The interaction as the host receives it.
    public var interaction: Interaction
    /// The number of the person who acts; `nil` for the brand, and for wrong interactions that name nobody.
    public var person: Int?
    /// What is particular.
    public var nature: Nature
  }

  /// What is particular about a delivery.
  public enum Nature: String, Sendable, Hashable, CaseIterable {
    /// Nothing: a new fact, received soon after it happened.
    case ordinary
    /// New, but it happened up to six hours ago.
    case outOfOrder
    /// New, but it happened 8 to 30 days ago.
    case late
    /// Takes an earlier interaction back or replaces it.
    case revision
    /// The same fact as an earlier delivery.
    case duplicate
    /// Wrong; every loop with the default limits refuses it.
    case error
  }

  /// A sequence of deliveries in the order of receipt.
  public struct Deliveries: Sequence, Sendable {
    let settings: Settings

    /// Begins anew.
    public func makeIterator() -> Iterator { Iterator(settings) }

    /// How many there are.
    public var underestimatedCount: Int { Swift.max(settings.interactions, 0) }
  }
}

extension SyntheticAudience.Deliveries {
  /// Makes one delivery after the other.
  public struct Iterator: IteratorProtocol, Sendable {
    let settings: SyntheticAudience.Settings
    var random: SeededGenerator
    /// The number of the delivery.
    var index = 0
    /// When it is received.
    var received: Instant
    /// The product that a burst is about; `nil` when there is no burst.
    var incident: Int?
    /// The brand's answer to what was just said.
    private var reply: Interaction?
    /// The last interactions that may be repeated, taken back or answered.
    private var recent: [(interaction: Interaction, person: Int)] = []
    private var oldest = 0

    private let spanMilliseconds: Int64
    private var burstStart: Int64 = 0

    private static let remembered = 128
    private static let block = 64

    init(_ settings: SyntheticAudience.Settings) {
      self.settings = settings
      random = SeededGenerator(seed: settings.seed)
      received = settings.start
      spanMilliseconds = settings.spanMilliseconds
      recent.reserveCapacity(Self.remembered)
    }

    /// The next delivery; `nil` at the end.
    public mutating func next() -> SyntheticAudience.Delivery? {
      guard index < settings.interactions else { return nil }
      advanceTime()
      let delivery = make()
      index += 1
      return delivery
    }

    /// Time runs evenly over the days; in a burst a block of deliveries is crowded into one minute.
    private mutating func advanceTime() {
      let place = index % Self.block
      if place == 0 {
        incident = random.unit() < settings.bursts ? random.below(SyntheticProduct.items.count) : nil
        burstStart = milliseconds(of: index)
      }
      let even = milliseconds(of: index)
      let crowded = burstStart + Int64(place) * 900
      received = settings.start.advanced(by: .milliseconds(incident == nil ? even : Swift.min(even, crowded)))
    }

    private func milliseconds(of index: Int) -> Int64 {
      let (high, low) = Int64(index).multipliedFullWidth(by: spanMilliseconds)
      return Int64(Swift.max(settings.interactions, 1)).dividingFullWidth((high, low)).quotient
    }

    private mutating func make() -> SyntheticAudience.Delivery {
      if var answer = reply.take() {
        answer.occurred = received
        answer.received = received
        return .init(interaction: answer, person: nil, nature: .ordinary)
      }
      var draw = random.unit()
      if draw < settings.errors { return wrong() }
      draw -= settings.errors
      if !recent.isEmpty {
        if draw < settings.duplicates { return repeated() }
        draw -= settings.duplicates
        if draw < settings.revisions, let delivery = revision() { return delivery }
        draw -= settings.revisions
      }
      return fresh(draw)
    }

    private mutating func fresh(_ draw: Double) -> SyntheticAudience.Delivery {
      let number = actor()
      let person = SyntheticPerson(number, seed: settings.seed)
      var delay = Duration.seconds(random.below(90))
      var nature = SyntheticAudience.Nature.ordinary
      if draw >= 0, draw < settings.late {
        delay = .seconds(691_200 + random.below(1_900_800))
        nature = .late
      } else if draw >= settings.late, draw < settings.late + settings.outOfOrder {
        delay = .seconds(120 + random.below(21_480))
        nature = .outOfOrder
      }
      let interaction = interaction(of: person, at: received.advanced(by: .zero - delay))
      remember(interaction, of: number)
      return .init(interaction: interaction, person: number, nature: nature)
    }

    // A quarter of what happens is done by the most active hundredth, a quarter by the next nine.
    private mutating func actor() -> Int {
      let tier = random.below(4)
      if tier == 0 { return random.below(settings.few) }
      let (first, end) = tier == 1 ? (settings.few, settings.some) : (settings.some, settings.population)
      return first < end ? first + random.below(end - first) : random.below(settings.population)
    }

    private mutating func remember(_ interaction: Interaction, of person: Int) {
      if recent.count < Self.remembered {
        recent.append((interaction, person))
      } else {
        recent[oldest] = (interaction, person)
        oldest = (oldest + 1) % Self.remembered
      }
    }

    private mutating func repeated() -> SyntheticAudience.Delivery {
      let (interaction, person) = recent[random.below(recent.count)]
      var copy = interaction
      copy.received = received
      return .init(interaction: copy, person: person, nature: .duplicate)
    }

    private mutating func revision() -> SyntheticAudience.Delivery? {
      let (earlier, number) = recent[random.below(recent.count)]
      guard earlier.revision == nil else { return nil }
      let person = SyntheticPerson(number, seed: settings.seed)
      let changed: Interaction
      switch earlier.kind {
      case .like, .follow, .share: changed = takingBack(earlier)
      case .comment, .post, .message:
        changed = random.below(2) == 0 ? takingBack(earlier) : editing(earlier, by: person)
      case .purchase: changed = refunding(earlier)
      default: return nil
      }
      // A refund is a fact of its own, not a revision of the log.
      let nature: SyntheticAudience.Nature = changed.revision == nil ? .ordinary : .revision
      remember(changed, of: number)
      return .init(interaction: changed, person: number, nature: nature)
    }

    mutating func answer(_ interaction: Interaction, chinese: Bool) {
      reply = brandReply(to: interaction, chinese: chinese)
    }

    private mutating func wrong() -> SyntheticAudience.Delivery {
      let number = actor()
      let person = SyntheticPerson(number, seed: settings.seed)
      var interaction = interaction(of: person, at: received)
      reply = nil
      let source = interaction.key.source
      switch random.below(7) {
      case 0: interaction.key = EventKey(source, "")
      case 1: interaction.key = EventKey(source, "e\u{0}" + String(index))
      case 2: interaction.occurred = received.advanced(by: .days(400))
      case 3: interaction.actor.identifiers = []
      case 4: interaction.actor.identifiers = [Identifier(.phone, "n/a"), Identifier(.email, "none")]
      case 5: interaction.kind = InteractionKind("")
      default:
        guard let (known, person) = recent.last else {
          interaction.key = EventKey(source, "")
          break
        }
        interaction = known
        interaction.received = received
        interaction.properties["altered"] = .int(Int64(index))
        return .init(interaction: interaction, person: person, nature: .error)
      }
      return .init(
        interaction: interaction, person: interaction.actor.identifiers.isEmpty ? nil : number, nature: .error)
    }
  }
}
