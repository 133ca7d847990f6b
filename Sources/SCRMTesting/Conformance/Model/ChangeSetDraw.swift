import DenseData
import SocialCRM

/// Draws change sets that fit what a reference store holds, from a small world in which keys meet again.
struct ChangeSetDraw {
  var random: SeededGenerator
  let reference: InMemoryStore
  /// The number of the step; versions grow with it.
  let step: UInt64

  /// The kinds of state in the world.
  static let kinds: [StateKind] = ["kit.a", "kit.A"]
  private static let texts = [
    "a", "A", "b", "caf\u{E9}", "cafe\u{301}", "\u{1F600}", "", "a ", "\u{4E2D}", "aa", "z", "\u{FF21}",
  ]
  private static let segments = ["vip", "VIP", "caf\u{E9}", "cafe\u{301}"]

  init(seed: UInt64, reference: InMemoryStore, step: Int) {
    random = SeededGenerator(seed: seed)
    self.reference = reference
    self.step = UInt64(step)
  }

  mutating func pick<T>(_ choices: [T]) -> T { choices[random.below(choices.count)] }
  mutating func number() -> UInt64 { UInt64(1 + random.below(6)) }
  private mutating func time() -> Instant {
    Sample.time(Int64(random.below(40))).advanced(by: .nanoseconds(random.below(3)))
  }

  mutating func eventKey() -> EventKey {
    let text = pick(Self.texts)
    return EventKey(pick(["kit", "KIT"]), text + String(random.below(4)))
  }

  mutating func identifierKey() -> IdentifierKey {
    IdentifierKey(pick([.email, .handle("x"), .handle("")]), key: pick(Self.texts))
  }

  mutating func stateKey() -> StateKey {
    switch random.below(3) {
    case 0: .person(Sample.person(number()))
    case 1: .event(eventKey())
    default: .name(pick(Self.texts) + pick(["", "\u{0}"]))
    }
  }

  /// A change set of about `rows` rows that a store with the content of the reference accepts.
  mutating func changes(_ key: String, rows: Int) async throws -> ChangeSet {
    var changes = ChangeSet(key: key, base: await reference.head())
    for _ in 0..<max(rows, 1) {
      switch random.below(10) {
      case 0, 1, 2: await addEntry(to: &changes)
      case 3: await addIdentity(to: &changes)
      case 4: await addPerson(to: &changes)
      case 5: await addTie(to: &changes)
      case 6, 7: await addState(to: &changes)
      case 8: addMembership(to: &changes)
      default: await addAction(to: &changes)
      }
    }
    if changes.head > changes.base, random.below(4) == 0 {
      changes.merges = (0..<(1 + random.below(3))).map {
        Sample.merge(number(), 10 + UInt64($0), cause: eventKey(), at: changes.head.rawValue)
      }
    }
    return changes
  }

  private var version: UInt64 { 1_000 + step }

  private mutating func addEntry(to changes: inout ChangeSet) async {
    switch random.below(8) {
    case 0: changes.add(.clock(time()))
    case 1: changes.add(.configuration("configuration \(random.below(9))"))
    case 2:
      let scores = (0..<3).map { _ in PublishedSnapshot.Score(person: Sample.person(number()), value: random.unit()) }
      changes.add(.snapshot(PublishedSnapshot(name: "influence", asOf: time(), scores: scores)))
    default:
      let key = eventKey()
      let isNew = await reference.entries(for: [key]) == [nil]
      guard isNew, !KnownKeys(changes).events.contains(key) else { return }
      let received = time()
      var interaction =
        random.below(3) == 0
        ? Sample.fullInteraction(key, pick(Self.texts), received: received)
        : Sample.interaction(key, from: pick(Self.texts), received: received)
      if random.below(2) == 0 { interaction.context.inReplyTo = eventKey() }
      if random.below(3) == 0 { interaction.target = Party(.email, pick(Self.texts)) }
      let actor = random.below(5) == 0 ? nil : Sample.account(number())
      let addressee = random.below(2) == 0 ? nil : Sample.account(number())
      changes.add(interaction, random.below(4) == 0 ? .backfill : .live, actor: actor, addressee: addressee)
    }
  }

  private mutating func addIdentity(to changes: inout ChangeSet) async {
    let record = Sample.identity(identifierKey(), number(), version: version)
    if changes.identities.contains(where: { $0.record.key == record.key }) { return }
    let found = await reference.identities(for: [record.key]).first ?? nil
    changes.identities.append(Change(record, replaces: found?.version, isRemoval: removes(found != nil)))
  }

  private mutating func addPerson(to changes: inout ChangeSet) async {
    let owner = number()
    var record = Sample.fullPerson(owner, pick(Self.texts), by: eventKey(), version: version)
    if random.below(4) == 0 { record.mergedInto = Sample.person(number()) }
    if changes.people.contains(where: { $0.record.id == record.id }) { return }
    let found = await reference.people([record.id]).first ?? nil
    changes.people.append(Change(record, replaces: found?.version, isRemoval: removes(found != nil)))
  }

  private mutating func addTie(to changes: inout ChangeSet) async {
    let record = Sample.tie(number(), number(), version: version, bytes: [UInt8(random.below(256))])
    if changes.ties.contains(where: { $0.record.key == record.key }) { return }
    let found = await reference.ties([record.key]).first ?? nil
    changes.ties.append(Change(record, replaces: found?.version, isRemoval: removes(found != nil)))
  }

  private mutating func addState(to changes: inout ChangeSet) async {
    let due = random.below(2) == 0 ? nil : time()
    let record = Sample.state(
      stateKey(), pick(Self.kinds), version: version, due: due, bytes: Array(pick(Self.texts).utf8))
    if changes.states.contains(where: { $0.record.kind == record.kind && $0.record.key == record.key }) { return }
    let found = await reference.states(record.kind, [record.key]).first ?? nil
    changes.states.append(Change(record, replaces: found?.version, isRemoval: removes(found != nil)))
  }

  private mutating func removes(_ isThere: Bool) -> Bool { isThere && random.below(4) == 0 }

  private mutating func addMembership(to changes: inout ChangeSet) {
    var membership = Sample.membership(pick(Self.segments), number(), version: version)
    membership.since = time()
    changes.memberships.append(MembershipChange(membership, isEntry: random.below(4) > 0))
  }

  private mutating func addAction(to changes: inout ChangeSet) async {
    let number = UInt64(1 + random.below(40))
    if random.below(4) == 0 {
      changes.cancellations.append(
        Cancellation(action: Sample.actionID(number), reason: pick(Self.texts), position: changes.head))
      return
    }
    let expires = random.below(3) == 0 ? Sample.time(Int64(random.below(200))) : nil
    let action = Sample.action(
      number, for: self.number(), expires: expires, suppressed: random.below(5) == 0, text: pick(Self.texts),
      trigger: eventKey())
    let isNew = await reference.actions([action.id]) == [nil]
    guard isNew, !changes.actions.contains(where: { $0.id == action.id }) else { return }
    changes.actions.append(action)
  }
}
