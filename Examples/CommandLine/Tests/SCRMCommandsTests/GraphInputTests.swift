import Foundation
import SocialCRM
import Testing

/// What `scrm graph` makes of files that are not what it expects.
struct GraphInputTests {
  private func core(_ text: String, _ options: String...) async -> Answer { await core(Array(text.utf8), options) }

  private func core(_ bytes: [UInt8], _ options: [String] = []) async -> Answer {
    await scrm(["graph", "core", "--edges", "-"] + options, input: bytes)
  }

  private func nodes(_ answer: Answer) -> [String] {
    answer.output.split(separator: "\n").dropFirst().map { String($0.prefix { $0 != "," }) }
  }

  @Test func `separators, line ends, a byte-order mark, comments and blank lines`() async {
    let plain = await core("1 2\n2 3\n")
    for text in [
      "1,2\n2,3", "1\t2\n2\t3\n", "\u{FEFF}1 2\r\n2 3\r\n", "# a b\n\n  1   2 \n\t\n  # c\n2 \t3\n", "1 , 2\n2,3 ,\n",
      "1 2 0.5\n2,3,-7\n", "\"1\",\"2\"\n2,\"3\",\"4\"\n", "1 2 1e400\n2 3\n",
    ] {
      let answer = await core(text)
      #expect(answer.output == plain.output && answer.error == plain.error, "\(text.debugDescription): \(answer.error)")
    }
  }

