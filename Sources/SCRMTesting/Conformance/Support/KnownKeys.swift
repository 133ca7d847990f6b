import SocialCRM

/// The keys by which a store is read, collected from what was written to it.
struct KnownKeys: Sendable {
  /// A text that compares by bytes.
  struct Name: TextIdentifier {
    let rawValue: String
    init(_ rawValue: String) { self.rawValue = rawValue }
  }

  var events: Set<EventKey> = []
  var identities: Set<IdentifierKey> = []
  var people: Set<PersonID> = []
  var ties: Set<TieKey> = []
  var states: [StateKind: Set<StateKey>] = [:]
  var segments: Set<Name> = []
  var actions: Set<ActionID> = []

  init(_ changes: ChangeSet...) { for part in changes { add(part) } }

  mutating func add(_ changes: ChangeSet) {
    for entry in changes.entries {
      switch entry.body {
      case .interaction(let interaction, _): events.insert(interaction.key)
      case .tombstone(let tombstone): events.insert(tombstone.key)
      default: break
      }
    }
    for change in changes.identities { identities.insert(change.record.key) }
    for change in changes.people { people.insert(change.record.id) }
    for change in changes.ties { ties.insert(change.record.key) }
    for change in changes.states { states[change.record.kind, default: []].insert(change.record.key) }
    for change in changes.memberships {
      segments.insert(Name(change.membership.segment))
      people.insert(change.membership.person)
    }
    for action in changes.actions {
      actions.insert(action.id)
      people.insert(action.person)
    }
  }

  /// The kinds of state, ordered.
  var kinds: [StateKind] { states.keys.sorted() }
}
