import Foundation
import SocialCRM
import Testing

struct GraphTests {
  private static let edges = """
    # who follows whom
    10 9
    2\t9
    ann,9
    9 9
    2 9 4
    9 10
    """

  private func values(_ answer: Answer) -> [String] { answer.output.split(separator: "\n").map(String.init) }

  @Test func `nodes come in order, whole numbers first`() async throws {
    let answer = await scrm("graph", "core", "--edges", "-", input: Array(Self.edges.utf8))
    #expect(answer.status == 0 && values(answer) == ["node,value", "2,1", "9,1", "10,1", "ann,1"])
    #expect(answer.error == "4 nodes, 4 edges from 6 lines, 0 unreadable; the deepest core is 1\n")
  }

  @Test(arguments: [
    "pagerank", "hits", "components", "core", "betweenness", "harmonic", "clustering", "louvain", "leiden",
    "label-propagation", "triangles", "closeness", "constraint", "effective-size",
  ])
  func `every measure gives a value for each node, the same for any thread count and order`(measure: String)
    async throws
  {
    let lines = Self.edges.split(separator: "\n")
    let one = await scrm("graph", measure, "--edges", "-", "--threads", "1", input: Array(Self.edges.utf8))
    let turned = Array(lines.reversed().joined(separator: "\r\n").utf8)
    let two = await scrm("graph", measure, "--edges", "-", "--threads", "2", input: turned)
    #expect(one.status == 0 && values(one).count == 5 && one.output == two.output && one.error == two.error)
  }

  @Test func `the strength of ties, each once`() async throws {
    // 10, 2 and ann follow 9, who follows 10 back; 2 follows ann too.
    let edges = Array("10 9\n2 9\nann 9\n9 10\n2 ann\n".utf8)
    let jaccard = await scrm("graph", "jaccard", "--edges", "-", input: edges)
    // Of 2 and 9: ann in common, of 2, 9, 10 and ann besides.
    #expect(values(jaccard) == ["from,to,value", "2,9,0.25", "2,ann,0.3333333333333333", "9,10,0.0", "9,ann,0.25"])
    #expect(jaccard.error.hasSuffix("; 4 ties\n"))
    let overlap = await scrm("graph", "overlap", "--edges", "-", "--threads", "2", input: edges)
    #expect(values(overlap) == ["from,to,value", "2,9,0.5", "2,ann,1.0", "9,10,0.0", "9,ann,0.5"])
    let adamic = await scrm("graph", "adamic-adar", "--edges", "-", input: edges)
    #expect(values(adamic).count == 5 && values(adamic)[1].hasPrefix("2,9,1.4426950408889"))
  }

  @Test func `estimates say how far they may be off`() async throws {
    let edges = Array((0..<400).map { "\($0) \(($0 * 7 + 1) % 400)\n" }.joined().utf8)
    for measure in ["betweenness", "harmonic", "closeness"] {
      let answer = await scrm("graph", measure, "--undirected", "--samples", "100", "--edges", "-", input: edges)
      #expect(answer.status == 0 && values(answer).count == 401 && answer.error.contains("error at most"), "\(measure)")
    }
  }

  @Test func `PageRank by hand`() async throws {
    // 0 follows 1 and 1 nobody: x0 = 0.15/2 + 0.85 × x1/2, x0 + x1 = 1.
    let answer = await scrm("graph", "pagerank", "--edges", "-", "--tolerance", "1e-14", input: Array("0 1\n".utf8))
    let ranks = values(answer).dropFirst().compactMap { Double($0.split(separator: ",")[1]) }
    #expect(ranks.count == 2 && abs(ranks[0] - 0.5 / 1.425) < 1e-12 && abs(ranks[0] + ranks[1] - 1) < 1e-12)
    let own = await scrm("graph", "personalized-pagerank", "--source", "0", "--edges", "-", input: Array("0 1\n".utf8))
    #expect(values(own).count == 3)
    let none = await scrm("graph", "personalized-pagerank", "--source", "7", "--edges", "-", input: Array("0 1\n".utf8))
    #expect(none.status == 1 && none.output.isEmpty && none.error.contains("--source 7: there is no such node"))
  }

