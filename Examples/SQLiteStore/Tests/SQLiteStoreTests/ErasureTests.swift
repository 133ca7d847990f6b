import SQLiteStore
import SocialCRM
import Testing

/// No byte of an erased party is left in the files, however often rows were moved between pages before.
@Suite struct ErasureTests {
  private static func id(_ number: Int) -> AccountID {
    AccountID(high: UInt64(number) &* 0x9E37_79B9_7F4A_7C15, low: UInt64(number))
  }

  private static func marker(_ number: Int) -> String { "MARKER\(number)Z" }

  /// The numbers of the markers that stand anywhere in `bytes`.
  private static func marked(_ bytes: [UInt8]) -> Set<Int> {
    let word = Array("MARKER".utf8)
    var found = Set<Int>()
    var index = 0
    while let start = bytes[index...].firstIndex(of: word[0]) {
      index = start + 1
      guard bytes[start...].starts(with: word) else { continue }
      let digits = bytes[(start + word.count)...].prefix { (0x30...0x39).contains($0) }
      if let number = Int(String(decoding: digits, as: UTF8.self)) { found.insert(number) }
    }
    return found
  }

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
    for start in stride(from: 0, to: 1_200, by: 100) {
      _ = try await store.commit(Self.changes(start..<(start + 100), base: try await store.head()))
    }
    _ = try await store.compact(before: .epoch)
    let erased = (0..<1_200).filter { $0 % 7 == 3 }
    #expect(Self.marked(try scratch.bytes()).isSuperset(of: 0..<1_200))
    let receipt = try await store.erase(
      ErasureRequest(people: erased.map { Self.id($0).person }, accounts: erased.map(Self.id), keys: []))
    #expect(receipt.interactions == erased.count && receipt.people == erased.count)
    let left = Self.marked(try scratch.bytes())
    #expect(left.isDisjoint(with: erased), "\(left.intersection(erased).count) of \(erased.count)")
    #expect(left.isSuperset(of: Set(0..<1_200).subtracting(erased)))
    #expect(try await store.database.integrityErrors() == [])
  }
}