  @Test func `names in any script, with commas, blanks and marks, and long numbers in their order`() async {
    let answer = await core(
      "张伟,王芳\n王芳,\"Doe, Ann\"\n\"say \"\"hi\"\"\",100000000000000000000\n99999999999999999999,7\n007,7\n😀,é\n")
    #expect(answer.error.hasPrefix("10 nodes, 6 edges from 6 lines, 0 unreadable"))
    #expect(
      answer.output.split(separator: "\n").map(String.init) == [
        "node,value", "7,1", "99999999999999999999,1", "100000000000000000000,1", "007,1", "\"Doe, Ann\",1",
        "\"say \"\"hi\"\"\",1", "é,1", "张伟,1", "王芳,1", "😀,1",
      ])
  }

  @Test func `a first line of names of columns is a header, said so, and may turn the columns`() async {
    let edges = await scrm("graph", "hits", "--edges", "-", input: Array("a b\nc b\n".utf8))
    for text in ["from,to\na,b\nc,b\n", "Source\tTarget\na\tb\nc\tb\n", "# x\nto,from,weight\nb,a,1\nb,c,1\n"] {
      let answer = await scrm("graph", "hits", "--edges", "-", input: Array(text.utf8))
      #expect(answer.output == edges.output && answer.error.hasSuffix(edges.error), "\(text.debugDescription)")
      #expect(answer.error.contains(": taken as the header, not as an edge\n"))
    }
    // So are two names above whole numbers, whatever they are.
    let plain = await core("1 2\n2 3\n")
    let named = await core("user,friend\n1,2\n2,3\n")
    #expect(named.output == plain.output)
    #expect(named.error == "standard input:1: taken as the header, not as an edge\n" + plain.error)
    let mixed = await core("user,friend\n1,2\nann,3\n")
    #expect(nodes(mixed) == ["1", "2", "3", "ann", "friend", "user"])
    let alone = await core("user,friend\n")
    #expect(nodes(alone) == ["friend", "user"])
    // Later it is an edge, and so is a first line with one such name.
    let later = await core("a b\nfrom to\n")
    #expect(nodes(later) == ["a", "b", "from", "to"])
    let one = await core("from b\n")
    #expect(nodes(one) == ["b", "from"] && one.error.hasPrefix("2 nodes"))
  }

  @Test(arguments: [
    ("1\n", "the line has 1 column, expected 2 or 3"), ("1 2 3 4\n", "the line has 4 columns, expected 2 or 3"),
    (",2\n", "a node is empty, expected a name"), ("1,\n", "a node is empty, expected a name"),
    ("Ann Lee\tBob\n", "column 3 is no number, expected none or a weight"),
    ("\"Ann Lee\" Bob\n", "column 3 is no number, expected none or a weight"),
    ("a b 0x10\n", "column 3 is no number, expected none or a weight"),
    ("\"a,b\n", "the line has 1 column, expected 2 or 3"),
    ("\"a\"x,b\n", "a quotation mark"),
  ])
  func `a line that cannot be used is named with what was expected, and the rest goes on`(
    line: String, reason: String
  ) async {
    let answer = await core("1 2\n" + line + "2 3\n")
    #expect(answer.status == 0 && nodes(answer) == ["1", "2", "3"], "\(answer.output)")
    #expect(answer.error.hasPrefix("standard input:2: "), "\(answer.error)")
    if !line.contains("\"a") { #expect(answer.error.contains("standard input:2: \(reason)\n"), "\(answer.error)") }
    #expect(answer.error.hasSuffix("3 nodes, 2 edges from 3 lines, 1 unreadable; the deepest core is 1\n"))
    let strict = await core("1 2\n" + line + "2 3\n", "--strict")
    #expect(strict.status == 1 && strict.output.isEmpty && strict.error.hasPrefix("scrm: standard input:2: "))
  }

  @Test(arguments: ["-1", "nan", "inf", "-inf", "1e-200", "1e200", "x", "0x10", "1,5", ""])
  func `a weight or length that is none`(text: String) async {
    for (flag, word) in [("--weighted", "weight"), ("--lengths", "length")] {
      let answer = await scrm(
        "graph", "betweenness", flag, "--edges", "-", input: Array("a\tb\t1\na\tb\t\(text)\nb\tc\t2\n".utf8))
      #expect(answer.status == 0 && answer.output == "node,value\na,0.0\nb,1.0\nc,0.0\n", "\(flag) \(answer.output)")
      #expect(answer.error.hasPrefix("standard input:2: "), "\(answer.error)")
      if text != "1,5", !text.isEmpty { #expect(answer.error.contains("column 3 is no \(word), expected ")) }
    }
  }

  @Test func `a file in another encoding has no edges, and each line is named`() async {
    for text in ["1 2\n3 4\n5 6\n", "张伟 王芳\n"] {
      let units = Array("\u{FEFF}\(text)".utf16).flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
      let answer = await core(units)
      #expect(answer.output == "node,value\n")
      #expect(answer.error.hasPrefix("standard input:1: the line is not UTF-8, expected text\n"), "\(answer.error)")
    }
  }

  @Test func `a weight of 0 is one, a length of 0 is none`() async {
    let edges = Array("a b 0\nb c 1\n".utf8)
    let weight = await scrm("graph", "pagerank", "--weighted", "--edges", "-", input: edges)
    #expect(weight.error.hasPrefix("3 nodes, 2 edges from 2 lines, 0 unreadable"))
    let length = await scrm("graph", "closeness", "--lengths", "--edges", "-", input: edges)
    #expect(length.error.hasPrefix("standard input:1: column 3 is no length, expected a number in 1e-150 … 1e150\n"))
  }

  @Test func `a line beyond the limit is refused and a long name below it is not`() async {
    let long = String(repeating: "x", count: 100_000)
    let answer = await core("1 2\n\(long) 2\n")
    #expect(nodes(answer) == ["1", "2", long])
    let tooLong = await core("1 2\n\(String(repeating: "y", count: Limits().lineBytes + 1)) 2\n2 3\n")
    #expect(nodes(tooLong) == ["1", "2", "3"] && tooLong.error.hasPrefix("standard input:2: the line is too long"))
  }

  @Test func `files that cannot be read or written give status 1 and name the file`() async throws {
    let scratch = try Scratch()
    let edges = try scratch.file("e.txt", "1 2\n")
    let packed = try scratch.file("e.gz", [0x1F, 0x8B, 8, 0])
    for (path, reason) in [
      (scratch.path("none.txt"), "there is no such file"), (scratch.folder.path, "the file cannot be read"),
      (packed, "the file is compressed"),
    ] {
      let answer = await scrm("graph", "core", "--edges", path)
      #expect(answer.status == 1 && answer.output.isEmpty && answer.error.hasPrefix("scrm: \(path): \(reason)"))
    }
    for (path, reason) in [
      (scratch.path("none/o.csv"), "there is no folder for it"), (scratch.folder.path, "is a folder, expected a file"),
    ] {
      for option in ["--output", "--timings"] {
        let answer = await scrm("graph", "core", "--edges", edges, option, path)
        #expect(answer.status == 1 && answer.output.isEmpty && answer.error == "scrm: \(path): \(reason)\n")
      }
    }
    let written = await scrm("graph", "core", "--edges", edges, "--output", scratch.path("o.csv"))
    #expect(written.status == 0 && written.output.isEmpty)
    #expect(scratch.bytes("o.csv") == Array("node,value\n1,1\n2,1\n".utf8))
  }

  @Test(arguments: ["", "\u{FEFF}", "\n\n", "# only\n", "from,to\n"])
  func `nothing to read is an empty graph for every measure`(text: String) async {
    for measure in [
      "pagerank", "hits", "components", "core", "betweenness", "harmonic", "closeness", "constraint", "effective-size",
      "clustering", "triangles", "louvain", "leiden", "label-propagation",
    ] {
      let answer = await scrm("graph", measure, "--edges", "-", input: Array(text.utf8))
      #expect(answer.status == 0 && answer.output == "node,value\n", "\(measure) \(answer.error)")
      #expect(answer.error.contains("0 nodes, 0 edges from 0 lines, 0 unreadable; "))
    }
    for measure in ["jaccard", "adamic-adar", "overlap"] {
      let answer = await scrm("graph", measure, "--edges", "-", input: Array(text.utf8))
      #expect(answer.status == 0 && answer.output == "from,to,value\n")
    }
  }
}
