import DenseData

/// The places in a log by who acted: for each account its last place, for each place the one before.
///
/// Two numbers for an entry and no list for an account, as most accounts act a few times only; for logs of up to 2³¹ entries.
struct ActorIndex: Sendable {
  private struct Last: KeyedRow {
    let rowKey: AccountID
    var place: Int32
  }

  private var last = KeyedRows<Last>()
  /// For each place of the log the place of the same account before it; −1 for none.
  private var previous: [Int32] = []
  /// What was read ahead, which means nothing; see `KeyedRows.warm(_:)`.
  private var warmth: UInt = 0

  /// Takes in what the log holds beyond what is known; O(new entries).
  mutating func extend(to log: [LogEntry]) {
    while previous.count < log.count { extend(to: log, through: min(previous.count + 1_024, log.count)) }
  }

  private mutating func extend(to log: [LogEntry], through end: Int) {
    let fresh = previous.count..<end
    warmth &+= last.warm(fresh.compactMap { log[$0].actor?.indexHash })
    for place in fresh {
      guard let actor = log[place].actor else {
        previous.append(-1)
        continue
      }
      let old = last.put(Last(rowKey: actor, place: Int32(truncatingIfNeeded: place)))
      previous.append(old?.place ?? -1)
    }
  }

  /// The places of an account, the last first; O(places).
  func places(of account: AccountID) -> [Int] {
    var places: [Int] = []
    var place = last[account]?.place ?? -1
    while place >= 0 {
      places.append(Int(place))
      place = previous[Int(place)]
    }
    return places
  }
}
