import SocialCRM
import Testing

struct RunTests {
  @Test func `a table becomes people, memberships and actions`() async throws {
    let scratch = try Scratch()
    let config = try scratch.file("scrm.json", Posts.config)
    let table = try scratch.file("posts.csv", Posts.header + Posts.rows)
    let answer = await scrm("run", table, "--config", config, "--summary", scratch.path("s.json"))
    #expect(answer.status == 0 && answer.error == "4 rows: 4 accepted, 0 duplicates, 0 refused, 0 unreadable\n")
    let names = try answer.lines("person").map { JSON.object($0)["accounts", "0", "value"] }
    #expect(Set(names) == [.string("ann"), .string("王芳")])
    #expect(try answer.lines("membership").map { $0["segment"] } == [.string("twice")])
    let actions = try answer.lines("action")
    #expect(actions.map { $0["status"] } == [.string("proposed"), .string("suppressed"), .string("proposed")])
    #expect(actions[1]["suppressed"] == .string("cooldown"))
    #expect(actions.allSatisfy { $0["explanation"] == nil })

    let summary = try scratch.json("s.json")
    #expect(summary["replies", "pairs"] == .int(1) && summary["replies", "open"] == .int(2))
    #expect(summary["replies", "brands", "Shop", "latencySeconds", "median"]?.number == 600)
    #expect(summary["threads", "largest"] == .int(3) && summary["threads", "count"] == .int(2))
    #expect(summary["segments", "twice", "members"] == .int(1))
    #expect(summary["actions", "refund", "proposed"] == .int(2))
    #expect(summary["actions", "refund", "suppressed:cooldown"] == .int(1))
    #expect(summary["store", "people"] == .int(2) && summary["store", "merges"] == .int(0))
    #expect(summary["store", "time"] == .string("2024-05-03T00:00:00Z"))
    #expect(summary["influence"] == nil)
  }

  @Test func `reasons are given when they are asked for`() async throws {
    let scratch = try Scratch()
    let config = try scratch.file(
      "scrm.json", Posts.config.replacing("\"source\": \"test\",", with: "\"source\": \"test\", \"influence\": true,"))
    let rows = Posts.rows + "5,bob,customer,2024-05-02T09:00:00Z,@ann I too,\n"
    let table = try scratch.file("posts.csv", Posts.header + rows)
    let answer = await scrm("run", table, "--config", config, "--explain", "--output", scratch.path("o.ndjson"))
    #expect(answer.status == 0 && answer.output.isEmpty)
    let lines = Answer(status: 0, output: String(decoding: scratch.bytes("o.ndjson") ?? [], as: UTF8.self), error: "")
    for action in try lines.lines("action") {
      let conclusion = try JSON.object(action)["explanation", "conclusion"]?.stringValue()
      #expect(conclusion == "refund version 1 proposes reply")
    }
    let scores = try lines.lines("score")
    #expect(scores.count == 1)
    #expect(try scores.first.flatMap { JSON.object($0)["explanation", "evidence"] }?.arrayValue().count == 3)
  }

  @Test func `an import proposes nothing`() async throws {
    let scratch = try Scratch()
    let config = try scratch.file("scrm.json", Posts.config)
    let table = try scratch.file("posts.csv", Posts.header + Posts.rows)
    let answer = await scrm("run", table, "--config", config, "--mode", "backfill")
    let actions = try answer.lines("action")
    #expect(actions.count == 3 && actions.allSatisfy { $0["suppressed"] == .string("backfill") })
  }

  @Test func `standard input, several files and a file in pieces give the same`() async throws {
    let scratch = try Scratch()
    let config = try scratch.file("scrm.json", Posts.config)
    // Above 64 KiB, so that rows are cut by chunks; texts with line breaks in quotation marks.
    let rows = (0..<3_000).map { index in
      "\(index),user\(index % 97),customer,2024-05-0\(1 + index / 1_000)T08:00:00Z,\"line one\nrefund 退款 \(index)\","
    }
    let whole = Posts.header + rows.joined(separator: "\r\n")
    let one = await scrm("run", try scratch.file("all.csv", whole), "--config", config)
    let piped = await scrm("run", "-", "--config", config, input: Array(whole.utf8))
    let first = try scratch.file("1.csv", Posts.header + rows[..<1_500].joined(separator: "\n"))
    let second = try scratch.file("2.csv", Posts.header + rows[1_500...].joined(separator: "\n"))
    let two = await scrm("run", first, second, "--config", config)
    #expect(one.status == 0 && one.error.hasPrefix("3000 rows: 3000 accepted"))
    #expect(one.output == piped.output && one.output == two.output)
    #expect(try one.lines("person").count == 97)
  }

  @Test func `an empty input is nothing and no failure`() async throws {
    let scratch = try Scratch()
    let config = try scratch.file("scrm.json", Posts.config)
    for text in ["", Posts.header] {
      let answer = await scrm(
        "run", "-", "--config", config, "--summary", scratch.path("s.json"), input: Array(text.utf8))
      #expect(answer.status == 0 && answer.output.isEmpty)
      #expect(try scratch.json("s.json")["replies", "latencySeconds"] == .null)
    }
  }

  @Test func `timings name the phases`() async throws {
    let scratch = try Scratch()
    let config = try scratch.file("scrm.json", Posts.config)
    let table = try scratch.file("posts.csv", Posts.header + Posts.rows)
    _ = await scrm("run", table, "--config", config, "--timings", scratch.path("t.json"))
    let timings = try scratch.json("t.json")
    for phase in ["open", "read", "parse", "ingest", "measure", "advance", "save", "write"] {
      #expect(timings["seconds", phase] != nil, "\(phase)")
    }
    #expect(timings["rows"] == .int(4) && timings["threads"] == .int(1))
    #expect((timings["peak_rss_bytes"]?.number ?? 0) > 1_000_000)
  }
}

extension JSON {
  var number: Double? { try? doubleValue() }
}
