import IdentityGraph
import Testing

@Suite struct OwnNormaliserTests {
  private struct CardNumbers: IdentifierNormalising {
    let name = "club-cards"
    let version: Int
    func key(for raw: String) throws(NormalisationError) -> String {
      let key = raw.uppercased().filter { $0 != " " }
      guard key.hasPrefix("C") else { throw NormalisationError(code: .malformed, reason: "expected C in front") }
      return key
    }
  }

  @Test func `a host's normal form takes the place of the standard one`() {
    var settings = EvidenceResolver.Settings()
    let plain = EvidenceResolver(settings).fingerprint
    settings.normalisers["loyalty"] = CardNumbers(version: 3)
    let stage = EvidenceResolver(settings)
    let party = stage.keys(
      of: Party([
        Identifier(.loyalty("club"), "c 12 3"), Identifier(.loyalty("club"), "C123"), Identifier(.loyalty(), "9"),
      ]))
    #expect(party.entries.map(\.key.key) == ["C123"])
    #expect(party.entries[0].normaliserVersion == 3)
    #expect(party.refused.count == 1 && party.refused[0].contains("expected C in front"))
    #expect(stage.fingerprint != plain)
    settings.normalisers["loyalty"] = CardNumbers(version: 4)
    #expect(EvidenceResolver(settings).fingerprint != stage.fingerprint)
    var deterministic = DeterministicResolver.Settings()
    deterministic.normalisers["loyalty"] = CardNumbers(version: 3)
    #expect(DeterministicResolver(deterministic).keys(of: Party(.loyalty(), "c1")).entries.first?.key.key == "C1")
  }
}
