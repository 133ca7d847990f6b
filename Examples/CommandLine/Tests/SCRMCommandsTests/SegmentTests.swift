import SocialCRM
import Testing

/// `scrm segment`: memberships, changes, explanations and previews.
struct SegmentTests {
  private static let definitions = """
    {"facts": [{"name": "person.city", "type": "string", "origin": "trait"},
               {"name": "person.age", "type": "int", "origin": "trait"}],
     "segments": [{"name": "buyers", "when": "count('purchase', days(30)) >= 2"},
                  {"name": "locals", "when": "person.city == '上海'"},
                  {"name": "web", "when": "count('*', days(9), event.channel == 'web') >= 1 && !segment('buyers')"}]}
    """
  private static let profiles = """
    {"id": "anna", "facts": {"person.city": "上海", "person.age": 31}}
    {"id": "bo", "facts": {"person.city": "Paris"}}
    {"id": "陈"}
    """ + "\n"
  private static let interactions = """
    {"person": "anna", "kind": "purchase", "at": "2025-06-01T00:00:00Z", "amount": 12}
    {"person": "anna", "kind": "purchase", "at": "2025-06-03T00:00:00Z", "amount": 8.5}
    {"person": "陈", "kind": "view", "at": "2025-06-10T00:00:00Z", "fields": {"channel": "web"}}
    {"v": 1, "source": "shop", "id": "1", "kind": "view", "at": "2025-06-12T00:00:00Z", "context": {"channel": "web"}, "actor": {"ids": [{"ns": "weibo", "value": "bo"}]}}
    """ + "\n"

  /// The three files of a run, which live as long as this does.
  private struct Files {
    let scratch = try? Scratch()
    var arguments: [String] = []

    init(
      _ definitions: String = SegmentTests.definitions, _ profiles: String = SegmentTests.profiles,
      _ interactions: String = SegmentTests.interactions
    ) throws {
      let scratch = try #require(scratch)
      arguments = [
        "segment", "--profiles", try scratch.file("p.ndjson", profiles), "--interactions",
        try scratch.file("i.ndjson", interactions), "--definitions", try scratch.file("d.json", definitions),
      ]
    }

    func run(_ more: String...) async -> Answer { await run(more) }

    func run(_ more: [String]) async -> Answer { await scrm(arguments + more) }
  }

  @Test func `memberships are a table by segment and profile`() async throws {
    let files = try Files()
    let scratch = try #require(files.scratch)
    let answer = await files.run(
      "--as-of", "2025-06-15T00:00:00Z", "--timings", scratch.path("t.json"), "--threads", "2")
    #expect(answer.status == 0, "\(answer.error)")
    #expect(answer.output == "segment,person\nbuyers,anna\nlocals,anna\nweb,bo\nweb,陈\n")
    #expect(answer.error == "7 rows: 0 refused; 3 people, 4 interactions\n")
    let timings = try scratch.json("t.json")
    #expect(timings["seconds", "evaluate"] != nil && timings["people"] == .int(3))
    let later = await files.run("--as-of", "2025-07-01T00:00:00Z")
    #expect(later.output == "segment,person\nlocals,anna\n")
  }

