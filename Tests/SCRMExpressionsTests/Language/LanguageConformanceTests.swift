import Foundation
import SCRMExpressions
import Testing

/// The public conformance suite of CEL, as far as it lies outside the repository.
struct LanguageConformanceTests {
  static let zone: @Sendable (String) -> ZoneRules? = { name in
    guard let data = FileManager.default.contents(atPath: "/usr/share/zoneinfo/" + name) else { return nil }
    return try? ZoneRules(name, tzif: [UInt8](data))
  }

  @Test
  func everyTestWithoutProtobufPasses() throws {
    guard let root = ProcessInfo.processInfo.environment["SCRM_DATA"],
      let names = try? FileManager.default.contentsOfDirectory(atPath: root + "/cel")
    else {
      print("skipped: everyTestWithoutProtobufPasses() needs SCRM_DATA/cel")
      return
    }
    var passed = 0
    for name in names.sorted() where name.hasSuffix(".jsonl") {
      let data = try #require(FileManager.default.contents(atPath: root + "/cel/" + name))
      for line in [UInt8](data).split(separator: 0x0A) {
        let json = try JSON(bytes: line)
        let test = try ConformanceTest(json: json, zone: Self.zone)
        guard test.exclusion == nil else { continue }
        #expect(test.run() == .pass, "\(test.id): \(test.expression)")
        passed += 1
        let expectation = try json.objectValue().object("expect")
        if expectation["error"] != nil || expectation["any_error"] != nil {
          #expect(test.failureCode() == ExpectedFailures.codes[test.id], "\(test.id)")
        }
      }
    }
    #expect(passed == 991)
  }

  @Test
  func aTestIsReadAndJudged() throws {
    func outcome(_ text: String) throws -> ConformanceTest.Outcome {
      try ConformanceTest(json: JSON(text: text), zone: Self.zone).run()
    }
    #expect(
      try outcome(#"{"id":"a/b/c","expr":"1 + 1","expect":{"value":{"t":"int","v":"2"},"type":"int"}}"#) == .pass)
    #expect(
      try outcome(#"{"id":"a/b/c","expr":"1 + 1","expect":{"value":{"t":"int","v":"3"}}}"#)
        == .fail("expected 3, found 2"))
    #expect(try outcome(#"{"id":"a/b/c","expr":"1 / 0","expect":{"error":["divide by zero"]}}"#) == .pass)
    #expect(
      try outcome(#"{"id":"a/b/c","expr":"nosuch(1)","expect":{"error":["divide by zero"]}}"#) != .pass,
      "an unknown function is no expected failure")
    #expect(
      try outcome(#"{"id":"network_ext/b/c","expr":"ip('::1')","expect":{"error":["x"]}}"#)
        == .skip("needs the extension network"))
    #expect(
      try outcome(
        #"{"id":"a/b/c","expr":"x.y","type_env":[{"name":"x","type":"map(string, int)"}],"bindings":{"x":{"t":"map","v":[[{"t":"string","v":"y"},{"t":"int","v":"7"}]]}},"expect":{"value":{"t":"int","v":"7"}}}"#
      ) == .pass)
  }
}
