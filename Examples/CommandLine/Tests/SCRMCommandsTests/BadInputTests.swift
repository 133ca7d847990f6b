import SocialCRM
import Testing

struct BadInputTests {
  private static let bad: [UInt8] =
    Array(
      (Posts.header + """
        1,ann,customer,2024-05-01T08:00:00Z,first,
        2,ann,customer,2024-05-01T09:00:00Z
        3,ann,customer,yesterday,third,
        4,ann,robot,2024-05-01T10:00:00Z,fourth,
        1,ann,customer,2024-05-01T08:00:00Z,another first,
        5,,customer,2024-05-01T11:00:00Z,fifth,
        6,ann,customer,2024-05-01T12:00:00Z,,\n
        """).utf8) + [0x37, 0x2C, 0xFF, 0x0A] + Array("8,bob,customer,2024-05-01T13:00:00Z,\"a\nb\",\n".utf8)
    + Array("9,bob,customer,2024-05-01,late,\n".utf8)

  @Test func `a bad row is reported with its line and the rest goes on`() async throws {
    let scratch = try Scratch()
    let config = try scratch.file("scrm.json", Posts.config)
    let table = try scratch.file("posts.csv", Self.bad)
    let answer = await scrm("run", table, "--config", config, "--summary", scratch.path("s.json"))
    #expect(answer.status == 0)
    let lines = answer.error.split(separator: "\n").map(String.init)
    let places = lines.dropLast().map { line in line.dropFirst(table.utf8.count + 1).prefix { $0 != ":" } }
    #expect(places == ["3", "4", "5", "6", "7", "9", "12"], "\(answer.error)")
    #expect(lines[0] == "\(table):3: the row has 4 fields, expected 6")
    #expect(lines[1].hasPrefix("\(table):4: column when: expected a date-time"))
    #expect(lines[3] == "\(table):6: test/1: the same event key was accepted before with another body")
    #expect(lines.last == "10 rows: 3 accepted, 0 duplicates, 1 refused, 6 unreadable")
    let run = try scratch.json("s.json")["run"]
    #expect(run?["refused"] == .int(1) && run?["unreadable"] == .int(6) && run?["rows"] == .int(10))
    // Nothing that was said is quoted.
    #expect(!answer.error.contains("yesterday") && !answer.error.contains("another first"))
  }

  @Test func `strict stops at the first bad row and writes nothing`() async throws {
    let scratch = try Scratch()
    let config = try scratch.file("scrm.json", Posts.config)
    let store = "file:" + scratch.path("store.json")
    _ = await scrm("run", try scratch.file("good.csv", Posts.header + Posts.rows), "--config", config, "--store", store)
    let before = try #require(scratch.bytes("store.json"))
    let table = try scratch.file("posts.csv", Self.bad)
    let answer = await scrm(
      "run", table, "--config", config, "--strict", "--store", store, "--output", scratch.path("o.ndjson"), "--summary",
      scratch.path("s.json"))
    #expect(answer.status == 1)
    #expect(answer.error.split(separator: "\n").count == 2 && answer.error.contains("--strict"))
    #expect(scratch.bytes("store.json") == before)
    #expect(scratch.bytes("o.ndjson") == nil && scratch.bytes("s.json") == nil)
  }

  @Test func `strict takes good input and repeated input`() async throws {
    let scratch = try Scratch()
    let config = try scratch.file("scrm.json", Posts.config)
    let table = try scratch.file("posts.csv", Posts.header + Posts.rows + Posts.rows)
    let answer = await scrm("run", table, "--config", config, "--strict")
    #expect(answer.status == 0 && answer.error.hasPrefix("8 rows: 4 accepted, 4 duplicates"))
  }

  @Test func `a table that does not fit the mapping is refused as a whole`() async throws {
    let scratch = try Scratch()
    let config = try scratch.file("scrm.json", Posts.config)
    let missing = await scrm("run", "-", "--config", config, input: Array("id,who\n1,ann\n".utf8))
    #expect(missing.status == 1)
    #expect(missing.error == "scrm: standard input:1: column role: the table has no such column\n")
    let twice = await scrm("run", "-", "--config", config, input: Array("id,id,who,role,when,said,answers".utf8))
    #expect(twice.status == 1 && twice.error.contains("has this column twice"))
    let broken = await scrm("run", "-", "--config", config, input: [0xFF, 0x0A])
    #expect(broken.status == 1 && broken.error.contains("standard input:1: the row is not valid UTF-8"))
  }

  @Test func `a compressed file is recognised`() async throws {
    let scratch = try Scratch()
    let config = try scratch.file("scrm.json", Posts.config)
    let answer = await scrm("run", try scratch.file("a.gz", [0x1F, 0x8B, 8, 0, 0]), "--config", config)
    #expect(answer.status == 1 && answer.error.contains("gunzip -c"))
  }
}
