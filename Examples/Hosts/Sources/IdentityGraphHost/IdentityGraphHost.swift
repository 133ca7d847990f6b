import IdentityGraph

/// Finds the people behind three lists of contacts.
@main struct IdentityGraphHost {
  static func main() throws {
    let contacts: [(source: String, email: String?, phone: String?, card: String?)] = [
      ("newsletter", "Anna.Berg@Example.com", nil, nil), ("shop", nil, "0170 5550123", "C1"),
      ("newsletter", "ben@example.com", nil, nil), ("event", " anna.berg@example.com", "+49 170 555 0123", nil),
      ("shop", nil, nil, "C2"), ("event", "unknown", nil, nil),
    ]
    let start = try Instant(rfc3339: "2024-05-01T08:00:00Z")
    var interactions: [Interaction] = []
    for (index, contact) in contacts.enumerated() {
      var identifiers: [Identifier] = []
      if let email = contact.email { identifiers.append(Identifier(.email, email)) }
      if let phone = contact.phone { identifiers.append(Identifier(.phone, phone)) }
      if let card = contact.card { identifiers.append(Identifier(.loyalty("club"), card, .verified)) }
      let time = start.advanced(by: .minutes(index))
      interactions.append(
        Interaction(
          key: EventKey(SourceID(contact.source), "row-\(index + 1)"), kind: .identify, actor: Party(identifiers),
          at: time, received: time))
    }
    var settings = DeterministicResolver.Settings()
    settings.defaultCountryCode = "49"
    let result = DeterministicResolver(settings).resolve(interactions)
    print("\(contacts.count) rows, \(result.people.count) people, \(result.merges.count) merges")
    for person in result.people {
      let kinds = person.accounts.map(\.key.namespace.description).sorted()
      print("person \(person.id): \(kinds.joined(separator: ", "))")
    }
    for merge in result.merges { print("\(merge.absorbed) is \(merge.survivor), because of \(merge.cause)") }
    for (key, error) in result.refused { print("refused \(key): \(error.reason)") }
  }
}
