import Foundation
import Testing

struct CelTests {
  @Test func `an expression is evaluated over bindings`() async throws {
    let scratch = try Scratch()
    let bindings = try scratch.file("b.json", #"{"event":{"type":"comment","amount":12.5},"tags":["vip"]}"#)
    let answer = await scrm("cel", "eval", "event.type + '/' + tags[0]", "--bindings", bindings)
    #expect(answer.status == 0 && answer.output == "\"comment/vip\"\n" && answer.error.isEmpty)
    let explained = await scrm("cel", "eval", "event.amount > 10.0", "--bindings", bindings, "--explain")
    #expect(explained.output == "true\n")
    #expect(explained.error == "event.amount > 10.0 is true (event.amount = 12.5)\n")
    let zone = await scrm("cel", "eval", "timestamp('2024-05-01T20:00:00Z').getDate('Asia/Shanghai')")
    #expect(zone.output == "2\n")
  }

  @Test func `faults give status 1 and say where`() async throws {
    let syntax = await scrm("cel", "eval", "1 +")
    #expect(syntax.status == 1 && syntax.error.contains("1:4: expected an operand, found the end"))
    let division = await scrm("cel", "eval", "1 / 0")
    #expect(division.status == 1 && division.error.contains("divisionByZero"))
    let missing = await scrm("cel", "eval", "1", "--bindings", "/nowhere.json")
    #expect(missing.status == 1 && missing.error.contains("cannot be read"))
  }

  @Test func `conformance files are judged line by line`() async throws {
    let scratch = try Scratch()
    let file = try scratch.file(
      "t.jsonl",
      """
      {"id":"a/b/sum","expr":"1 + 1","expect":{"value":{"t":"int","v":"2"}}}
      {"id":"a/b/proto","expr":"M{}","proto":true,"expect":{"error":["x"]}}
      {"id":"a/b/wrong","expr":"1 + 1","expect":{"value":{"t":"int","v":"3"}}}
      """)
    let answer = await scrm("cel", "conformance", file)
    #expect(answer.status == 1)
    #expect(
      answer.output == """
        a/b/sum pass
        a/b/proto skip(needs protobuf)
        a/b/wrong fail
        1 passed, 1 failed, 1 skipped

        """)
    #expect(answer.error.contains("a/b/wrong: expected 3, found 2"))
  }
}
