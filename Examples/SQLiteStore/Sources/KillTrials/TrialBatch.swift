import SocialCRM

/// One of the batches that a writer commits one after the other: known from its number alone, so that whoever looks at the
/// store can tell whether it is there, whole, and once.
struct TrialBatch: Sendable {
  /// From 1.
  let number: Int

  /// How many people the batch brings; each has a row in every table.
  static func size(_ number: Int) -> Int { 1 + number * 7 % 23 }

  /// The end of the log after the batches up to a number.
  static func head(after number: Int) -> LogPosition {
    LogPosition(UInt64((0..<max(number, 0)).reduce(0) { $0 + size($1 + 1) }))
  }

  /// The state that counts the batches.
  static let counter = StateKey.name("batches")

  /// The batch as it is committed on top of the ones before it.
  func changes(on base: LogPosition) -> ChangeSet {
    var changes = ChangeSet(key: "batch-\(number)", base: base)
    for place in 0..<Self.size(number) { add(place, to: &changes) }
    changes.states.append(
      Change(
        StateRecord(kind: "trial", key: Self.counter, version: changes.head, schema: 1, bytes: counted),
        replaces: number == 1 ? nil : base))
    return changes
  }

  /// The bytes of the counter after this batch.
  var counted: [UInt8] { Array("\(number)".utf8) }

  private func add(_ place: Int, to changes: inout ChangeSet) {
    let name = "\(number)-\(place)"
    let id = UInt64(number) &* 1_000 &+ UInt64(place)
    let account = AccountID(high: id &* 0x9E37_79B9_7F4A_7C15, low: id)
    let (person, event) = (account.person, EventKey("trial", name))
    let key = IdentifierKey(.user("trial"), key: name)
    var interaction = Interaction(
      key: event, kind: .comment, actor: Party(.user("trial"), name), at: .epoch, received: .epoch)
    interaction.text = LocalizedText(String(repeating: "text \(name) ", count: 1 + place * 3))
    changes.entries.append(
      LogEntry(position: changes.head.next, body: .interaction(interaction, .live), actor: account))
    let version = changes.head
    changes.identities.append(
      Change(IdentityRecord(key: key, account: account, person: person, version: version), replaces: nil))
    var record = PersonRecord(id: person, version: version)
    record.accounts = [
      AccountLink(
        account: account, key: key, rawValue: name, normaliserVersion: 1, assertion: .claimed, firstSeen: .epoch,
        firstEvent: event)
    ]
    changes.people.append(Change(record, replaces: nil))
    changes.ties.append(
      Change(
        TieRecord(key: TieKey(from: account, to: account), version: version, schema: 1, bytes: Array(name.utf8)),
        replaces: nil))
    changes.states.append(
      Change(
        StateRecord(
          kind: "trial", key: .person(person), version: version, schema: 1,
          bytes: [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 40 * place)), replaces: nil))
    changes.memberships.append(
      MembershipChange(
        Membership(segment: "trial", person: person, since: .epoch, version: version), isEntry: true))
    changes.actions.append(
      ProposedAction(
        id: ActionID(high: account.high, low: account.low), rule: "trial", ruleVersion: 1, person: person,
        kind: "reply", purpose: .service, trigger: event, decided: .epoch, position: version, disposition: .proposed,
        explanation: Explanation("a trial")))
  }
}
