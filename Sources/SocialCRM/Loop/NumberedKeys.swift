import SCRMModel

/// The identifiers that a batch names, numbered in the order in which they are first seen.
///
/// Each is looked up by its bytes once, when it is numbered; every later stage of the batch finds it by its number.
struct NumberedKeys: Sendable {
  private var seen: FirstSeen<IdentifierKey>
  /// Whether some customer has the identifier, by number; only those are looked up in the store.
  private(set) var isCustomers: [Bool] = []

  init(expecting count: Int = 0) {
    seen = FirstSeen(capacity: count)
    isCustomers.reserveCapacity(count)
  }

  /// The identifiers by number.
  var elements: [IdentifierKey] { seen.elements }

  /// Whether a customer of the batch has the identifier, which is looked up then.
  func isLookedUp(_ key: IdentifierKey) -> Bool { seen.find(key).map { isCustomers[$0] } ?? false }

  /// Numbers the identifiers of a party.
  mutating func number(_ party: inout NormalisedParty, isCustomer: Bool) {
    for place in party.entries.indices {
      let number = seen.number(of: party.entries[place].key)
      if number == isCustomers.count { isCustomers.append(false) }
      if isCustomer { isCustomers[number] = true }
      party.entries[place].number = Int32(truncatingIfNeeded: number)
    }
  }
}
