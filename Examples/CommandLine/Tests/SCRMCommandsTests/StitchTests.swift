import SocialCRM
import Testing

/// `scrm stitch`: edges to components, records to people.
struct StitchTests {
  @Test func `edges become components named by their smallest identifier`() async throws {
    let answer = await scrm(
      "stitch", "--edges", "-", input: Array("left,right\nb,c\n\"x,1\",y\na,b\nb,c\n".utf8))
    #expect(answer.status == 0)
    #expect(answer.output == "identifier,component\nb,a\nc,a\n\"x,1\",\"x,1\"\ny,\"x,1\"\na,a\n")
    #expect(answer.error == "4 rows: 0 refused, 0 values refused; 5 identifiers, 2 clusters, the largest of 3\n")
  }

  @Test func `a bad edge is named and counted, and strict stops at it`() async throws {
    let scratch = try Scratch()
    let edges = try scratch.file("e.csv", "left,right\na,b\na\n,c\nb,d\n")
    let answer = await scrm(
      "stitch", "--edges", edges, "--clusters", scratch.path("c.csv"), "--timings", scratch.path("t.json"))
    #expect(answer.status == 0 && answer.output.isEmpty)
    #expect(answer.error.contains("\(edges):3: the row has 1 fields, expected 2\n"))
    #expect(answer.error.contains("\(edges):4: the left identifier is empty, expected a text\n"))
    #expect(
      scratch.bytes("c.csv").map { String(decoding: $0, as: UTF8.self) } == "identifier,component\na,a\nb,a\nd,a\n")
    let timings = try scratch.json("t.json")
    #expect(timings["rows"] == .int(4) && timings["refused"] == .int(2) && timings["largest"] == .int(3))
    #expect(timings["seconds", "components"] != nil)
    let strict = await scrm("stitch", "--edges", edges, "--strict", "--clusters", scratch.path("s.csv"))
    #expect(strict.status == 1 && strict.error.contains(":3:") && scratch.bytes("s.csv") == nil)
    let header = await scrm("stitch", "--edges", "-", input: Array("a,b\n".utf8))
    #expect(header.status == 1 && header.error.contains("there is no column left"))
  }

  private static let settings = """
    {"source": "test", "defaultCountryCode": "86", "name": "name",
     "identifiers": [{"column": "phone", "namespace": "phone"},
                     {"column": "mail", "namespace": "email", "assertion": "verified"}],
     "policy": {"namespaces": {"phone": {"blocked": ["+8613800000000"]}}}}
    """

  private static let records = """
    no,name,phone,mail
    1,王芳,138-0013-8000,
    2,王芳,+86 13800138000,FANG@example.cn
    3,,,fang@example.cn
    4,李雷,13800000000,
    5,韩梅,13800000000,
    6,韩梅,nothing,
    ,x,,
    1,again,,
    """ + "\n"

  @Test func `records become people by normalised identifiers`() async throws {
    let scratch = try Scratch()
    let settings = try scratch.file("s.json", Self.settings)
    let records = try scratch.file("r.csv", Self.records)
    let answer = await scrm("stitch", "--records", records, "--id", "no", "--settings", settings, "--explain")
    #expect(answer.status == 0, "\(answer.error)")
    let rows = answer.output.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    #expect(rows.first == ["no", "entity_id", "prevented"] && rows.count == 7)
    let people = rows.dropFirst().map { $0[1] }
    #expect(people[0] == people[1] && people[1] == people[2] && Set(people).count == 4)
    #expect(rows.dropFirst().map { $0[2] }.filter { $0.contains("blockedValue") }.count == 2)
    #expect(answer.error.contains("\(records):8: column no: the id is empty, expected a text\n"))
    #expect(answer.error.contains("\(records):9: column no: the id stands in an earlier row, expected another\n"))
    #expect(
      answer.error.hasSuffix("8 rows: 2 refused, 1 values refused; 9 identifiers, 4 clusters, the largest of 3\n"))
  }

  @Test func `a record that may join nobody is a person of its own, and one without a source is bad`() async throws {
    let scratch = try Scratch()
    let settings = try scratch.file(
      "s.json",
      """
      {"sourceColumn": "from", "identifiers": [{"column": "phone", "namespace": "phone"},
       {"column": "home", "namespace": "household"}],
       "policy": {"namespaces": {"record": {"blockedPrefixes": ["x"]}, "phone": {"blockedRepeats": 8}},
                  "others": {"maximumNeighbours": 50}}}
      """)
    let records = try scratch.file(
      "r.csv",
      "record_id,from,phone,home\nx1,a,+8613900139000,h1\n2,a,+8613900139000,h1\n3,,+8613900139000,\n"
        + "4,a,+8613800000000,h1\n5,a,+8613800000000,h1\n")
    let answer = await scrm("stitch", "--records", records, "--settings", settings, "--explain")
    #expect(
      answer.status == 0 && answer.error.hasPrefix("\(records):4: column from: the source is empty, expected a text"))
    let rows = answer.output.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    #expect(rows.map { $0[0] } == ["record_id", "x1", "2", "4", "5"] && Set(rows.dropFirst().map { $0[1] }).count == 4)
    #expect(rows.dropFirst().map { $0[2] } == ["blockedValue", "", "blockedValue", "blockedValue"])
  }

  @Test(arguments: [
    "{}", "{\"identifiers\": []}", "{\"identifiers\": [{\"column\": \"a\"}]}",
    "{\"identifiers\": [{\"column\": \"a\", \"namespace\": \"phone\", \"assertion\": \"sure\"}]}",
    "{\"identifiers\": [{\"column\": \"a\", \"namespace\": \"phone\"}], \"names\": \"b\"}",
    "{\"identifiers\": [{\"column\": \"a\", \"namespace\": \"phone\"}], \"policy\": {\"minimumStrength\": 2}}",
    "{\"identifiers\": [{\"column\": \"a\", \"namespace\": \"phone\"}], \"policy\": {\"namespaces\": {\"a\": {\"role\": \"x\"}}}}",
    "{\"identifiers\": [{\"column\": \"a\", \"namespace\": \"phone\"}], \"defaultCountryCode\": \"999999\"}",
    "{\"identifiers\": [{\"column\": \"missing\", \"namespace\": \"phone\"}]}",
  ])
  func `settings that do not fit fail with their place`(text: String) async throws {
    let scratch = try Scratch()
    let settings = try scratch.file("s.json", text)
    let records = try scratch.file("r.csv", "record_id,a\n1,2\n")
    let answer = await scrm("stitch", "--records", records, "--settings", settings)
    #expect(
      answer.status == 1 && answer.output.isEmpty && answer.error.contains("expected")
        || answer.error.contains("missing"))
  }

  @Test(arguments: [
    ["stitch"], ["stitch", "--edges", "a", "--records", "b"], ["stitch", "--records", "b"],
    ["stitch", "--edges", "a", "--explain"], ["stitch", "--edges", "a", "--timings", "-"],
    ["stitch", "--edges", "a", "--clusters", "c", "--timings", "c"], ["stitch", "--edges", "a", "--id", "x"],
  ])
  func `wrong usage gives status 64`(arguments: [String]) async {
    let answer = await scrm(arguments)
    #expect(answer.status == 64 && answer.error.contains("Usage:"), "\(arguments)")
  }
}
