import SCRMModel

/// The vocabulary alone: reading interactions, redaction, exact money, consent, and what sources say about a person.
@main struct ModelExample {
  static func main() throws {
    let input = """
      {"v":1,"source":"shop","id":"o-1","kind":"purchase","at":"2024-05-01T10:00:00+08:00","actor":{"ids":[{"ns":"phone","value":"+86 169 2000 0001"}]},"amount":{"amount":"199.90","currency":"CNY"}}
      {"v":1,"source":"shop","id":"o-2","kind":"purchase","at":"yesterday","actor":{"ids":[]}}
      {"v":1,"source":"weibo","id":"c-9","kind":"comment","at":"2024-05-02T08:30:00Z","actor":{"ids":[{"ns":"weibo.uid","value":"1001"}]},"text":{"text":"谢谢！","lang":"zh-Hans"}}
      """
    var parser = InteractionLineParser()
    var interactions: [Interaction] = []
    for line in parser.parse(Array(input.utf8)) {
      switch line.result {
      case .success(let interaction):
        interactions.append(interaction)
        print("line \(line.line): \(interaction), by \(interaction.actor)")  // no personal data
      case .failure(let error): print("refused: \(error)")
      }
    }

    let price = try Money("199.90", currency: "CNY")
    print("twice:", try price.adding(price))
    do { _ = try price.adding(Money("1", currency: "EUR")) } catch { print("refused:", error) }

    let account = AccountID(high: 1, low: 2)
    let morning = try Instant(rfc3339: "2024-05-01T08:00:00Z")
    var consents = ConsentLedger()
    for (index, decision) in [ConsentStatement.Decision.granted, .denied].enumerated() {
      consents.add(
        ConsentRecord(
          statement: ConsentStatement(decision, .marketing, evidence: "form-\(index + 1)"), account: account,
          time: morning.advanced(by: .days(index)), event: EventKey("web", "consent-\(index + 1)")))
      let answer = consents.decide(.marketing, channel: "email", at: morning.advanced(by: .days(index)))
      print("marketing allowed: \(answer.isAllowed), because \(answer.reason)")
    }

    var traits = TraitLedger()
    for (source, city, confidence) in [("crm", "Shanghai", 0.9), ("weibo", "Beijing", 0.6)] {
      traits.record(
        "city",
        TraitValue(
          .string(city), source: SourceID(source), account: account, observed: morning, confidence: confidence,
          event: EventKey(SourceID(source), "profile")))
    }
    print("city:", traits["city"]?.stringValue ?? "unknown", "from", traits.best("city")?.source ?? "nobody")

    let again = try Interaction(jsonText: interactions[0].jsonText)
    print("the same after writing and reading:", again == interactions[0])
  }
}
