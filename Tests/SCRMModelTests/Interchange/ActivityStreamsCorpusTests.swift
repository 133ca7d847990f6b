import Foundation
import SCRMModel
import Testing

/// The test corpus of the W3C for ActivityStreams 2.0.
@Suite struct ActivityStreamsCorpusTests {
  private struct Sample {
    var name: String
    var isGood: Bool
    var isJSON: Bool
    var bytes: [UInt8]
  }

  private func samples() throws -> [Sample]? {
    guard let url = InterchangeData.file("social/standards/activitystreams2.jsonl") else { return nil }
    var splitter = LineSplitter()
    let lines = splitter.push(Array(try Data(contentsOf: url))) + splitter.finish()
    return try lines.map { line in
      let object = try JSON(bytes: try line.content.get()).objectValue()
      let text = try object.optionalString("text").map { Array($0.utf8) }
      let bytes = try text ?? object.optionalString("base64").flatMap { Data(base64Encoded: $0) }.map { [UInt8]($0) }
      return Sample(
        name: try object.string("name"), isGood: try object.string("expect") == "ok",
        isJSON: try object.bool("json"), bytes: bytes ?? [])
    }
  }

  private let reader = ActivityStreamsReader(InterchangeDefaults(source: "as2", received: .testNow))

  @Test func everyGoodDocumentIsReadAndEveryBadOneRefused() throws {
    guard let samples = try samples() else { return }
    var (good, bad, kinds) = (0, 0, [String]())
    for sample in samples where sample.isJSON {
      do {
        let reading = try reader.read(JSON(bytes: sample.bytes))
        #expect(sample.isGood, "\(sample.name) is known to be bad")
        #expect(!reading.interactions.isEmpty || !reading.setAside.isEmpty, "\(sample.name) got no answer")
        for interaction in reading.interactions { try expectByteIdenticalJSON(interaction, "\(sample.name)") }
        good += 1
        if !reading.interactions.isEmpty {
          kinds.append(sample.name + ": " + reading.interactions.map(\.kind.rawValue).joined(separator: " "))
        }
      } catch let error as JSONError {
        #expect(!sample.isGood, "\(sample.name): \(error)")
        #expect(!error.reason.isEmpty)
        bad += 1
      }
    }
    #expect(samples.count == 139)
    #expect(good == 127)
    #expect(bad == 12)
    #expect(kinds == Self.interactions)
  }

  /// The documents that are interactions, with the kinds.
  ///
  /// The other 98 good ones are objects, links, collections of such, activities without an actor or whose actor is
  /// known by name alone, or types of extensions.
  private static let interactions = [
    "core-ex1-jsonld.json: post",
    "core-ex2-jsonld.json: add",
    "core-ex20-jsonld.json: like",
    "core-ex21-jsonld.json: post like",
    "core-ex21b-jsonld.json: post",
    "core-ex22-jsonld.json: post like",
    "core-ex27-jsonld.json: post retract",
    "core-ex3-jsonld.json: add",
    "simple0017.json: like",
    "simple0018.json: like",
    "simple0019.json: like",
    "simple0020.json: like",
    "simple0021.json: like",
    "simple0023.json: retract",
    "vocabulary-ex121-jsonld.json: offer",
    "vocabulary-ex123-jsonld.json: offer",
    "vocabulary-ex166-jsonld.json: move",
    "vocabulary-ex171-jsonld.json: offer like",
    "vocabulary-ex173-jsonld.json: block",
    "vocabulary-ex175-jsonld.json: dislike",
    "vocabulary-ex181-jsonldb.json: relate",
    "vocabulary-ex193b-jsonld.json: like retract",
    "vocabulary-ex198-jsonld.json: move",
    "vocabulary-ex32-jsonld.json: retract",
    "vocabulary-ex61-jsonld.json: offer offer",
    "vocabulary-ex69-jsonld.json: offer",
    "vocabulary-ex70-jsonld.json: offer",
    "vocabulary-ex98-jsonld.json: like",
    "vocabulary-ex99-jsonld.json: like",
  ]
}
