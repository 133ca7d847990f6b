import Foundation
import SocialCRM
import Testing

/// The documents of Documentation/JSON.md are what the code writes, and the code reads them.
@Suite struct JSONFormTests {
  /// The first JSON block after each heading.
  private func documented() throws -> [String: String] {
    var result: [String: String] = [:]
    var heading = ""
    var block: [String]?
    for line in try Project.text("Documentation/JSON.md").components(separatedBy: "\n") {
      if line.hasPrefix("#") {
        heading = line.drop { $0 == "#" }.trimmingCharacters(in: .whitespaces)
      } else if line == "```json" {
        block = []
      } else if line == "```", let lines = block {
        if result[heading] == nil { result[heading] = lines.joined(separator: "\n") }
        block = nil
      } else {
        block?.append(line)
      }
    }
    return result
  }

  @Test func `every document is real output`() async throws {
    let documented = try documented()
    let documents = try await JSONDocuments.all()
    #expect(documents.count == 12)
    for (heading, bytes) in documents {
      let real = String(decoding: bytes, as: UTF8.self)
      guard let text = documented[heading] else {
        Issue.record("no document under \(heading); it would be \(real)")
        continue
      }
      #expect(try masked(JSON(text: text).jsonText) == masked(real), "\(heading): \(real)")
    }
  }

  /// Without what depends on the settings of every stage: configuration hashes, binary state, keys of commits.
  private func masked(_ text: String) -> String {
    let patterns = [
      #""configuration":"[0-9a-f]{32}""#, #""bytes":"[^"]*""#, #""fingerprint":[0-9]+"#,
      #""key":"(configuration|ingest)-[^"]*""#,
    ]
    return patterns.reduce(text) { $0.replacingOccurrences(of: $1, with: "…", options: .regularExpression) }
  }

  @Test func `what is written can be read`() async throws {
    let documented = try documented()
    func text(_ heading: String) -> String { documented[heading] ?? "" }
    #expect(try Interaction(jsonText: text("Interaction")) == JSONDocuments.purchase())
    let values = try Value(json: JSON(text: text("Values")), opaque: Money.readers)
    #expect(try values == .map(JSONDocuments.values()))
    #expect(try ConditionTree(jsonText: text("Condition")) == JSONDocuments.condition())
    #expect(try LogEntry(jsonText: text("Interaction entry")).actor != nil)
    #expect(try PersonRecord(jsonText: text("PersonRecord")).accounts.count == 2)
    #expect(try ProposedAction(jsonText: text("ProposedAction")).isProposed)
    let store = try InMemoryStore(snapshot: Array(text("Snapshot of a store").utf8))
    #expect(await store.head() == LogPosition(2))
    let least = #"{"id":"1","source":"a","kind":"view","at":"2024-05-01T08:00:00Z","actor":{"ids":[]}}"#
    #expect(try Interaction(jsonText: least).received == Fixtures.now)
  }
}
