import SocialCRM
import Testing

/// What must not depend on the order of delivery, in a comparable form.
struct Picture: Equatable {
  /// The identifier keys of each person, under the canonical id.
  var partition: [PersonID: [IdentifierKey]] = [:]
  var traits: [PersonID: TraitLedger] = [:]
  var consents: [PersonID: ConsentLedger] = [:]
  /// Activity with tier and memberships, and ties, as their canonical bytes.
  var activity: [StateKey: [UInt8]] = [:]
  var ties: [TieKey: [UInt8]] = [:]
  var revisions: [StateKey: [UInt8]] = [:]
  var members: [String: [PersonID]] = [:]
  var accepted: Set<EventKey> = []

  init(of store: InMemoryStore) async {
    for person in await store.people(after: nil, limit: .max) where person.mergedInto == nil {
      partition[person.id] = person.accounts.map(\.key).sorted()
      traits[person.id] = person.traits
      consents[person.id] = person.consents
    }
    for record in await store.states("activity", after: nil, limit: .max) {
      activity[record.key] = record.bytes
    }
    for record in await store.states("revision", after: nil, limit: .max) {
      revisions[record.key] = record.bytes
    }
    for tie in await store.ties(after: nil, limit: .max) { ties[tie.key] = tie.bytes }
    for segment in ["active", "buyers", "warm", "deep", "big-spenders"] {
      members[segment] = await store.members(of: segment, after: nil, limit: .max).map(\.person)
    }
    for entry in await store.log(after: .start, limit: .max) {
      if case .interaction(let interaction, _) = entry.body { accepted.insert(interaction.key) }
    }
  }

  /// Expects every part to be the same.
  func expectSame(_ other: Picture, _ comment: Comment) {
    #expect((other.partition == partition) as Bool, comment)
    #expect((other.traits == traits) as Bool, comment)
    #expect((other.consents == consents) as Bool, comment)
    #expect((other.activity == activity) as Bool, comment)
    #expect((other.ties == ties) as Bool, comment)
    #expect((other.revisions == revisions) as Bool, comment)
    #expect((other.members == members) as Bool, comment)
    #expect((other.accepted == accepted) as Bool, comment)
  }
}
