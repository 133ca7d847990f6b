import Testing

struct ReportTests {
  private func page(
    _ scratch: Scratch, config: String = Posts.config, rows: String = Posts.rows, _ options: String...
  ) async throws -> String {
    let config = try scratch.file("scrm.json", config)
    let table = try scratch.file("posts.csv", Posts.header + rows)
    let answer = await scrm(["run", table, "--config", config, "--report", scratch.path("r.html")] + options)
    #expect(answer.status == 0, "\(answer.error)")
    return String(decoding: scratch.bytes("r.html") ?? [], as: UTF8.self)
  }

  @Test func `a run is drawn with its figures and reasons`() async throws {
    let page = try await page(try Scratch(), rows: Posts.rows + "5,ann\n")
    for text in [
      "<h1>posts.csv</h1>", "1 – 2 May 2024", "Half of 1 reply came within 10 min", "refund version 1 proposes reply",
      "cooling down", "enters twice version 1", "fieldCount", "<span lang=\"zh\">退款</span>",
    ] { #expect(page.contains(text), "\(text)") }
    #expect(!page.contains("王芳") && !page.contains(">ann"))
  }

  @Test func `the same run gives the same page, and another store another one`() async throws {
    let scratch = try Scratch()
    let first = try await page(scratch)
    #expect(try await page(scratch) == first)
    let store = "file:" + scratch.path("store.json")
    #expect(try await page(scratch, "--store", store) == first)
    // Nothing is new now: the store is as before, the run is not.
    let second = try await page(scratch, "--store", store)
    #expect(second.contains("0 accepted, 4 known already") && second.contains("1 reply came within 10 min"))
  }

  @Test func `names from the configuration cannot break out`() async throws {
    let name = "<script>alert('x')</script>"
    let page = try await page(
      try Scratch(), config: Posts.config.replacing("\"name\": \"refund\"", with: "\"name\": \"\(name)\""))
    #expect(!page.contains("<script") && page.contains("&lt;script&gt;alert(&#39;x&#39;)"))
  }

  @Test func `an empty input has an empty page, a stopped run none`() async throws {
    let scratch = try Scratch()
    #expect(try await page(scratch, rows: "").contains("Nothing happened."))
    let config = try scratch.file("scrm.json", Posts.config)
    let bad = await scrm(
      "run", "-", "--config", config, "--strict", "--report", scratch.path("none.html"),
      input: Array((Posts.header + "1,ann\n").utf8))
    #expect(bad.status == 1 && scratch.bytes("none.html") == nil)
    let folder = await scrm("run", "-", "--config", config, "--report", scratch.path("no/r.html"))
    #expect(folder.status == 1 && folder.error.contains("there is no folder for it"))
  }
}
