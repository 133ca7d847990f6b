import SQLiteStore
import SocialCRM
import Testing

/// No byte of an erased party is left in the files, however often rows were moved between pages before.
@Suite struct ErasureTests {
  private static func id(_ number: Int) -> AccountID {
    AccountID(high: UInt64(number) &* 0x9E37_79B9_7F4A_7C15, low: UInt64(number))
  }

  private static func marker(_ number: Int) -> String { "MARKER\(number)Z" }

  /// A commit of one interaction, identity, person, tie, state, membership and action for each of some people.
  private static func changes(_ people: Range<Int>, base: LogPosition) -> ChangeSet {
    var changes = ChangeSet(key: "\(people.lowerBound)", base: base)
    for number in people {
      let (account, marker) = (id(number), marker(number))
      let key = EventKey("s", marker + "-event")
      var interaction = Interaction(
        key: key, kind: .comment, actor: Party(.email, marker), at: .epoch, received: .epoch)
      interaction.text = LocalizedText(String(repeating: marker, count: number % 37 * 5 + 1))
      changes.entries.append(
        LogEntry(
          position: changes.head.next, body: .interaction(interaction, .live), actor: account,
          addressee: id(number + 1)))
      changes.identities.append(
        Change(
          IdentityRecord(
            key: IdentifierKey(.email, key: marker), account: account, person: account.person,
            version: changes.head), replaces: nil))
      var person = PersonRecord(id: account.person, version: changes.head)
      person.accounts = [
        AccountLink(
          account: account, key: IdentifierKey(.email, key: marker), rawValue: marker, normaliserVersion: 1,
          assertion: .claimed, firstSeen: .epoch, firstEvent: key)
      ]
      changes.people.append(Change(person, replaces: nil))
      let bytes = Array(String(repeating: marker, count: number % 53 * 4).utf8)
      changes.ties.append(
        Change(
          TieRecord(
            key: TieKey(from: account, to: id(number + 1)), version: changes.head, schema: 1,
            bytes: Array(marker.utf8)), replaces: nil))
      changes.states.append(
        Change(
          StateRecord(kind: "k", key: .person(account.person), version: changes.head, schema: 1, bytes: bytes),
          replaces: nil))
    }
    return changes
  }

  @Test func `no byte is left in the file or its journal`() async throws {
    let scratch = try Scratch()
    let store = try await SQLiteStore(path: scratch.path())
    for start in stride(from: 0, to: 2_000, by: 100) {
      _ = try await store.commit(Self.changes(start..<(start + 100), base: try await store.head()))
    }
    _ = try await store.compact(before: .epoch)
    let erased = (0..<2_000).filter { $0 % 7 == 3 }
    let before = try scratch.bytes()
    #expect(erased.allSatisfy { holds(before, Self.marker($0)) })
    let receipt = try await store.erase(
      ErasureRequest(people: erased.map { Self.id($0).person }, accounts: erased.map(Self.id), keys: []))
    #expect(receipt.interactions == erased.count && receipt.people == erased.count)
    let after = try scratch.bytes()
    let left = erased.filter { holds(after, Self.marker($0)) }
    #expect(left.isEmpty, "\(left.count) of \(erased.count), such as \(left.prefix(3))")
    #expect((0..<2_000).allSatisfy { $0 % 7 == 3 || holds(after, Self.marker($0)) })
    #expect(try await store.database.integrityErrors() == [])
  }
}
