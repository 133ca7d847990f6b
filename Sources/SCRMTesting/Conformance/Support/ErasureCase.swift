import SocialCRM

/// A history in which somebody asks to be forgotten.
///
/// Person 1, with the accounts 1 and 2 and the redirect 2, is the one; person 3 had to do with them. The marker stands
/// wherever something personal of theirs may stand.
enum ErasureCase {
  static let marker = "MARKER7f3a9c41"
  /// Their first interaction, which many records name.
  static let own = Sample.event(marker + "-event")
  static let second = Sample.event(marker)
  static let answer = Sample.event("answer")
  static let erasedID = EventKey(own.source, Tombstone.erasedID(own))
  static let keys = [IdentifierKey(.email, key: marker), IdentifierKey(.email, key: marker + "2")]

  static let request = ErasureRequest(
    people: [Sample.person(1), Sample.person(2)], accounts: [Sample.account(1), Sample.account(2)], keys: keys)

  /// What the receipt must say.
  static let receipt: ErasureReceipt = {
    var receipt = ErasureReceipt()
    receipt.interactions = 2
    receipt.redactedInteractions = 1
    receipt.identities = 2
    receipt.people = 2
    receipt.merges = 1
    receipt.ties = 2
    receipt.states = 3
    receipt.memberships = 1
    receipt.actions = 2
    receipt.scores = 1
    return receipt
  }()

  static let changes: ChangeSet = {
    var changes = ChangeSet("history")
    changes.add(Sample.fullInteraction(own, marker), actor: Sample.account(1), addressee: Sample.account(3))
    changes.add(Sample.interaction(second, from: marker), actor: Sample.account(2))
    var reply = Sample.fullInteraction(answer, "public")
    reply.target = Party(.email, marker, displayName: marker)
    reply.raw = RawPayload(mediaType: "text/plain", bytes: Array(marker.utf8))
    reply.context.inReplyTo = own
    reply.revision = .replaces(own.id)
    changes.add(reply, actor: Sample.account(3), addressee: Sample.account(1))
    changes.add(Sample.fullInteraction(Sample.event("unrelated"), "public"), actor: Sample.account(3))
    changes.add(
      .snapshot(
        PublishedSnapshot(
          name: "influence", asOf: Sample.now,
          scores: [.init(person: Sample.person(1), value: 77.5), .init(person: Sample.person(3), value: 3)])))
    var redirect = Sample.personRecord(2)
    redirect.mergedInto = Sample.person(1)
    let bytes = Array(marker.utf8)
    changes.create(
      identities: [Sample.identity(marker, 1), Sample.identity(marker + "2", 2), Sample.identity("public", 3)],
      people: [Sample.fullPerson(1, marker, by: own), redirect, Sample.fullPerson(3, "public", by: own)],
      ties: [Sample.tie(1, 3, bytes: bytes), Sample.tie(3, 2, bytes: bytes), Sample.tie(3, 4)],
      states: [
        Sample.state(.person(Sample.person(1)), due: Sample.now, bytes: bytes), Sample.state(.event(own), bytes: bytes),
        Sample.state(.person(Sample.person(2)), "kit.b", bytes: bytes), Sample.state(.person(Sample.person(3))),
        Sample.state(.event(Sample.event("unrelated"))), Sample.state(.name("loop")),
      ])
    changes.merges = [Sample.merge(1, 2, cause: own, at: 1), Sample.merge(3, 4, cause: own, at: 1)]
    changes.enter([1, 3].map { Sample.membership("vip", $0) })
    changes.actions = [
      Sample.action(1, for: 1, text: marker, trigger: own), Sample.action(2, for: 3, trigger: own),
      Sample.action(3, for: 2, text: marker, trigger: second),
    ]
    return changes
  }()

  /// The keys under which everything is found, also what the erasure leaves.
  static let known: KnownKeys = {
    var known = KnownKeys(changes)
    known.events.formUnion([erasedID, EventKey(second.source, Tombstone.erasedID(second))])
    return known
  }()

  /// A store and its reference with the history.
  static func stores(_ run: LawRun) async throws -> (any SCRMStore, InMemoryStore) {
    let reference = InMemoryStore(workspace: "kit")
    _ = try await reference.commit(changes)
    return (try await run.fresh(holding: changes), reference)
  }

  /// A store from which they were erased.
  static func erased(_ run: LawRun) async throws -> any SCRMStore {
    let store = try await run.fresh(holding: changes)
    _ = try await store.erase(request)
    return store
  }

  /// The forms in which the marker is found among stored bytes: in clear, as UTF-16, hexadecimal, or as base64 at each
  /// of the three offsets.
  static func traces(in bytes: [UInt8]) -> [String] {
    let marker = Array(marker.utf8)
    var forms: [(String, [UInt8])] = [("in clear", marker), ("as UTF-16", marker.flatMap { [$0, 0] })]
    let digits = marker.map { String($0, radix: 16) }.joined()
    forms += [("in hexadecimal", Array(digits.utf8)), ("in hexadecimal", Array(digits.uppercased().utf8))]
    for offset in 0..<3 {
      let coded = Array(Base64.encode(Array(repeating: 0, count: offset) + marker).utf8)
      forms.append(("as base64", Array(coded[(offset == 0 ? 0 : offset + 1)..<(coded.count - 4)])))
    }
    return forms.filter { bytes.holds($0.1) }.map(\.0)
  }
}

extension [UInt8] {
  /// Whether `part` stands somewhere in the bytes.
  ///
  /// O(n) as `part` has a rare first byte.
  func holds(_ part: [UInt8]) -> Bool {
    guard let first = part.first, count >= part.count else { return false }
    var start = 0
    while let index = self[start...].firstIndex(of: first), index + part.count <= count {
      if self[index..<(index + part.count)].elementsEqual(part) { return true }
      start = index + 1
    }
    return false
  }
}
