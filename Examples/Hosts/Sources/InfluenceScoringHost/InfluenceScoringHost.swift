import InfluenceScoring

/// Ranks the members of a forum by who answers and shares whom.
@main struct InfluenceScoringHost {
  static func main() throws {
    let members = ["ada", "ben", "cora", "dan"]
    func account(_ name: String) -> AccountID { AccountID(high: 0, low: UInt64(members.firstIndex(of: name) ?? 0)) }
    let start = try Instant(rfc3339: "2024-05-01T08:00:00Z")
    let contacts: [(from: String, kind: InteractionKind, to: String)] = [
      ("ben", .comment, "ada"), ("cora", .share, "ada"), ("dan", .like, "ada"), ("ada", .comment, "ben"),
      ("dan", .share, "ben"), ("cora", .like, "ada"),
    ]
    // The tie keeper counts contacts between accounts; a store would keep the records it returns.
    var session = try TieKeeper().begin([])
    for (index, contact) in contacts.enumerated() {
      let time = start.advanced(by: .hours(index))
      let interaction = Interaction(
        key: EventKey("forum", "e-\(index)"), kind: contact.kind, actor: Party(.user("forum"), contact.from), at: time,
        received: time)
      session.count(
        interaction, on: TieKey(from: account(contact.from), to: account(contact.to)), sign: 1,
        at: LogPosition(UInt64(index + 1)))
    }
    let people = Dictionary(uniqueKeysWithValues: members.map { (account($0), account($0).person) })
    let graph = try InteractionGraph(
      ties: session.changes().map(\.record), people: people, at: start.advanced(by: .days(1)))
    print("\(graph.people.count) people, \(graph.edgeCount) ties")
    for score in InfluenceScorer().scores(of: graph).sorted(by: { $0.value > $1.value }) {
      print("\(members[Int(score.person.low)]): \(score.explanation.conclusion), \(score.audience) listen")
    }
  }
}
