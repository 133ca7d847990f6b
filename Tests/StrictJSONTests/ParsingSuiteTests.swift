import StrictJSON
import Testing

/// JSONTestSuite by Nicolas Seriot ("Parsing JSON is a Minefield", 2016), which lies outside the repository.
///
/// ``GrammarTests`` holds cases of the same classes.
struct ParsingSuiteTests {
  private static let duplicates = ["y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"]

  @Test
  func parsing() {
    guard let files = TestData.files(in: "json/test_parsing") else { return }
    var counts: [Character: Int] = [:]
    for file in files {
      guard let kind = file.name.first else { continue }
      counts[kind, default: 0] += 1
      let strict = try? JSON(bytes: file.bytes)
      let lenient = try? JSON(bytes: file.bytes, limits: JSONLimits(maximumDepth: 512, duplicateKeys: .lastWins))
      switch kind {
      case "y":
        #expect(lenient != nil, "\(file.name)")
        #expect((strict == nil) == Self.duplicates.contains(file.name), "\(file.name)")
        if let lenient { #expect((try? JSON(bytes: lenient.bytes)) == lenient, "\(file.name)") }
      case "n": #expect(lenient == nil && strict == nil, "\(file.name)")
      default: break
      }
    }
    #expect(counts == ["y": 95, "n": 188, "i": 35])
  }

  @Test
  func implementationDefined() {
    guard let files = TestData.files(in: "json/test_parsing") else { return }
    for file in files where file.name.hasPrefix("i_") {
      // Numbers of any size are read, and kept; text that is no Unicode, and deep nesting, are refused.
      let accepted = (try? JSON(bytes: file.bytes)) != nil
      #expect(accepted == file.name.hasPrefix("i_number"), "\(file.name)")
    }
  }

  @Test
  func transform() throws {
    guard let files = TestData.files(in: "json/test_transform") else { return }
    for file in files {
      let json = try? JSON(bytes: file.bytes)
      switch file.name.prefix(9) {
      case "number_-9", "number_1.", "number_10", "number_1e", "number_92":
        // The lexeme survives.
        #expect(json.map { $0.bytes } == Array(file.bytes.filter { $0 > 0x20 }), "\(file.name)")
      case "object_ke": #expect(try json?.objectValue().count == 2, "\(file.name)")
      case "object_sa": #expect(json == nil, "\(file.name)")
      case "string_wi": #expect(try json?.arrayValue() == [.string("A\u{0}B")], "\(file.name)")
      default: #expect(json == nil, "\(file.name)")
      }
    }
    #expect(files.count == 22)
  }
}
