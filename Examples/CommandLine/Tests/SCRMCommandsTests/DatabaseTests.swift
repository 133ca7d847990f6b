import SQLiteStore
import SocialCRM
import Testing

struct DatabaseTests {
  @Test func `a second run with the same input changes nothing in the database`() async throws {
    let scratch = try Scratch()
    let config = try scratch.file(
      "scrm.json", Posts.config.replacing("\"source\": \"test\",", with: "\"source\": \"test\", \"influence\": true,"))
    let table = try scratch.file("posts.csv", Posts.header + Posts.rows)
    let store = "sqlite:" + scratch.path("crm.sqlite")
    let memory = await scrm("run", table, "--config", config)
    let first = await scrm("run", table, "--config", config, "--store", store)
    let kept = try await SQLiteStore(path: scratch.path("crm.sqlite")).snapshot()
    let second = await scrm("run", table, "--config", config, "--store", store)
    #expect(first.status == 0 && second.status == 0)
    #expect(first.error == "4 rows: 4 accepted, 0 duplicates, 0 refused, 0 unreadable\n")
    #expect(second.error == "4 rows: 0 accepted, 4 duplicates, 0 refused, 0 unreadable; nothing changed\n")
    #expect(first.output == memory.output && second.output == memory.output && !memory.output.isEmpty)
    #expect(try await SQLiteStore(path: scratch.path("crm.sqlite")).snapshot() == kept)
  }

  @Test func `one file keeps several workspaces apart, and each goes on where it ended`() async throws {
    let scratch = try Scratch()
    let store = "sqlite:" + scratch.path("crm.sqlite")
    let table = try scratch.file("1.csv", Posts.header + Posts.rows)
    let one = try scratch.file("1.json", Posts.config)
    let other = try scratch.file("2.json", "{\"workspace\":\"other\"," + Posts.config.dropFirst())
    _ = await scrm("run", table, "--config", one, "--store", store)
    let apart = await scrm("run", table, "--config", other, "--store", store)
    #expect(apart.error == "4 rows: 4 accepted, 0 duplicates, 0 refused, 0 unreadable\n")
    let more = try scratch.file("2.csv", Posts.header + "5,Shop,brand,2024-05-03T08:00:00Z,we look into it,4\n")
    let answer = await scrm("run", more, "--config", one, "--store", store, "--summary", scratch.path("s.json"))
    #expect(answer.status == 0)
    let summary = try scratch.json("s.json")
    #expect(summary["run", "rows"] == .int(1) && summary["store", "interactions"] == .int(5))
  }

  @Test func `a file that is no database is left as it is`() async throws {
    let scratch = try Scratch()
    let config = try scratch.file("scrm.json", Posts.config)
    let table = try scratch.file("posts.csv", Posts.header + Posts.rows)
    let text = String(repeating: "not a database ", count: 100)
    let path = try scratch.file("crm.sqlite", text)
    let answer = await scrm("run", table, "--config", config, "--store", "sqlite:" + path)
    #expect(answer.status == 1 && answer.error.contains("the store cannot be opened"))
    #expect(scratch.bytes("crm.sqlite") == Array(text.utf8))
  }

  @Test func `a strict run says that the batches before the bad row are kept`() async throws {
    let scratch = try Scratch()
    let config = try scratch.file("scrm.json", Posts.config)
    let table = try scratch.file("posts.csv", Posts.header + Posts.rows + "5,ann,customer,no time,hello,\n")
    let store = "sqlite:" + scratch.path("crm.sqlite")
    let answer = await scrm("run", table, "--config", config, "--store", store, "--strict")
    #expect(answer.status == 1 && answer.error.contains("the batches before it are in the store"))
  }
}
