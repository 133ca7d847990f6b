import Foundation
import SocialCRM
import Testing

/// `scrm graph` on public graphs outside the repository, found by `SCRM_DATA`, beside what SciPy, igraph and NetworKit found.
struct GraphReferenceTests {
  private struct Case {
    let edges: [UInt8]
    let expected: JSONObject
    let isDirected: Bool

    /// The values by node, and the last line on standard error.
    func values(_ arguments: String...) async throws -> (byNode: [String: Double], note: String) {
      let answer = await scrm(["graph"] + arguments + ["--edges", "-"], input: edges)
      #expect(answer.status == 0, "\(answer.error)")
      let rows = answer.output.split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
      let pairs = rows.map { (String($0[0]), Double($0[1]) ?? .nan) }
      return (Dictionary(uniqueKeysWithValues: pairs), answer.error)
    }

    func number(_ name: String) -> Double { GraphReferenceTests.double(expected[name]) }

    /// Nodes with their values, or nodes alone.
    func list(_ name: String) throws -> [(node: String, value: Double)] {
      try (expected[name]?.arrayValue() ?? []).map { item in
        guard case .array(let pair) = item else { return (String(Int(GraphReferenceTests.double(item))), .nan) }
        return (String(Int(GraphReferenceTests.double(pair[0]))), GraphReferenceTests.double(pair[1]))
      }
    }
  }

  private static func double(_ value: JSON?) -> Double {
    guard case .number(let number)? = value else { return .nan }
    return number.double ?? .nan
  }

  private func load(_ name: String, _ file: String) throws -> Case? {
    guard let folder = ProcessInfo.processInfo.environment["SCRM_DATA"] else {
      print("skipped: graphs/\(file), because SCRM_DATA is not set")
      return nil
    }
    let path = "\(folder)/graphs/\(file)"
    let reference = URL(fileURLWithPath: "\(folder)/graphs/reference.json")
    guard let edges = run("/usr/bin/env", ["gunzip", "-c", path]), edges.status == 0,
      let text = try? Data(contentsOf: reference)
    else {
      print("skipped: graphs/\(file), because it cannot be read")
      return nil
    }
    let document = try JSON(bytes: [UInt8](text)).objectValue()
    let expected = try document[name]?.objectValue() ?? JSONObject()
    return Case(edges: edges.output, expected: expected, isDirected: expected["directed"] == .bool(true))
  }

  private func top(_ values: [String: Double], _ count: Int) -> [(node: String, value: Double)] {
    let order = values.sorted { $0.value == $1.value ? (Int($0.key) ?? 0) < (Int($1.key) ?? 0) : $0.value > $1.value }
    return order.prefix(count).map { ($0.key, $0.value) }
  }

  @Test(arguments: [
    ("facebook", "facebook_combined.txt.gz"), ("wikivote", "wiki-Vote.txt.gz"), ("emaileu", "email-Eu-core.txt.gz"),
  ])
  func `the values of the references`(name: String, file: String) async throws {
    guard let it = try load(name, file) else { return }
    let way = it.isDirected ? "--meaning=attention" : "--undirected"
    let ranks = try await it.values("pagerank", "--tolerance", "1e-13", way)
    let size = "\(Int(it.number("nodes"))) nodes, \(Int(it.number("edges_in_file_deduplicated"))) edges from "
    #expect(ranks.note.hasPrefix(size), "\(ranks.note)")
    #expect(abs(ranks.byNode.values.reduce(0, +) - 1) < 1e-12)
    #expect(abs((ranks.byNode.values.min() ?? 0) - it.number("pagerank_min")) < 1e-10)
    let seed = String(Int(it.number("ppr_seed")))
    let own = try await it.values("personalized-pagerank", "--source", seed, "--tolerance", "1e-13", way)
    for (found, list) in [(ranks.byNode, "pagerank_top20"), (own.byNode, "ppr_top10")] {
      let expected = try it.list(list)
      #expect(expected.count >= 10)
      for (one, other) in zip(top(found, expected.count), expected) {
        #expect(one.node == other.node && abs(one.value - other.value) < 1e-10, "\(list)")
      }
    }
    for (list, option) in [("hits_authority_top5", []), ("hits_hub_top5", ["--hubs"])] where it.isDirected {
      let answer = await scrm(["graph", "hits", "--tolerance", "1e-12", "--edges", "-"] + option, input: it.edges)
      let rows = answer.output.split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
      let found = Dictionary(uniqueKeysWithValues: rows.map { (String($0[0]), Double($0[1]) ?? .nan) })
      #expect(top(found, 5).map(\.node) == (try it.list(list).map(\.node)), "\(list)")
    }
    let weak = try await it.values("components", way).byNode
    #expect(Double(Set(weak.values).count) == it.number("wcc"))
    let strong = try await it.values("components", "--strong", way).byNode
    #expect(Double(Set(strong.values).count) == it.number("scc"))
    let cores = try await it.values("core", way).byNode.values
    #expect(cores.max() == it.number("max_core") && cores.reduce(0, +) == it.number("core_sum"))
    let triangles = try await it.values("triangles", way).byNode.values
    #expect(triangles.reduce(0, +) == 3 * it.number("triangles"))
    let clustering = try await it.values("clustering", "--undirected").byNode.values
    #expect(
      abs(clustering.reduce(0, +) / Double(clustering.count) - it.number("mean_local_clustering_zero")) < 1e-12)
    let harmonic = try await it.values("harmonic", "--undirected").byNode
    for (node, value) in try it.list("harmonic_undirected_sample") {
      #expect(abs((harmonic[node] ?? .nan) - value) < 1e-12)
    }
  }
}