  @Test func `weights of repeated edges are added up, directions can be dropped`() async throws {
    let edges = Array("0 1 1\n0 1 2\n0 2 1\n1 0 1\n".utf8)
    let plain = await scrm("graph", "pagerank", "--edges", "-", input: edges)
    let weighted = await scrm("graph", "pagerank", "--weighted", "--edges", "-", input: edges)
    let undirected = await scrm("graph", "betweenness", "--undirected", "--edges", "-", input: edges)
    #expect(plain.output != weighted.output && weighted.error.hasPrefix("3 nodes, 3 edges from 4 lines"))
    #expect(values(undirected) == ["node,value", "0,1.0", "1,0.0", "2,0.0"])
  }

  @Test func `bad lines are reported with their number and the rest goes on`() async throws {
    let scratch = try Scratch()
    let bytes =
      Array("0 1 1\n0\n0 1 x\n1,2,-3\n,2,1\n1 2 3 4\n".utf8) + [0x30, 0x20, 0xFF, 0x20, 0x31, 0x0A]
      + Array("1 2 1\n".utf8)
    let file = try scratch.file("edges.txt", bytes)
    let timings = scratch.path("timings.json")
    let answer = await scrm(
      "graph", "components", "--weighted", "--edges", file, "--timings", timings, "--threads", "2")
    #expect(answer.status == 0 && values(answer) == ["node,value", "0,0", "1,0", "2,0"])
    let lines = answer.error.split(separator: "\n").map(String.init)
    #expect(lines.count == 8 && lines[0] == "\(file):2: the line has 1 column, expected 3")
    #expect(lines[5] == "\(file):7: the line is not UTF-8, expected text")
    #expect(lines[6] == "weights do not count for components")
    #expect(lines[7].hasPrefix("3 nodes, 2 edges from 8 lines, 6 unreadable"))
    let figures = try scratch.json("timings.json")
    for (name, count) in [("rows", 8), ("rejected", 6), ("nodes", 3), ("edges", 2), ("threads", 2)] {
      #expect(figures[name] == .number(JSONNumber(Int64(count))), "\(name)")
    }
    for phase in ["read", "build", "measure", "write"] { #expect(figures["seconds", phase] != nil) }
    let strict = await scrm("graph", "components", "--weighted", "--edges", file, "--strict")
    #expect(strict.status == 1 && strict.output.isEmpty && strict.error.contains(":2: the line has 1 column"))
  }

  @Test(arguments: [
    ["graph"], ["graph", "pagerank"], ["graph", "fame", "--edges", "-"],
    ["graph", "personalized-pagerank", "--edges", "-"], ["graph", "core", "--source", "1", "--edges", "-"],
    ["graph", "core", "--threads", "0", "--edges", "-"], ["graph", "pagerank", "--damping", "1", "--edges", "-"],
    ["graph", "harmonic", "--samples", "0", "--edges", "-"], ["graph", "core", "--timings", "-", "--edges", "-"],
    ["graph", "pagerank", "--tolerance", "0", "--edges", "-"], ["graph", "hits", "--tolerance", "inf", "--edges", "-"],
    ["graph", "pagerank", "--damping", "nan", "--edges", "-"],
    ["graph", "leiden", "--resolution", "-1", "--edges", "-"],
    ["graph", "leiden", "--seed", "-1", "--edges", "-"], ["graph", "leiden", "--seed", "x", "--edges", "-"],
    ["graph", "core", "--meaning", "fame", "--edges", "-"], ["graph", "core", "--edges", "e", "--output", "e"],
    ["graph", "core", "--edges", "e", "--timings", "e"], ["graph", "core", "--fast", "--edges", "-"],
    ["graph", "personalized-pagerank", "--source", "1", "--source", "1", "--edges", "-"],
    ["graph", "harmonic", "--weighted", "--lengths", "--edges", "-"],
    ["graph", "closeness", "--samples", "9", "--lengths", "--edges", "-"],
  ])
  func `wrong usage gives status 64`(arguments: [String]) async {
    let answer = await scrm(arguments)
    #expect(answer.status == 64 && answer.output.isEmpty, "\(arguments)")
  }

  @Test func `an empty list is an empty graph`() async {
    let answer = await scrm("graph", "leiden", "--edges", "-", input: Array("# nothing\n".utf8))
    #expect(answer.status == 0 && answer.output == "node,value\n")
  }
}
