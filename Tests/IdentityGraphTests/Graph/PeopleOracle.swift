import IdentityGraph
import SCRMModel

/// The people by the definition, from scratch and without any cleverness: dictionaries and sets, every step for all.
struct PeopleOracle {
  struct Edge {
    var ends: [IdentifierKey]
    var strength = 0.0
    var isVerified = false
    var assertions: [IdentifierKey: Identifier.Assertion] = [:]
    var time = Instant.distantFuture
  }

  struct Link {
    var ends: [IdentifierKey]
    var via: IdentifierKey?
    var isVerified: Bool
    var strength: Double
    var priority: Int
    var time: Instant
  }

  let policy: IdentityPolicy
  let vetoes: [IdentityVeto]
  var edges: [[IdentifierKey]: Edge] = [:]
  var descriptors: [IdentifierKey: Set<IdentityDescriptor>] = [:]
  var firstSeen: [IdentifierKey: Instant] = [:]
  var verified: Set<IdentifierKey> = []

  init(_ statements: [IdentityStatement], policy: IdentityPolicy, vetoes: [IdentityVeto] = []) {
    self.policy = policy
    self.vetoes = vetoes
    for statement in statements {
      let hub = statement.identifiers[0]
      descriptors[hub.key, default: []].formUnion(statement.descriptors)
      for claim in statement.identifiers {
        firstSeen[claim.key] = min(firstSeen[claim.key] ?? .distantFuture, statement.time)
        if claim.assertion >= .verified { verified.insert(claim.key) }
      }
      for claim in statement.identifiers.dropFirst() {
        let ends = [hub.key, claim.key].sorted()
        var edge = edges[ends] ?? Edge(ends: ends)
        edge.strength = max(edge.strength, statement.strength)
        edge.time = min(edge.time, statement.time)
        if min(hub.assertion, claim.assertion) >= .verified { edge.isVerified = true }
        for end in [hub, claim] {
          edge.assertions[end.key] = max(edge.assertions[end.key] ?? .inferred, end.assertion)
        }
        edges[ends] = edge
      }
    }
  }

  func neighbours(_ key: IdentifierKey) -> [Edge] { edges.values.filter { $0.ends.contains(key) } }

  func isHeld(_ key: IdentifierKey) -> Bool { neighbours(key).contains { $0.isVerified } }

  func isVetoed(_ one: IdentifierKey, _ two: IdentifierKey) -> Bool {
    vetoes.contains {
      $0.first.contains(one) && $0.second.contains(two) || $0.first.contains(two) && $0.second.contains(one)
    }
  }

  func isUsable(_ edge: Edge) -> Bool {
    edge.strength >= policy.minimumStrength && !isVetoed(edge.ends[0], edge.ends[1])
      && edge.ends.allSatisfy { end in
        !policy.protectsVerified || (edge.assertions[end] ?? .inferred) >= .verified || !isHeld(end)
      }
  }

  func lent(_ key: IdentifierKey) -> Set<IdentityDescriptor> {
    let own = descriptors[key] ?? []
    return own.count <= 8 && neighbours(key).count <= policy.policy(of: key.namespace).maximumNeighbours ? own : []
  }

  func compare(_ one: IdentifierKey, _ two: IdentifierKey, _ kind: IdentityDescriptor.Kind) -> DescriptorComparison {
    var said: [DescriptorComparison] = []
    for left in lent(one) where left.kind == kind {
      for right in lent(two) where right.kind == kind { said.append(left.compare(right)) }
    }
    if said.contains(.agree) { return .agree }
    return said.isEmpty || said.contains(.undecided) ? .undecided : .disagree
  }

  func disagree(_ one: IdentifierKey, _ two: IdentifierKey, _ kinds: Set<IdentityDescriptor.Kind>) -> Bool {
    kinds.contains { compare(one, two, $0) == .disagree }
  }

  func agree(_ one: IdentifierKey, _ two: IdentifierKey) -> Bool {
    compare(one, two, .name) == .agree || compare(one, two, .birthDate) == .agree
  }

  func groups(_ key: IdentifierKey) -> [[IdentifierKey]] {
    var groups: [[IdentifierKey]] = []
    let members = neighbours(key).filter(isUsable).map { $0.ends[0] == key ? $0.ends[1] : $0.ends[0] }
    let dividing = policy.policy(of: key.namespace).dividing
    for member in members.filter({ agree($0, $0) }).sorted() {
      let home = groups.firstIndex { group in
        group.allSatisfy { agree($0, member) && !disagree($0, member, dividing) }
      }
      if let home { groups[home].append(member) } else { groups.append([member]) }
    }
    return groups
  }

