import Foundation
import StrictJSON
import Testing

/// The writer by hand-written answers and against Foundation's reader.
struct WriterTests {
  @Test
  func commasAndNesting() {
    var writer = JSONWriter(reservingCapacity: 64)
    writer.beginObject()
    writer.key("a")
    writer.beginArray()
    writer.endArray()
    writer.key("b")
    writer.beginArray()
    writer.null()
    writer.bool(true)
    writer.bool(false)
    writer.int(-5)
    writer.uint(.max)
    writer.double(0.5)
    writer.double(.nan)
    writer.double(-.infinity)
    writer.string("x")
    writer.beginObject()
    writer.endObject()
    writer.raw(Array("[1, 2]".utf8))
    writer.endArray()
    writer.key("c")
    writer.value(.object(JSONObject([("d", .null), ("e", .array([]))])))
    writer.key("f")
    writer.write("g")
    writer.endObject()
    #expect(
      String(decoding: writer.bytes, as: UTF8.self)
        == "{\"a\":[],\"b\":[null,true,false,-5,18446744073709551615,0.5,null,null,\"x\",{},[1, 2]],"
        + "\"c\":{\"d\":null,\"e\":[]},\"f\":\"g\"}")
  }

  @Test
  func fieldsLeaveOutWhatIsAbsent() {
    var writer = JSONWriter()
    writer.beginObject()
    writer.field("text", "t")
    writer.field("noText", String?.none)
    writer.field("int", 1)
    writer.field("int64", Int64.min)
    writer.field("bool", false)
    writer.field("double", 2.0)
    writer.field("noDouble", Double?.none)
    writer.field("tree", JSON.null)
    writer.field("noTree", JSON?.none)
    writer.field("list", ["a", "b"])
    writer.field("noList", [String]())
    writer.endObject()
    #expect(
      String(decoding: writer.bytes, as: UTF8.self)
        == "{\"text\":\"t\",\"int\":1,\"int64\":-9223372036854775808,\"bool\":false,\"double\":2.0,\"tree\":null,"
        + "\"list\":[\"a\",\"b\"]}")
  }

  @Test
  func integersOfEveryLength() {
    var value: UInt64 = 1
    for _ in 0..<20 {
      for candidate in [value &- 1, value, value &+ 1] {
        var writer = JSONWriter()
        writer.uint(candidate)
        #expect(String(decoding: writer.bytes, as: UTF8.self) == String(candidate))
        var signed = JSONWriter()
        signed.int(-Int64(truncatingIfNeeded: candidate >> 1))
        #expect(String(decoding: signed.bytes, as: UTF8.self) == String(-Int64(candidate >> 1)))
      }
      value = value &* 10
    }
    var writer = JSONWriter()
    writer.int(.min)
    #expect(String(decoding: writer.bytes, as: UTF8.self) == "-9223372036854775808")
  }

  @Test(arguments: UInt64(1)...20)
  func foundationReadsTheSameText(seed: UInt64) throws {
    var random = TestRandom(seed)
    for _ in 0..<50 {
      let text = random.text()
      let bytes = JSON.array([.string(text)]).bytes
      let read = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String]
      #expect(read?.first.map { Array($0.utf8) } == Array(text.utf8))
      let written = try JSONEncoder().encode([text])
      #expect(try JSON(bytes: [UInt8](written)) == .array([.string(text)]))
    }
  }

  @Test
  func controlsAsFoundationWritesThem() throws {
    let text = String(String.UnicodeScalarView((0..<0x80).compactMap { Unicode.Scalar(UInt32($0)) }))
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    let theirs = try encoder.encode([text])
    #expect(JSON.array([.string(text)]).text.lowercased() == String(decoding: theirs, as: UTF8.self).lowercased())
  }

  @Test
  func writesNoRawControlOrBrokenText() throws {
    var random = TestRandom(7)
    for _ in 0..<500 {
      for byte in random.tree(depth: 3).bytes { #expect(byte >= 0x20) }
    }
  }
}
