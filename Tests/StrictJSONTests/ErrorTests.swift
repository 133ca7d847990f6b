import StrictJSON
import Testing

/// Errors of member access: code, path and text.
struct ErrorTests {
  private struct Page: JSONCodable, Equatable {
    var title: String
    var tags: [String] = []
    var parent: String?
    init(json: JSON) throws(JSONError) {
      let object = try json.objectValue()
      title = try object.string("title")
      tags = try object.strings("tags")
      parent = try object.optionalString("parent")
    }
    func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.field("title", title)
      writer.field("tags", tags)
      writer.field("parent", parent)
      writer.endObject()
    }
  }

  private func object(_ text: String) throws -> JSONObject { try JSON(text: text).objectValue() }

  @Test
  func readsMembers() throws {
    let members = try object(
      "{\"s\":\"x\",\"i\":5,\"b\":true,\"d\":1.5,\"o\":{\"k\":1},\"l\":[\"p\",\"q\"],\"n\":null,\"page\":{\"title\":\"t\"}}"
    )
    #expect(try members.string("s") == "x")
    #expect(try members.int("i") == 5)
    #expect(try members.bool("b"))
    #expect(try members.double("d") == 1.5)
    #expect(try members.double("i") == 5)
    #expect(try members.object("o").int("k") == 1)
    #expect(try members.strings("l") == ["p", "q"])
    #expect(try members.optionalString("s") == "x")
    #expect(try members.optionalInt("i") == 5)
    #expect(try members.optionalBool("b") == true)
    #expect(try members.optionalDouble("d") == 1.5)
    #expect(try members.optionalObject("o")?.count == 1)
    for absent in ["n", "none"] {
      #expect(try members.optionalString(absent) == nil)
      #expect(try members.optionalInt(absent) == nil)
      #expect(try members.optionalBool(absent) == nil)
      #expect(try members.optionalDouble(absent) == nil)
      #expect(try members.optionalObject(absent) == nil)
      #expect(try members.strings(absent).isEmpty)
      #expect(throws: JSONError.self) { try members.string(absent) }
      #expect(throws: JSONError.self) { try members.object(absent) }
    }
    let page: Page = try members.required("page")
    #expect(page.title == "t" && page.tags.isEmpty && page.parent == nil)
    #expect(page.jsonText == "{\"title\":\"t\"}")
  }

  @Test
  func errorsCarryThePath() throws {
    func failure(_ text: String) throws -> String {
      let members = try object(text)
      let error = #expect(throws: JSONError.self) { let _: [Page] = try members.array("pages") }
      return try #require(error).description
    }
    #expect(try failure("{\"pages\":5}") == "$.pages: expected an array, found a number")
    #expect(try failure("{\"pages\":[{\"title\":\"a\"},{}]}") == "$.pages[1].title: required member is missing")
    #expect(try failure("{\"pages\":[true]}") == "$.pages[0]: expected an object, found a truth value")
    #expect(
      try failure("{\"pages\":[{\"title\":\"a\",\"tags\":[\"x\",null]}]}")
        == "$.pages[0].tags[1]: expected a string, found null")
    #expect(
      try failure("{\"pages\":[{\"title\":\"a\",\"parent\":[]}]}")
        == "$.pages[0].parent: expected a string, found an array")
  }

  @Test
  func messagesDoNotQuoteValues() throws {
    for text in ["[\"secret", "[\"secret\\x\"]", "{\"a\":\"secret\" 1}", "[\"secret\",}"] {
      let error = try #require(readingError(text))
      #expect(!String(describing: error).contains("secret"))
      #expect(!String(reflecting: error).contains("secret"))
    }
    #expect(readingError("[1,")?.description == "$ at byte 3: expected a value")
  }

  @Test
  func longAndBrokenNamesAreShortened() {
    let long = JSONError(.missing, "r", path: [.key(String(repeating: "x", count: 1_000))])
    #expect(long.description.utf8.count < 100)
    // One character of many scalars.
    let stacked = JSONError(.missing, "r", path: [.key("a" + String(repeating: "\u{301}", count: 1_000))])
    #expect(stacked.description.utf8.count < 100)
    let lines = JSONError(.missing, "r", path: [.key("a\nb\u{1B}[0m\r\nc"), .index(3)])
    #expect(lines.description == "$.a\u{FFFD}b\u{FFFD}[0m\u{FFFD}\u{FFFD}c[3]: r")
    let exact = JSONError(.missing, "r", path: [.key(String(repeating: "é", count: 32))])
    #expect(exact.description == "$." + String(repeating: "é", count: 32) + ": r")
  }

  @Test
  func prefixing() {
    let error = JSONError(.missing, "r").prefixed(by: .index(2)).prefixed(by: .key("a"))
    #expect(error.path == [.key("a"), .index(2)])
    #expect(error.code == .missing)
    #expect(error.code.description == "missing")
  }
}
