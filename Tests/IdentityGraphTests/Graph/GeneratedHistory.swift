import DenseData
import IdentityGraph
import SCRMModel

/// A made-up history of statements about few people who share much, so that every rule of protection comes to bear.
struct GeneratedHistory {
  var statements: [IdentityStatement] = []
  var policy = IdentityPolicy()

  static let names = ["Li Na", "NA LI", "李娜", "李丽", "王伟", "王先生", "Tom Smith", "T. Smith", "Ann Lee", ""]
  static let dates = ["1990-03-04", "1990-04-03", "1985-11-30", "1990-01-01", "1900-01-01"]
  static let places = ["北京", "北京市", "上海", "Beijing", "London"]

  init(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    policy.maximumIdentifiers = 4 + random.below(12)
    policy.maximumGroups = 1 + random.below(3)
    policy.protectsVerified = random.below(4) > 0
    for kind in ["email", "phone", "handle"] { policy.namespaces[kind]?.maximumNeighbours = 2 + random.below(6) }
    policy.namespaces["phone"]?.predominance = [nil, 2, 3][random.below(3)]
    policy.namespaces["email"]?.predominance = random.below(3) == 0 ? 2 : nil
    var loyalty = NamespacePolicy(.account, priority: 80, maximumPerPerson: 1)
    loyalty.maximumNeighbours = 6
    policy.namespaces["loyalty"] = loyalty
    var national = NamespacePolicy(.account, priority: 90, maximumPerPerson: 1)
    national.countsVerifiedOnly = true
    policy.namespaces["national"] = national
    policy.namespaces["phone"]?.maximumPerWindow = 2
    policy.namespaces["phone"]?.windowSeconds = 5
    policy.namespaces["email"]?.blocked = [.prefix("e0@")]
    if seed % 7 == 3 { policy.namespaces["handle"]?.role = .group }
    let count = 3 + random.below(22)
    for index in 0..<count { statements.append(Self.statement(index, &random)) }
  }

  static func statement(_ index: Int, _ random: inout SeededGenerator) -> IdentityStatement {
    let kinds: [(IdentifierNamespace, Int)] = [
      (.user("app"), 6), (.email, 5), (.phone, 5), (.handle("w"), 4), (.loyalty(), 4),
      (IdentifierNamespace("national"), 3),
    ]
    let assertions: [Identifier.Assertion] = [.claimed, .claimed, .claimed, .verified, .inPerson, .inferred]
    var claims: [IdentifierClaim] = []
    for _ in 0..<(1 + random.below(4)) {
      let (namespace, size) = kinds[random.below(kinds.count)]
      let text =
        namespace == .email ? "e\(random.below(size))@x.org" : "\(namespace.kind.prefix(1))\(random.below(size))"
      let key = IdentifierKey(namespace, key: text)
      if claims.contains(where: { $0.key == key }) { continue }
      claims.append(IdentifierClaim(key, assertions[random.below(assertions.count)]))
    }
    var descriptors: [IdentityDescriptor] = []
    if random.below(2) == 0 { descriptors.append(.init(.name, names[random.below(names.count)])) }
    if random.below(4) == 0 { descriptors.append(.init(.birthDate, dates[random.below(dates.count)])) }
    if random.below(4) == 0 { descriptors.append(.init(.place, places[random.below(places.count)])) }
    let strengths = [1.0, 1.0, 0.97, 0.95, 0.5]
    return IdentityStatement(
      event: EventKey("test", "e\(index)"), time: Instant(secondsSinceEpoch: Int64(random.below(30))) ?? .epoch,
      identifiers: claims, descriptors: descriptors, strength: strengths[random.below(strengths.count)])
  }

  func graph() -> EvidenceGraph {
    var graph = EvidenceGraph(policy: policy)
    graph.add(contentsOf: statements)
    return graph
  }
}

extension EvidenceGraph {
  /// The people and the standing of everything else, as a text of bytes.
  var partition: String {
    people().map { "\($0.id):" + $0.identifiers.map { "\($0.namespace)/\($0.key)" }.joined(separator: ",") }
      .joined(separator: "\n")
  }
}
