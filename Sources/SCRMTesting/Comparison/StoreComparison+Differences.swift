import SocialCRM

extension StoreComparison {
  /// What differs, in sentences without personal data; empty when both are equal.
  ///
  /// First who is who, then what is known of those whom both know alike, then the ties. O(n log n).
  /// - Parameters:
  ///   - other: what is compared with.
  ///   - limit: how many differences are named; of the others only the number is.
  public func differences(from other: StoreComparison, limit: Int = 20) -> [String] {
    if self == other { return [] }
    var found = partitionDifferences(from: other)
    let others = Dictionary(other.people.map { ($0.keys, $0) }, uniquingKeysWith: { first, _ in first })
    for person in people {
      guard let counterpart = others[person.keys] else { continue }
      found += Self.differences(person, counterpart)
    }
    for key in Set(ties.keys).union(other.ties.keys).sorted() where ties[key] != other.ties[key] {
      let state = ties[key] == nil ? "is missing" : other.ties[key] == nil ? "is additional" : "counts otherwise"
      found.append("the tie \(key.from) → \(key.to) \(state)")
    }
    if found.count <= max(limit, 0) { return found }
    return found.prefix(max(limit, 0)) + ["and \(found.count - max(limit, 0)) more"]
  }

  private func partitionDifferences(from other: StoreComparison) -> [String] {
    let mine = Set(people.map(\.keys))
    let theirs = Set(other.people.map(\.keys))
    var found: [String] = []
    for person in people where !theirs.contains(person.keys) {
      let keys = Set(person.keys)
      let parts = other.people.filter { !keys.isDisjoint(with: $0.keys) }
      let there = parts.map { "\($0.id) (\(Self.namespaces($0.keys)))" }.joined(separator: ", ")
      found.append(
        "person \(person.id) (\(Self.namespaces(person.keys))) is \(parts.isEmpty ? "nobody" : there) on the other side"
      )
    }
    for person in other.people where !mine.contains(person.keys) {
      let keys = Set(person.keys)
      if people.contains(where: { !keys.isDisjoint(with: $0.keys) }) { continue }
      found.append("person \(person.id) (\(Self.namespaces(person.keys))) is missing")
    }
    return found
  }

  private static func namespaces(_ keys: [IdentifierKey]) -> String {
    keys.map(\.namespace.description).joined(separator: " + ")
  }

  private static func differences(_ left: Person, _ right: Person) -> [String] {
    var parts: [String] = []
    if left.id != right.id { parts.append("has the id \(right.id) on the other side") }
    if left.activity != right.activity {
      let kinds = Set(left.activity.kinds).union(right.activity.kinds).sorted()
        .filter { left.activity.count($0) != right.activity.count($0) }
      let counts = kinds.map { "\($0) \(left.activity.count($0)) instead of \(right.activity.count($0))" }
      parts.append(
        "did " + (counts.isEmpty ? "the same at other times or for other amounts" : counts.joined(separator: ", ")))
    }
    if left.tier != right.tier { parts.append("is \(left.tier.rawValue) instead of \(right.tier.rawValue)") }
    if left.heat != right.heat { parts.append("has heat \(left.heat) instead of \(right.heat)") }
    if left.segments != right.segments { parts.append("is in \(left.segments) instead of \(right.segments)") }
    if left.traits != right.traits {
      let names = Set(left.traits.names).union(right.traits.names).sorted()
        .filter { left.traits.best($0) != right.traits.best($0) }
      parts.append("has other traits" + (names.isEmpty ? "" : ": " + names.joined(separator: ", ")))
    }
    if left.consents != right.consents {
      parts.append("has \(left.consents.records.count) consents instead of other \(right.consents.records.count)")
    }
    return parts.map { "person \(left.id) \($0)" }
  }
}

extension StoreComparison: CustomStringConvertible {
  /// The numbers of people, accounts and ties.
  public var description: String {
    let accounts = people.reduce(0) { $0 + $1.keys.count }
    return "\(people.count) people with \(accounts) accounts, \(ties.count) ties"
  }
}
