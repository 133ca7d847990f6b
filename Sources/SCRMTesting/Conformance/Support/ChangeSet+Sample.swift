import SocialCRM

extension ChangeSet {
  /// A change set on top of `base` with one plain interaction for each event id.
  init(_ key: String, on base: LogPosition = .start, events: [String] = []) {
    self.init(key: key, base: base)
    for id in events { add(Sample.interaction(Sample.event(id))) }
  }

  /// Appends an interaction to the log part.
  mutating func add(
    _ interaction: Interaction, _ mode: IngestMode = .live, actor: AccountID? = nil, addressee: AccountID? = nil
  ) {
    entries.append(Sample.entry(head.next, interaction, mode, actor: actor, addressee: addressee))
  }

  /// Appends another kind of entry.
  mutating func add(_ body: LogEntry.Body, actor: AccountID? = nil, addressee: AccountID? = nil) {
    entries.append(LogEntry(position: head.next, body: body, actor: actor, addressee: addressee))
  }

  /// Adds new records.
  mutating func create(
    identities: [IdentityRecord] = [], people: [PersonRecord] = [], ties: [TieRecord] = [], states: [StateRecord] = []
  ) {
    self.identities += identities.map { Change($0, replaces: nil) }
    self.people += people.map { Change($0, replaces: nil) }
    self.ties += ties.map { Change($0, replaces: nil) }
    self.states += states.map { Change($0, replaces: nil) }
  }

  /// Lets people enter segments.
  mutating func enter(_ memberships: [Membership]) {
    self.memberships += memberships.map { MembershipChange($0, isEntry: true) }
  }

  /// Every kind of row on an empty store, all of it derived from `first`: `count` rows of each kind.
  static func full(_ key: String = "full", count: Int = 3, first: UInt64 = 1, on base: LogPosition = .start) -> Self {
    var changes = ChangeSet(key: key, base: base)
    let numbers = (0..<UInt64(max(count, 1))).map { first + $0 }
    for number in numbers {
      changes.add(
        Sample.fullInteraction(Sample.event(number), "text \(number)"), actor: Sample.account(number),
        addressee: Sample.account(number + 1))
    }
    changes.add(.clock(Sample.now))
    changes.add(.configuration("configuration"))
    changes.add(
      .snapshot(
        PublishedSnapshot(
          name: "influence", asOf: Sample.now,
          scores: numbers.map { .init(person: Sample.person($0), value: Double($0) / 8) })))
    let version = base.rawValue + 1
    changes.create(
      identities: numbers.map { Sample.identity("k\($0)", $0, version: version) },
      people: numbers.map { Sample.fullPerson($0, "p\($0)", by: Sample.event($0), version: version) },
      ties: numbers.map { Sample.tie($0, $0 + 1, version: version) },
      states: numbers.flatMap { number in
        [
          Sample.state(.person(Sample.person(number)), version: version, due: Sample.time(Int64(number))),
          Sample.state(.event(Sample.event(number)), version: version),
          Sample.state(.name("n\(number)"), "kit.b", version: version),
        ]
      })
    changes.merges = numbers.map {
      Sample.merge($0, $0 + 1_000_000, cause: Sample.event($0), at: version + $0 - first)
    }
    changes.enter(
      numbers.flatMap {
        [Sample.membership("vip", $0, version: version), Sample.membership("fan", $0, version: version)]
      })
    changes.actions = numbers.map { Sample.action($0, for: $0, suppressed: $0 % 3 == 2) }
    changes.cancellations = [
      Cancellation(action: Sample.actionID(999_999), reason: "unknown", position: LogPosition(version))
    ]
    return changes
  }
}
