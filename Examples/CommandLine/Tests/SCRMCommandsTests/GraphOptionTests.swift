import Foundation
import SocialCRM
import Synchronization
import Testing

@testable import SCRMCommands

/// The options of `scrm graph`: each changes what it says, and only for the measures that it is for.
struct GraphOptionTests {
  private func graph(_ arguments: String..., edges: String) async -> Answer {
    await scrm(["graph"] + arguments + ["--edges", "-"], input: Array(edges.utf8))
  }

  private static let given: [(option: String, arguments: [String])] = [
    ("damping", ["--damping", "0.5"]), ("tolerance", ["--tolerance", "1e-3"]), ("source", ["--source", "a"]),
    ("samples", ["--samples", "2"]), ("resolution", ["--resolution", "2"]), ("hubs", ["--hubs"]),
    ("strong", ["--strong"]), ("lengths", ["--lengths"]),
  ]

  @Test(arguments: GraphMeasure.allCases)
  func `an option for other measures is refused`(measure: GraphMeasure) async {
    for (option, arguments) in Self.given {
      let needed = measure == .personalizedPagerank && option != "source" ? ["--source", "a"] : []
      let answer = await scrm(
        ["graph", measure.rawValue, "--edges", "-"] + arguments + needed, input: Array("a b 1\nb c 2\n".utf8))
      let fits = measure.options.contains { $0.rawValue == option }
      #expect(answer.status == (fits ? 0 : 64), "\(measure) \(option): \(answer.error)")
      if fits { continue }
      #expect(answer.error.contains("--\(option) is for ") && answer.error.contains("not for \(measure.rawValue)"))
    }
  }

  @Test func `every option changes the result`() async {
    let edges = "a b 1\nb c 5\nc a 1\na c 9\nd c 2\nc d 1\ne a 3\n"
    for (measure, option) in [
      ("pagerank", "--damping=0.3"), ("pagerank", "--tolerance=0.1"), ("pagerank", "--weighted"),
      ("pagerank", "--undirected"), ("pagerank", "--meaning=influence"), ("hits", "--hubs"),
      ("hits", "--meaning=influence"), ("components", "--strong"), ("betweenness", "--lengths"),
      ("betweenness", "--undirected"), ("harmonic", "--lengths"), ("harmonic", "--samples=2"),
      ("harmonic", "--meaning=influence"), ("closeness", "--lengths"), ("closeness", "--meaning=influence"),
      ("constraint", "--weighted"), ("effective-size", "--weighted"), ("leiden", "--resolution=9"),
      ("louvain", "--resolution=9"), ("clustering", "--undirected"),
    ] {
      let plain = await graph(measure, edges: edges)
      let changed = await graph(measure, option, edges: edges)
      #expect(plain.status == 0 && changed.status == 0 && plain.output != changed.output, "\(measure) \(option)")
    }
    let one = await graph("personalized-pagerank", "--source", "a", edges: edges)
    let two = await graph("personalized-pagerank", "--source", "a", "--source", "e", edges: edges)
    let turned = await graph("personalized-pagerank", "--source", "e", "--source", "a", edges: edges)
    #expect(one.output != two.output && two.output == turned.output && two.status == 0)
  }

  @Test func `the meaning of edges turns the graph`() async {
    // Three accounts follow the star; the star reaches three accounts.
    let follows = "a star\nb star\nc star\n"
    let reaches = "star a\nstar b\nstar c\n"
    for measure in ["pagerank", "hits", "harmonic", "closeness", "betweenness", "components", "core"] {
      let one = await graph(measure, edges: follows)
      let other = await graph(measure, "--meaning", "influence", edges: reaches)
      #expect(one.output == other.output && one.error == other.error, "\(measure)")
    }
    let ranks = await graph("hits", "--meaning", "influence", edges: reaches)
    #expect(ranks.output.hasSuffix("star,1.0\n"))
  }

  @Test func `lengths: the shortest of repeated edges counts, there and back too`() async {
    let edges = "a b 9\na b 1\nb c 1\na c 5\n"
    let between = await graph("betweenness", "--lengths", edges: edges)
    #expect(between.output == "node,value\na,0.0\nb,1.0\nc,0.0\n")
    let harmonic = await graph("harmonic", "--lengths", edges: edges)
    #expect(harmonic.output == "node,value\na,0.75\nb,0.5\nc,0.0\n")
    let closeness = await graph("closeness", "--lengths", "--undirected", edges: edges + "b a 0.5\n")
    // a: 0.5 + 1.5, b: 0.5 + 1, c: 1.5 + 1.
    #expect(closeness.output == "node,value\na,1.0\nb,\(4.0 / 2 / 1.5)\nc,0.8\n")
  }

  @Test func `weights that do not count are mentioned`() async {
    let edges = "a b 1\nb c 2\n"
    for measure in GraphMeasure.allCases where measure != .personalizedPagerank {
      let answer = await graph(measure.rawValue, "--weighted", edges: edges)
      let plain = await graph(measure.rawValue, edges: edges)
      #expect(answer.error.contains("weights do not count for \(measure.rawValue)") == !measure.readsWeights)
      if !measure.readsWeights { #expect(answer.output == plain.output, "\(measure)") }
    }
    let hint = await graph("harmonic", "--weighted", edges: edges)
    #expect(hint.error.contains("; --lengths takes the third column as a length\n"))
  }

  @Test func `what does not converge is written and said so`() async {
    // A path of two: hubs and authorities of equal strength swing for ever at no tolerance.
    let answer = await graph("pagerank", "--damping", "0.999", "--tolerance", "1e-300", edges: "a b\nb c\nc a\nd a\n")
    #expect(answer.status == 0 && answer.output.split(separator: "\n").count == 5)
    #expect(answer.error.contains("1000 rounds") && answer.error.hasSuffix("not converged\n"))
  }

  @Test func `a bound that holds with a confidence says which`() async {
    let ring = (0..<50).map { "\($0) \(($0 + 1) % 50)\n" }.joined()
    let drawn = await graph("betweenness", "--samples", "10", edges: ring)
    #expect(drawn.error.hasSuffix("with a confidence of 95 %\n"))
    let again = await graph("betweenness", "--samples", "10", "--seed", "0", edges: ring)
    let other = await graph("harmonic", "--samples", "10", "--seed", "1", edges: ring + "0 7\n")
    let first = await graph("harmonic", "--samples", "10", edges: ring + "0 7\n")
    #expect(again.output == drawn.output && other.output != first.output)
    let ranks = await graph("pagerank", edges: ring + "0 7\n")
    #expect(ranks.error.contains("error at most") && !ranks.error.contains("confidence"))
  }

  @Test func `progress is shown to someone who watches`() async throws {
    #expect(MeasureProgress.sentence(0.25, seconds: 2) == "25 %, 12.5 % a second, 6 s left")
    let told = Mutex("")
    let console = Console(output: { _ in }, error: { text in told.withLock { $0 += text } }, isWatched: true)
    let progress = MeasureProgress(of: "core", on: console)
    progress.show(0.1)
    #expect(told.withLock { $0 }.isEmpty)
    progress.finish()
    #expect(told.withLock { $0 }.isEmpty)
  }
}
