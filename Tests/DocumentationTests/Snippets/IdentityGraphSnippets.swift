import IdentityGraph
import SCRMModel

// `DeterministicResolver`
func resolverSnippet() -> DeterministicResolver {
  let resolver = DeterministicResolver()
  return resolver
}

// `DeterministicResolver.resolve(_:)`
func resolvingSnippet(_ interactions: [Interaction]) {
  let result = DeterministicResolver().resolve(interactions)
  print(result.people.count, result.merges.count)
}

// `PhoneNormaliser`
func phoneSnippet() throws -> [String] {
  let mobile = try PhoneNormaliser.key(for: "138-0013-8000", defaultCountryCode: "86")  // +8613800138000
  let landline = try PhoneNormaliser.key(for: "０１０ ８８８８ ６６６６", defaultCountryCode: "86")  // +861088886666
  let office = try PhoneNormaliser.key(for: "010-88886666 转 801", defaultCountryCode: "86")  // +861088886666;ext=801
  let british = try PhoneNormaliser.key(for: "+44 (0)20 7946 0958", defaultCountryCode: nil)  // +442079460958
  return [mobile, landline, office, british]
}

// `NameNormaliser`
func nameSnippet() throws -> [String] {
  let latin = try NameNormaliser.key(for: "Dr. Ana LÓPEZ")  // ana lopez
  let chinese = try NameNormaliser.key(for: "李 娜女士")  // 李娜
  return [latin, chinese]
}

// `IdentifierNormalising`
func normalisingSnippet(_ settings: inout EvidenceResolver.Settings) {
  struct CardNumbers: IdentifierNormalising {
    let name = "club-cards"
    let version = 1
    func key(for raw: String) throws(NormalisationError) -> String { raw.uppercased().filter { $0 != " " } }
  }
  settings.normalisers["loyalty"] = CardNumbers()
}

// `NormalForm`
func normalFormSnippet(_ settings: inout EvidenceResolver.Settings) throws -> String {
  settings.normalisers["email"] = NormalForm.mailbox
  let name = try NormalForm.name.key(for: "Dr. Ana LÓPEZ")  // ana lopez
  return name
}

// `HandleNormaliser`
func handleSnippet() throws -> [String] {
  let written = try HandleNormaliser.key(for: " ＠HappyMomo224")  // happymomo224
  let address = try HandleNormaliser.key(for: "https://weibo.com/u/1234567890")  // 1234567890
  return [written, address]
}

// README.md
func identitySnippet(_ interactions: [Interaction]) {
  var settings = DeterministicResolver.Settings()
  settings.defaultCountryCode = "86"
  let result = DeterministicResolver(settings).resolve(interactions)
  for person in result.people { print(person) }  // person 77aa9e5e37b5ae27e72ad1a018c628e5 with 2 accounts
  for merge in result.merges { print("\(merge.absorbed) joined by \(merge.cause)") }
}

// `EvidenceGraph`
func evidenceSnippet(_ statement: IdentityStatement) throws -> EvidenceGraph {
  var graph = EvidenceGraph()
  try graph.add(statement)
  return graph
}

// `IdentifierKey.init(normalising:)`
func normalisedKeySnippet() throws -> IdentifierKey {
  let phone = try IdentifierKey(normalising: Identifier(.phone, "139 1234 5678"), defaultCountryCode: "86")
  return phone
}