  @Test func `a replay writes every change once and in order`() async throws {
    let files = try Files()
    let answer = await files.run("--as-of", "2025-07-02T00:00:00Z", "--incremental")
    #expect(answer.status == 0, "\(answer.error)")
    #expect(
      answer.output == """
        time,segment,person,change
        2025-05-31T23:59:59.999Z,locals,anna,entered
        2025-06-03T00:00:00Z,buyers,anna,entered
        2025-06-10T00:00:00Z,web,陈,entered
        2025-06-12T00:00:00Z,web,bo,entered
        2025-06-19T00:00:00Z,web,陈,left
        2025-06-21T00:00:00Z,web,bo,left
        2025-07-01T00:00:00Z,buyers,anna,left

        """)
  }

  @Test func `a person is explained`() async throws {
    let files = try Files()
    let answer = await files.run("--as-of", "2025-06-15T00:00:00Z", "--person", "anna")
    #expect(answer.status == 0, "\(answer.error)")
    let lines = answer.output.split(separator: "\n")
    let explanations = try lines.map { try SegmentExplanation(jsonText: String($0)) }
    #expect(explanations.map(\.segment) == ["buyers", "locals", "web"])
    #expect(explanations.map(\.isMember) == [true, true, false])
    #expect(explanations[0].changesByItself == 1_751_328_000_000)
    let nobody = await files.run("--as-of", "2025-06-15T00:00:00Z", "--person", "zoe")
    #expect(nobody.status == 1 && nobody.error.contains("no profile has the id zoe"))
  }

  @Test func `rows say why`() async throws {
    let files = try Files()
    let members = await files.run("--as-of", "2025-06-15T00:00:00Z", "--explain")
    #expect(members.status == 0, "\(members.error)")
    #expect(
      members.output.hasPrefix(
        """
        segment,person,explanation
        buyers,anna,"in buyers version 1 at 2025-06-15T00:00:00Z
        - count(""purchase"", days(30)) >= 2 holds, it is 2
        - by itself leaves at 2025-07-01T00:00:00Z

        """), "\(members.output)")
    let changes = await files.run("--as-of", "2025-07-02T00:00:00Z", "--incremental", "--explain")
    let lines = changes.output.split(separator: "\n")
    #expect(lines[0] == "time,segment,person,change,explanation")
    let condition = "count(\"\"purchase\"\", days(30)) >= 2\""
    #expect(lines[2].hasSuffix("buyers,anna,entered,\"an interaction: \(condition)"), "\(lines[2])")
    #expect(lines[7].hasSuffix("buyers,anna,left,\"time passed: \(condition)"), "\(lines[7])")
  }

  private static let ranked = """
    {"facts": [], "rankings": [
       {"name": "top", "by": "count('*', days(7))", "top": 1, "every": "86400s"},
       {"name": "half", "by": "sum('purchase', event.amount, ever())", "percentile": [0.5, 1]}],
     "segments": [{"name": "busiest", "when": "snapshot('top') && did('*', ever())"},
                  {"name": "best", "when": "snapshot('half')"}]}
    """

  @Test func `rankings are computed of everybody and stand until the next`() async throws {
    let files = try Files(Self.ranked, "{\"id\": \"anna\"}\n{\"id\": \"bo\"}\n{\"id\": \"陈\"}\n")
    // As of the 15th: three of three ranks, anna spent; in the last seven days 陈 and bo did one thing each, anna none.
    let answer = await files.run("--as-of", "2025-06-15T12:00:00Z")
    #expect(answer.status == 0, "\(answer.error)")
    #expect(answer.output == "segment,person\nbusiest,bo\nbusiest,陈\nbest,anna\n")
    let replay = await files.run("--as-of", "2025-06-15T12:00:00Z", "--incremental")
    #expect(
      replay.output == """
        time,segment,person,change
        2025-06-01T00:00:00Z,busiest,anna,entered
        2025-06-10T00:00:00Z,busiest,anna,left
        2025-06-10T00:00:00Z,busiest,陈,entered
        2025-06-12T00:00:00Z,busiest,bo,entered
        2025-06-15T12:00:00Z,best,anna,entered

        """, "\(replay.error)")
    let person = await files.run("--as-of", "2025-06-15T12:00:00Z", "--person", "anna")
    let explanations = try person.output.split(separator: "\n").map { try SegmentExplanation(jsonText: String($0)) }
    #expect(explanations.map(\.isMember) == [false, true])
  }

  @Test func `a preview of everybody is exact, ready segments stand beside others`() async throws {
    let files = try Files(
      #"{"ready": ["activity"], "segments": []}"#, "{\"id\": \"anna\"}\n", Self.interactions)
    let answer = await files.run("--as-of", "2025-06-15T00:00:00Z", "--preview", "10", "--seed", "3")
    #expect(answer.status == 0, "\(answer.error)")
    // The first purchase is exactly fourteen days old: no longer new.
    #expect(
      answer.output.hasPrefix(
        "segment,sampled,found,population,estimate,low,high\nactivity.new,1,0,1,0,0,0\nactivity.active,1,1,1,1,1,1\n"))
    #expect(answer.error.contains("i.ndjson:3: column person: no profile has this id"))
  }

  @Test func `bad rows are named and counted, and strict stops at them`() async throws {
    let files = try Files(
      Self.definitions,
      """
      {"id": "anna", "facts": {"person.age": "old"}}
      {"id": "bo", "facts": {"person.height": 3}}
      {"id": "cy"}
      {"id": "cy"}
      nothing
      {"name": "dee"}
      """ + "\n",
      """
      {"person": "cy", "kind": "view", "at": "yesterday"}
      {"person": "cy", "kind": "view", "at": "2025-06-01T00:00:00Z", "fields": {"colour": "red"}}
      {"person": "cy", "kind": "view", "at": "2025-06-01T00:00:00Z", "amount": "much"}
      {"person": "cy", "kind": "view", "at": "2025-06-01T00:00:00Z", "extra": 1}
      """ + "\n")
    let answer = await files.run("--as-of", "2025-06-15T00:00:00Z")
    #expect(answer.status == 0)
    for line in ["p.ndjson:1:", "p.ndjson:2:", "p.ndjson:4:", "p.ndjson:5:", "p.ndjson:6:"] {
      #expect(answer.error.contains(line), "\(line) \(answer.error)")
    }
    for line in 1...4 { #expect(answer.error.contains("i.ndjson:\(line):"), "\(answer.error)") }
    #expect(answer.error.hasSuffix("10 rows: 9 refused; 1 people, 0 interactions\n"))
    let strict = await files.run("--as-of", "2025-06-15T00:00:00Z", "--strict")
    #expect(strict.status == 1 && strict.error.contains("p.ndjson:1:"))
  }

  @Test(arguments: [
    "{}", "[]", "{\"segments\": [{\"name\": \"a\"}]}", "{\"segments\": [], \"segment\": 1}",
    "{\"segments\": [{\"name\": \"a\", \"when\": \"count('x') > 1\"}]}",
    "{\"segments\": [{\"name\": \"a\", \"when\": \"person.city == 'x'\"}]}",
    "{\"segments\": [{\"name\": \"a\", \"when\": \"segment('b')\"}]}",
    "{\"segments\": [{\"name\": \"a\", \"when\": \"count('x', today('Nowhere/Zone')) > 1\"}]}",
    "{\"ready\": [\"everything\"]}", "{\"segments\": [{\"name\": \"a\", \"when\": \"snapshot('b')\"}]}",
    "{\"segments\": [], \"rankings\": [{\"name\": \"a\", \"by\": \"count('x', ever())\"}]}",
    "{\"segments\": [], \"rankings\": [{\"name\": \"a\", \"by\": \"sum('x', event.y, ever())\", \"top\": 3}]}",
    "{\"segments\": [], \"rankings\": [{\"name\": \"a\", \"by\": \"count('x', ever()) > 1\", \"top\": 3}]}",
    "{\"segments\": [], \"fields\": [{\"name\": \"amount\", \"type\": \"double\"}]}",
  ])
  func `definitions that do not fit fail with their place`(text: String) async throws {
    let files = try Files(text)
    let answer = await files.run("--as-of", "2025-06-15T00:00:00Z")
    #expect(answer.status == 1 && answer.error.contains("d.json: "), "\(answer.error)")
    #expect(answer.output.isEmpty)
  }

  @Test func `wrong usage is told`() async throws {
    let files = try Files()
    for wrong in [
      ["--as-of", "soon"], ["--as-of", "2025-06-15T00:00:00Z", "--incremental", "--preview", "3"],
      ["--as-of", "2025-06-15T00:00:00Z", "--explain", "--preview", "3"],
      ["--as-of", "2025-06-15T00:00:00Z", "--seed", "3"], ["--as-of", "2025-06-15T00:00:00Z", "--threads", "0"], [],
    ] {
      #expect(await files.run(wrong).status == 64)
    }
    let missing = await scrm(
      "segment", "--profiles", "/nowhere/p", "--interactions", "-", "--definitions", files.arguments[6], "--as-of",
      "2025-06-15T00:00:00Z")
    #expect(missing.status == 1 && missing.error.contains("/nowhere/p: there is no such file"))
  }
}
