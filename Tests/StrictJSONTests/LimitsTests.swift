import Foundation
import StrictJSON
import Testing

/// Limits and repeated names.
struct LimitsTests {
  /// Objects with one name twice, among so many others that they are searched or indexed.
  @Test(arguments: [0, 1, 5, 14, 15, 16, 40, 62, 63, 64, 65, 66, 300])
  func duplicateNames(others: Int) throws {
    let padding = (0..<others).map { ",\"a_rather_long_name_\($0)\":\($0)" }.joined()
    for text in ["{\"x\":1\(padding),\"x\":2}", "{\"x\":1,\"\\u0078\":2\(padding)}"] {
      let error = try #require(readingError(text))
      #expect(error.code == .duplicateKey)
      let second = text.hasSuffix("\"x\":2}") ? text.utf8.count - 6 : 7
      #expect(error.offset == second)
      let first = try JSON(text: text, limits: JSONLimits(duplicateKeys: .firstWins)).objectValue()
      let last = try JSON(text: text, limits: JSONLimits(duplicateKeys: .lastWins)).objectValue()
      #expect(first.count == others + 1)
      #expect(last.count == others + 1)
      #expect(try first.int("x") == 1)
      #expect(try last.int("x") == 2)
      #expect(first.map(\.key).first == "x")
      #expect(last.map(\.key).first == "x")
      if others > 0 { #expect(try last.int("a_rather_long_name_\(others - 1)") == Int64(others - 1)) }
    }
  }

  @Test
  func namesThatShareTheirEndsAreDifferent() throws {
    let text = "{\"12345678a12345678\":1,\"12345678b12345678\":2,\"12345678aa12345678\":3,\"\":4,\"\\u0000\":5}"
    let object = try JSON(text: text).objectValue()
    #expect(object.count == 5)
    #expect(try object.int("12345678b12345678") == 2)
    #expect(try object.int("\u{0}") == 5)
  }

  @Test
  func duplicatesInNestedObjects() throws {
    #expect(readingError("{\"a\":{\"a\":{\"a\":1}},\"b\":{\"a\":1}}") == nil)
    #expect(readingError("{\"a\":{\"b\":1},\"c\":{\"b\":1,\"b\":2}}")?.offset == 24)
    #expect(readingError("[{\"b\":1},{\"b\":1},{\"a\":[{\"b\":1}],\"b\":1,\"a\":2}]")?.offset == 38)
  }

  @Test
  func depth() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(readingError(nested(128)) == nil)
    let error = try #require(readingError(nested(129)))
    #expect(error.code == .depth)
    #expect(error.offset == 128)
    #expect(readingError(nested(512), limits: JSONLimits(maximumDepth: 512)) == nil)
    #expect(readingError(nested(513), limits: JSONLimits(maximumDepth: 100_000))?.code == .depth)
    var limits = JSONLimits.default
    limits.maximumDepth = .max
    #expect(limits.maximumDepth == 512)
    limits.maximumDepth = -1
    #expect(limits.maximumDepth == 1)
    #expect(readingError("[1]", limits: limits) == nil)
    #expect(readingError("[[]]", limits: limits)?.code == .depth)
    #expect(readingError("{\"a\":{}}", limits: limits)?.offset == 5)
  }

  @Test
  func hostileNestingIsRefusedAtTheLimit() {
    let brackets = [UInt8](repeating: 0x5B, count: 10 << 20)
    #expect(readingError(brackets)?.offset == 128)
    let objects = Array(String(repeating: "{\"a\":", count: 1 << 20).utf8)
    #expect(readingError(objects)?.code == .depth)
  }

  /// Secondary threads often have stacks of 512 KiB; a build without optimisation needs most of it.
  @Test(arguments: [(128, 512), (512, 1_024)])
  func deepDocumentsFitInASmallStack(depth: Int, kibibytes: Int) async {
    let text = String(repeating: "{\"a\":[", count: depth / 2) + "1" + String(repeating: "]}", count: depth / 2)
    let same: Bool = await withCheckedContinuation { continuation in
      let thread = Thread {
        let tree = try? JSON(text: text, limits: JSONLimits(maximumDepth: depth))
        let copy = try? JSON(text: tree?.text ?? "", limits: JSONLimits(maximumDepth: depth))
        continuation.resume(returning: tree == copy && tree?.text == text && tree?.hashValue == copy?.hashValue)
      }
      thread.stackSize = kibibytes << 10
      thread.start()
    }
    #expect(same)
  }

  @Test
  func size() {
    #expect(readingError("[1,2]", limits: JSONLimits(maximumBytes: 5)) == nil)
    #expect(readingError("[1,2 ]", limits: JSONLimits(maximumBytes: 5))?.code == .size)
  }

  @Test
  func manyMembers() throws {
    let count = 100_000
    let text = "{" + (0..<count).map { "\"k\($0)\":\($0)" }.joined(separator: ",") + "}"
    let json = try JSON(text: text)
    let object = try json.objectValue()
    #expect(object.count == count)
    for key in stride(from: 0, to: count, by: 997) { #expect(try object.int("k\(key)") == Int64(key)) }
    #expect(json.text == text)
    let twice = text.dropLast() + ",\"k77777\":0}"
    #expect(readingError(String(twice))?.code == .duplicateKey)
  }
}
