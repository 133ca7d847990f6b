import IdentityGraph
import SCRMModel

// `NumberedComponents`
func numberedComponentsSnippet() throws {
  var components = NumberedComponents(count: 4)
  try components.connect(pairs: [0, 2, 2, 3])
  print(components.labels())  // [0, 1, 0, 0]
}

// `IdentifierComponents`
func identifierComponentsSnippet() throws {
  var components = IdentifierComponents()
  try components.connect("phone:+8613800138000", "email:wang@example.cn")
  try components.connect("email:wang@example.cn", "wechat:o6_bm")
  print(components.partition().component(of: "wechat:o6_bm") ?? "-")  // email:wang@example.cn
}

// `IdentifierEdgeReader`
func identifierEdgeReaderSnippet() throws {
  var components = IdentifierComponents()
  var reader = IdentifierEdgeReader()
  var refused = try reader.push(Array("left,right\na,b\nb\nb,c\n".utf8), into: &components)
  refused += try reader.finish(into: &components)
  print(components.componentCount, refused)  // 1 [line 3: the row has 1 fields, expected 2]
}

// `BindTokenLedger`
func bindTokenSnippet(
  _ ledger: inout BindTokenLedger, _ graph: inout EvidenceGraph, _ signer: some BindTokenSigning,
  registration: IdentifierKey, openID: IdentifierKey, nonce: [UInt8], event: EventKey, now: Instant, later: Instant
) throws {
  let token = try ledger.issue(
    to: registration, nonce: nonce, purpose: "checkin", at: now, lifetime: 86_400, signer: signer)
  let statement = try ledger.use(token.text, for: "checkin", by: openID, event: event, at: later, signer: signer)
  try graph.add(statement)
}

// `GoldenProfile`
func goldenProfileSnippet(_ person: PersonRecord) -> GoldenProfile {
  var rules = SurvivorshipPolicy()
  rules.traits["city"] = .mostTrusted(["crm", "shop"])
  rules.traits["interests"] = .union
  let profile = GoldenProfile(of: person.traits, by: rules)
  return profile
}

// Documentation/Identity.md
func documentedGoldenProfileSnippet(_ person: PersonRecord) {
  var rules = SurvivorshipPolicy(others: .mostRecent)
  rules.traits["city"] = .mostTrusted(["crm", "shop"])
  rules.traits["interests"] = .union
  let profile = GoldenProfile(of: person.traits, by: rules)
  if let city = profile["city"] { print(city.rule, city.winners.count, "for,", city.losers.count, "against") }
}

func documentedMembershipSnippet(
  _ graph: inout EvidenceGraph, member: IdentifierKey, phone: IdentifierKey, now: Instant
) throws {
  let home = IdentifierKey(IdentifierNamespace("household"), key: "h-7")
  try graph.add(
    IdentityStatement(
      event: EventKey("crm", "contract-3"), time: now,
      identifiers: [IdentifierClaim(member, .verified), IdentifierClaim(home, .verified)]))
  try graph.give(phone, to: .group("h-7"))
  for membership in graph.memberships(by: home) { print(membership, membership.since ?? now) }
}
