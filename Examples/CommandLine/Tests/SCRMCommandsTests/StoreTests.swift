import SocialCRM
import Testing

struct StoreTests {
  @Test func `a second run with the same input changes nothing`() async throws {
    let scratch = try Scratch()
    let config = try scratch.file(
      "scrm.json", Posts.config.replacing("\"source\": \"test\",", with: "\"source\": \"test\", \"influence\": true,"))
    let table = try scratch.file("posts.csv", Posts.header + Posts.rows)
    let store = "file:" + scratch.path("store.json")
    let memory = await scrm("run", table, "--config", config)
    let first = await scrm("run", table, "--config", config, "--store", store, "--summary", scratch.path("1.json"))
    let kept = try #require(scratch.bytes("store.json"))
    let second = await scrm("run", table, "--config", config, "--store", store, "--summary", scratch.path("2.json"))
    #expect(second.error == "4 rows: 0 accepted, 4 duplicates, 0 refused, 0 unreadable; nothing changed\n")
    #expect(scratch.bytes("store.json") == kept)
    #expect(first.output == memory.output && second.output == memory.output)
    let (before, after) = (try scratch.json("1.json"), try scratch.json("2.json"))
    for part in ["store", "replies", "threads", "segments", "tiers", "actions", "influence"] {
      #expect(before[part] == after[part], "\(part)")
    }
  }

  @Test func `a run goes on where the last one ended`() async throws {
    let scratch = try Scratch()
    let config = try scratch.file("scrm.json", Posts.config)
    let store = "file:" + scratch.path("store.json")
    _ = await scrm("run", try scratch.file("1.csv", Posts.header + Posts.rows), "--config", config, "--store", store)
    let more = Posts.header + "5,Shop,brand,2024-05-03T08:00:00Z,we look into it,4\n"
    let answer = await scrm(
      "run", try scratch.file("2.csv", more), "--config", config, "--store", store, "--summary", scratch.path("s.json"))
    #expect(answer.status == 0)
    let summary = try scratch.json("s.json")
    #expect(summary["run", "rows"] == .int(1) && summary["store", "interactions"] == .int(5))
    #expect(summary["replies", "pairs"] == .int(2) && summary["replies", "open"] == .int(1))
    #expect(summary["store", "time"] == .string("2024-05-04T00:00:00Z"))
  }

  @Test func `a changed configuration is noted in the log`() async throws {
    let scratch = try Scratch()
    let table = try scratch.file("posts.csv", Posts.header + Posts.rows)
    let store = "file:" + scratch.path("store.json")
    _ = await scrm("run", table, "--config", try scratch.file("1.json", Posts.config), "--store", store)
    let kept = scratch.bytes("store.json")
    let other = Posts.config.replacing(#""twice", "version": 1"#, with: #""twice", "version": 2"#)
    let answer = await scrm("run", table, "--config", try scratch.file("2.json", other), "--store", store)
    #expect(answer.error == "4 rows: 0 accepted, 4 duplicates, 0 refused, 0 unreadable\n")
    #expect(scratch.bytes("store.json") != kept)
  }

  @Test func `a file that is no store is left as it is`() async throws {
    let scratch = try Scratch()
    let config = try scratch.file("scrm.json", Posts.config)
    let table = try scratch.file("posts.csv", Posts.header + Posts.rows)
    for text in ["", "not JSON", "{}", #"{"schema":99,"workspace":"default"}"#] {
      let path = try scratch.file("store.json", text)
      let answer = await scrm("run", table, "--config", config, "--store", "file:" + path)
      #expect(answer.status == 1 && answer.error.contains("is no store of this tool"), "\(text)")
      #expect(scratch.bytes("store.json") == Array(text.utf8))
    }
  }

  @Test func `a store of another workspace is refused`() async throws {
    let scratch = try Scratch()
    let table = try scratch.file("posts.csv", Posts.header + Posts.rows)
    let store = "file:" + scratch.path("store.json")
    _ = await scrm("run", table, "--config", try scratch.file("1.json", Posts.config), "--store", store)
    let other = try scratch.file("2.json", "{\"workspace\":\"other\"," + Posts.config.dropFirst())
    let answer = await scrm("run", table, "--config", other, "--store", store)
    #expect(answer.status == 1 && answer.error.contains("holds workspace default, expected other"))
  }
}
