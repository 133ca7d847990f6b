import SCRMModel

/// What one account did by the log.
struct AccountHistory: Sendable {
  let account: AccountID
  /// Each interaction with whether it counts (1) or only happened (0).
  var interactions: [(interaction: Interaction, sign: Int32)] = []
}

/// Accounts on their way from one person to another, and the people as they are right after.
struct AccountPassage: Sendable {
  /// The log entry that showed it.
  let position: LogPosition
  let moves: [AccountMove]
  let people: [PersonRecord]
}

/// What people did whom accounts left or reached, by account: from it their activity is counted anew.
struct Reckoning: Sendable {
  /// The people as they are now.
  let people: [PersonRecord]
  /// How many interactions count for each before the accounts moved, if the log holds them all.
  let totals: [(person: PersonID, count: Int64)]
  /// Everything they did, for whom it counts now.
  let all: [(person: PersonID, interaction: Interaction, sign: Int32)]
  /// What the accounts did that moved.
  let moved: [(move: AccountMove, interaction: Interaction, sign: Int32)]

  init(_ passage: AccountPassage, _ histories: [AccountHistory]) {
    let (people, moves) = (passage.people, passage.moves)
    self.people = people
    var owners: [AccountID: PersonID] = [:]
    for person in people { for link in person.accounts { owners[link.account] = person.id } }
    var origins: [AccountID: AccountMove] = [:]
    for move in moves { for account in move.accounts { origins[account] = move } }
    var counts: [PersonID: Int64] = [:]
    var all: [(person: PersonID, interaction: Interaction, sign: Int32)] = []
    var moved: [(move: AccountMove, interaction: Interaction, sign: Int32)] = []
    for history in histories {
      guard let owner = owners[history.account] else { continue }
      let origin = origins[history.account]
      for (interaction, sign) in history.interactions {
        counts[origin?.from ?? owner, default: 0] += Int64(sign)
        all.append((owner, interaction, sign))
        if let origin { moved.append((origin, interaction, sign)) }
      }
    }
    totals = people.map { ($0.id, counts[$0.id] ?? 0) }
    (self.all, self.moved) = (all, moved)
  }
}
