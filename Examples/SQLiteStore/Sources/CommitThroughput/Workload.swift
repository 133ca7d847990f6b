import SocialCRM

/// Batches as the loop makes them: interactions of known and new people, with what follows from them.
///
/// Of ten interactions one is of a new person; each changes the state of its person and a tie.
struct Workload {
  private let interactions: Int
  private var head = LogPosition.start
  private var people: [(state: LogPosition, tie: LogPosition)] = []
  private var number: UInt64 = 0

  /// - Parameter rowsPerBatch: about how many rows a batch writes.
  init(rowsPerBatch: Int) { interactions = max(rowsPerBatch * 10 / 33, 1) }

  mutating func next() -> ChangeSet {
    var changes = ChangeSet(key: "batch-\(head)", base: head)
    var touched = Set<Int>()
    for _ in 0..<interactions {
      number += 1
      let isNew = people.isEmpty || number.isMultiple(of: 10)
      let index = isNew ? people.count : Int((number &* 0x9E37_79B9_7F4A_7C15) % UInt64(people.count))
      let account = Self.account(index)
      let event = EventKey("web", "message-\(number)")
      var interaction = Interaction(
        key: event, kind: .comment, actor: Party(.email, "person\(index)@example.org"), at: .epoch, received: .epoch)
      interaction.text = LocalizedText("Where is my parcel? It should have been here on Monday. Number \(number)")
      interaction.context.channel = "web"
      changes.entries.append(
        LogEntry(
          position: changes.head.next, body: .interaction(interaction, .live), actor: account,
          addressee: Self.account(0)))
      if isNew { add(index, event, to: &changes) }
      if touched.insert(index).inserted { touch(index, &changes) }
    }
    head = changes.head
    return changes
  }

  private mutating func add(_ index: Int, _ event: EventKey, to changes: inout ChangeSet) {
    let account = Self.account(index)
    let key = IdentifierKey(.email, key: "person\(index)@example.org")
    people.append((.start, .start))
    changes.identities.append(
      Change(
        IdentityRecord(key: key, account: account, person: account.person, version: changes.head), replaces: nil))
    var record = PersonRecord(id: account.person, version: changes.head)
    record.accounts = [
      AccountLink(
        account: account, key: key, rawValue: key.key, normaliserVersion: 1, assertion: .claimed, firstSeen: .epoch,
        firstEvent: event)
    ]
    changes.people.append(Change(record, replaces: nil))
    changes.memberships.append(
      MembershipChange(
        Membership(segment: "new", person: account.person, since: .epoch, version: changes.head), isEntry: true))
  }

  private mutating func touch(_ index: Int, _ changes: inout ChangeSet) {
    let account = Self.account(index)
    let known = people[index]
    let state = StateRecord(
      kind: "segmentation.activity", key: .person(account.person), version: changes.head, schema: 1,
      due: .epoch, bytes: [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 180))
    let tie = TieRecord(
      key: TieKey(from: account, to: Self.account(0)), version: changes.head, schema: 1,
      bytes: [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 40))
    changes.states.append(Change(state, replaces: known.state == .start ? nil : known.state))
    changes.ties.append(Change(tie, replaces: known.tie == .start ? nil : known.tie))
    people[index] = (changes.head, changes.head)
  }

  private static func account(_ index: Int) -> AccountID {
    AccountID(high: UInt64(index) &* 0x9E37_79B9_7F4A_7C15, low: UInt64(index))
  }
}
