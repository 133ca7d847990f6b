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

  @Test func `every normal form of the SDK can be asked and chosen`() throws {
    #expect(try NormalForm.email.key(for: "Ana.L+x@GMail.com") == "ana.l+x@gmail.com")
    #expect(try NormalForm.mailbox.key(for: "Ana.L+x@googlemail.com") == "anal@gmail.com")
    #expect(try NormalForm.phone(defaultCountryCode: "86").key(for: "138 0013 8000 转 7") == "+8613800138000;ext=7")
    #expect(throws: NormalisationError.self) { try NormalForm.phone(defaultCountryCode: nil).key(for: "138 0013 8000") }
    #expect(try NormalForm.handle.key(for: "＠LiNa") == "lina")
    #expect(try NormalForm.opaque.key(for: " A") == " A")
    #expect(try NormalForm.name.key(for: "Dr. Ana LÓPEZ") == "ana lopez")
    #expect(try NormalForm.name.key(for: "李 娜女士") == "李娜")
    let forms: [NormalForm] = [.email, .mailbox, .phone(defaultCountryCode: "86"), .handle, .name, .opaque]
    #expect(Set(forms.map(\.name)).count == forms.count && forms.allSatisfy { $0.version > 0 })
    let record = SourceRecord(EventKey("crm", "1"), identifiers: [Identifier(.email, "Ana.L+x@gmail.com")])
    let statement = record.statement(normalisers: ["email": NormalForm.mailbox]).statement
    #expect(statement.identifiers.map(\.key.key) == ["1", "anal@gmail.com"])
  }
}
