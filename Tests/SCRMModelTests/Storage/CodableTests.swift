import Foundation
import SCRMModel
import Testing

/// Types with synthesised coding come back the same from this SDK's coders and from Foundation's.
@Suite struct CodableTests {
  private func survives<T: Codable & Hashable>(_ value: T, sourceLocation: SourceLocation = #_sourceLocation) throws {
    try expectRoundTrip(value, sourceLocation: sourceLocation)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let data = try encoder.encode([value])
    let again = try JSONDecoder().decode([T].self, from: data)
    #expect(again == [value], sourceLocation: sourceLocation)
    #expect(try encoder.encode(again) == data, sourceLocation: sourceLocation)
    #expect(try StrictJSONDecoder().decode([T].self, from: Array(data)) == [value], sourceLocation: sourceLocation)
  }

  @Test func partsOfInteractions() throws {
    let interaction = try fullInteraction()
    try survives(interaction)
    try survives(try #require(interaction.place))
    try survives(interaction.attachments[0])
    try survives(interaction.attachments[1])
    try survives(interaction.consents[0])
    try survives(try #require(interaction.context.campaign))
    try survives(try #require(interaction.context.page))
    try survives(try #require(interaction.context.device))
    try survives(try #require(interaction.context.cause))
    try survives(interaction.context)
    try survives(interaction.actor)
    try survives(try Money("1.50", currency: "CNY"))
    try survives(IdentifierNamespace("a", scope: "b:c"))
    try survives(EventKey("s", "1"))
  }

  @Test func recordsAndRows() throws {
    let changes = fullChangeSet()
    for entry in changes.entries { try survives(entry) }
    try survives(
      LogEntry(
        position: LogPosition(.max),
        body: .tombstone(Tombstone(key: EventKey("s", "1"), digest: "ab", reason: .compacted)), actor: account(1),
        addressee: account(2)))
    try survives(
      LogEntry(
        position: .start, body: .interaction(try fullInteraction(), .backfill), actor: account(1), addressee: nil))
    try survives(changes.identities[0].record)
    try survives(changes.people[1].record)
    try survives(changes.ties[0].record)
    for change in changes.states { try survives(change.record) }
    try survives(changes.merges[0])
    try survives(changes.memberships[0].membership)
    for action in changes.actions { try survives(action) }
    try survives(changes.actions[0].explanation)
    var receipt = ErasureReceipt()
    receipt.scores = .max
    try survives(receipt)
    var limits = Limits()
    limits.lineBytes = 1
    try survives(limits)
    try survives(ConsentPolicy())
    try survives(
      ConsentRecord(
        statement: ConsentStatement(.denied, "x", expires: .distantFuture), account: account(1), time: .distantPast,
        event: EventKey("s", "1")))
  }

  @Test func unreadableRowsAreRefusedAtTheirPath() {
    #expect(refusal(LogEntry.self, #"{"position":1}"#) == " missing")
    #expect(refusal(LogEntry.self, #"{"position":-1,"clock":"2024-01-01T00:00:00Z"}"#) == "position numberRange")
    #expect(refusal(LogEntry.self, #"{"position":1,"clock":"marker"}"#) == "clock invalidValue")
    #expect(
      refusal(LogEntry.self, #"{"position":1,"tombstone":{"digest":"","reason":"x"}}"#)?.hasPrefix("tombstone") ?? false
    )
    #expect(
      refusal(
        LogEntry.self, #"{"position":1,"snapshot":{"name":"n","asOf":"2024-01-01T00:00:00Z","scores":{"x":1}}}"#)
        == "snapshot.scores invalidValue")
    #expect(refusal(StateRecord.self, #"{"kind":"k","key":"x"}"#) == "key invalidValue")
    #expect(
      refusal(StateRecord.self, #"{"kind":"k","key":"n:","version":1,"schema":1,"bytes":"?"}"#) == "bytes invalidValue")
    #expect(
      refusal(Tombstone.self, #"{"key":{"source":"s","id":"1"},"digest":"","reason":"gone"}"#) == "reason invalidValue")
  }

  @Test func scoresAreOrderedFiniteAndSingle() throws {
    let scores = [(3, 1.0), (1, .nan), (1, 5), (2, .infinity), (1, 6), (2, -0.5)].map {
      PublishedSnapshot.Score(person: PersonID(high: $0.0, low: 0), value: $0.1)
    }
    let snapshot = PublishedSnapshot(name: "n", asOf: .testNow, scores: scores)
    #expect(snapshot.scores.map(\.person.high) == [1, 2, 3] && snapshot.scores.map(\.value) == [5, -0.5, 1])
    try survives(snapshot)
  }
}