  /// The groups, the largest with those who go by nothing where it predominates.
  func joinedGroups(_ key: IdentifierKey) -> [[IdentifierKey]] {
    var groups = groups(key)
    guard let factor = policy.policy(of: key.namespace).predominance else { return groups }
    let described = Set(groups.joined())
    let members = neighbours(key).filter(isUsable).map { $0.ends[0] == key ? $0.ends[1] : $0.ends[0] }
    let sizes = groups.map(\.count)
    guard let largest = sizes.max(), largest >= 2, let place = sizes.firstIndex(of: largest) else { return groups }
    let next = sizes.enumerated().filter { $0.offset != place }.map(\.element).max() ?? 0
    if largest >= factor * next { groups[place] += members.filter { !described.contains($0) } }
    return groups
  }

  func standing(_ key: IdentifierKey) -> IdentifierStanding {
    let rule = policy.policy(of: key.namespace)
    if rule.blocked.contains(where: { $0.matches(key.key) }) { return .blocked }
    if rule.role == .organisation || rule.role == .group { return .grouped }
    let usable = neighbours(key).filter(isUsable)
    if usable.count > rule.maximumNeighbours { return .shared }
    if rule.role == .account { return .open }
    let own = Array(descriptors[key] ?? [])
    for one in own where rule.dividing.contains(one.kind) {
      if own.contains(where: { one.compare($0) == .disagree }) { return .shared }
    }
    let others = [key] + usable.map { $0.ends[0] == key ? $0.ends[1] : $0.ends[0] }
    let isDivided = others.contains { one in others.contains { one != $0 && disagree(one, $0, rule.dividing) } }
    if !isDivided { return .open }
    return groups(key).count > policy.maximumGroups ? .shared : .divided
  }

  func isAllowed(_ people: Set<IdentifierKey>) -> Bool {
    if people.count > policy.maximumIdentifiers { return false }
    for one in people {
      for two in people where one != two {
        if isVetoed(one, two) || disagree(one, two, policy.separating) { return false }
      }
      let rule = policy.policy(of: one.namespace)
      let counted = people.filter {
        $0.namespace.kind == one.namespace.kind && (!rule.countsVerifiedOnly || verified.contains($0))
      }
      if let maximum = rule.maximumPerPerson, counted.count > maximum { return false }
      if let maximum = rule.maximumPerWindow {
        for start in counted.compactMap({ firstSeen[$0]?.secondsSinceEpoch }) {
          let inside = counted.filter {
            let time = firstSeen[$0]?.secondsSinceEpoch ?? 0
            return time >= start && time < start + Int64(rule.windowSeconds)
          }
          if inside.count > maximum { return false }
        }
      }
    }
    return true
  }

  func link(_ edge: Edge) -> Link {
    let priority = edge.ends.map { policy.policy(of: $0.namespace).priority }.min() ?? 0
    return Link(
      ends: edge.ends, via: nil, isVerified: edge.isVerified, strength: edge.strength, priority: priority,
      time: edge.time)
  }

  func links() -> [Link] {
    var standings: [IdentifierKey: IdentifierStanding] = [:]
    for key in firstSeen.keys { standings[key] = standing(key) }
    var links = edges.values.filter { isUsable($0) && $0.ends.allSatisfy { standings[$0] == .open } }.map(link)
    for (key, standing) in standings where standing == .divided {
      for group in joinedGroups(key) {
        for (place, one) in group.enumerated() {
          for two in group[..<place] where standings[one] == .open && standings[two] == .open {
            guard let first = edges[[key, one].sorted()], let second = edges[[key, two].sorted()] else { continue }
            let (left, right) = (link(first), link(second))
            let strength = left.strength * right.strength
            if strength < policy.minimumStrength { continue }
            links.append(
              Link(
                ends: [one, two].sorted(), via: key, isVerified: left.isVerified && right.isVerified,
                strength: strength, priority: min(left.priority, right.priority), time: max(left.time, right.time)))
          }
        }
      }
    }
    return links.sorted { one, two in
      if one.isVerified != two.isVerified { return one.isVerified }
      if one.strength != two.strength { return one.strength > two.strength }
      if one.priority != two.priority { return one.priority > two.priority }
      if one.time != two.time { return one.time < two.time }
      if one.ends[0] != two.ends[0] { return one.ends[0] < two.ends[0] }
      if one.ends[1] != two.ends[1] { return one.ends[1] < two.ends[1] }
      guard let left = one.via else { return two.via != nil }
      return two.via.map { left < $0 } ?? false
    }
  }

  /// The people, each as the ordered list of identifiers.
  func people() -> Set<[IdentifierKey]> {
    var people = firstSeen.keys.filter { standing($0) == .open }.map { Set([$0]) }
    for link in links() {
      guard let one = people.firstIndex(where: { $0.contains(link.ends[0]) }),
        let two = people.firstIndex(where: { $0.contains(link.ends[1]) }), one != two
      else { continue }
      let joined = people[one].union(people[two])
      if !isAllowed(joined) { continue }
      people[one] = joined
      people.remove(at: two)
    }
    return Set(people.map { $0.sorted() })
  }
}
