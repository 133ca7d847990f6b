/// Numbers below a bound that are added one by one, looked up and cleared in constant time (Briggs and Torczon 1993).
struct SparseSet: Sendable {
  private(set) var members: [Int32] = []
  private var places: [Int32]

  init(bound: Int) {
    places = [Int32](repeating: 0, count: bound)
    members.reserveCapacity(min(bound, 64))
  }

  func contains(_ number: Int32) -> Bool {
    let place = Int(places[Int(number)])
    return place < members.count && members[place] == number
  }

  /// Adds a number; false if it was there.
  mutating func insert(_ number: Int32) -> Bool {
    guard !contains(number) else { return false }
    places[Int(number)] = Int32(members.count)
    members.append(number)
    return true
  }

  mutating func removeAll() { members.removeAll(keepingCapacity: true) }
}
