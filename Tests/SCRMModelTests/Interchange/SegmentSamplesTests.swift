import Foundation
import SCRMModel
import Testing

/// The messages printed in the public documentation of the spec.
@Suite struct SegmentSamplesTests {
  private struct Sample {
    var page: String
    var message: JSON
    var isTyped: Bool
  }

  private func samples() throws -> [Sample]? {
    guard let url = InterchangeData.file("social/standards/segment_spec_samples.jsonl") else { return nil }
    var splitter = LineSplitter()
    let lines = splitter.push(Array(try Data(contentsOf: url))) + splitter.finish()
    return try lines.map { line in
      let object = try JSON(bytes: try line.content.get()).objectValue()
      let message = try object.object("message")
      return Sample(page: try object.string("from"), message: .object(message), isTyped: message["type"] != nil)
    }
  }

  private let defaults = SegmentDefaults(source: "segment", received: .testNow)

  @Test func everySampleComesBackAsItWas() throws {
    guard let samples = try samples() else { return }
    var mapped = (typed: 0, untyped: 0)
    for sample in samples {
      var interaction = try SegmentSpec.interaction(from: sample.message, defaults: defaults)
      #expect(interaction.raw == nil)
      interaction.raw = nil
      let back = SegmentSpec.message(from: interaction)
      #expect(back.sortedForTests == sample.message.sortedForTests, "\(sample.page)")
      try expectByteIdenticalJSON(interaction, "\(sample.page)")
      // The form in a store loses nothing either.
      let stored = try Interaction(jsonBytes: interaction.jsonBytes)
      #expect(SegmentSpec.message(from: stored).sortedForTests == sample.message.sortedForTests, "\(sample.page)")
      if sample.isTyped { mapped.typed += 1 } else { mapped.untyped += 1 }
    }
    // All 39 messages without a type have an action that names the call.
    #expect(mapped.typed == 36)
    #expect(mapped.untyped == 39)
    #expect(samples.count == 75)
  }

  @Test func withoutActionTheUntypedAreRefused() throws {
    guard let samples = try samples() else { return }
    var refused = 0
    for sample in samples where !sample.isTyped {
      var object = try sample.message.objectValue()
      object["action"] = nil
      do {
        _ = try SegmentSpec.interaction(from: .object(object), defaults: defaults)
      } catch {
        #expect(error.code == .missing)
        #expect(error.path == [.key("type")])
        refused += 1
      }
    }
    #expect(refused == 39)
  }

  @Test func kindsOfTheSamples() throws {
    guard let samples = try samples() else { return }
    var kinds: [String: Int] = [:]
    for sample in samples {
      kinds[try SegmentSpec.interaction(from: sample.message, defaults: defaults).kind.rawValue, default: 0] += 1
    }
    #expect(
      kinds == [
        "alias": 2, "group": 2, "identify": 2, "screen": 2, "view": 4, "register": 1, "purchase": 1, "click": 1,
        "add_to_cart": 1, "remove_from_cart": 1, "message": 1, "track": 57,
      ])
  }

  @Test func parserReadsTheMessagesInAnyChunks() throws {
    guard let samples = try samples() else { return }
    let bytes = Array(samples.map(\.message.text).joined(separator: "\n").utf8)
    var whole = SegmentParser(defaults: defaults)
    let expected = whole.parse(bytes)
    #expect(expected.count == 75)
    #expect(expected.allSatisfy { $0.error == nil })
    var random = InterchangeGenerator(seed: 5)
    for size in [1, 13, 400, 9_000] {
      var parser = SegmentParser(defaults: defaults)
      var results: [ParsedInteraction] = []
      for chunk in random.chunks(bytes, upTo: size) { results += parser.push(chunk) }
      #expect(results + parser.finish() == expected)
    }
  }
}
