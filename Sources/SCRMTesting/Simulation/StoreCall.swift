/// A call to a store, by its name in `SCRMStore`.
public enum StoreCall: String, Sendable, Hashable, CaseIterable {
  /// A bulk read by keys, or the end of the log.
  case head, entries, identities, people, ties, states, memberships, actions
  /// A page of a scan.
  case log, peoplePage, merges, tiesPage, statesPage, dueStates, members, actionsPage, export
  /// The writing call of the loop.
  case commit
  /// What workers do with actions.
  case claim, acknowledge, retry, deadLetter
  /// Upkeep.
  case erase, compact

  /// Whether the call may change what is stored.
  public var isWrite: Bool {
    switch self {
    case .commit, .claim, .acknowledge, .retry, .deadLetter, .erase, .compact: true
    default: false
    }
  }
}
