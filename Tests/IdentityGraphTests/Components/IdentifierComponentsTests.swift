import DenseData
import IdentityGraph
import Testing

/// Components of edge lists against a search through the graph.
@Suite struct IdentifierComponentsTests {
  private func edges(_ random: inout SeededGenerator) -> [(String, String)] {
    let names = (0..<(2 + random.below(60))).map { "\(["a", "手机", "e\u{301}", "é", ""][random.below(5)])\($0)" }
    return (0..<random.below(80)).map { _ in (names[random.below(names.count)], names[random.below(names.count)]) }
  }

  /// The smallest identifier reachable from each, by bytes.
  private func oracle(_ edges: [(String, String)]) -> [[UInt8]: [UInt8]] {
    var neighbours: [[UInt8]: [[UInt8]]] = [:]
    for (left, right) in edges {
      neighbours[Array(left.utf8), default: []].append(Array(right.utf8))
      neighbours[Array(right.utf8), default: []].append(Array(left.utf8))
    }
    var result: [[UInt8]: [UInt8]] = [:]
    for start in neighbours.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) where result[start] == nil {
      var open = [start]
      while let identifier = open.popLast() {
        if result[identifier] != nil { continue }
        result[identifier] = start
        open += neighbours[identifier] ?? []
      }
    }
    return result
  }

  private func partition(_ partition: IdentifierPartition) -> [[UInt8]: [UInt8]] {
    var result: [[UInt8]: [UInt8]] = [:]
    partition.forEach { result[Array($0)] = Array($1) }
    return result
  }

  @Test(arguments: 0..<150)
  func `components and their names are those of a search, in any order and way`(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let edges = edges(&random)
    let expected = oracle(edges)
    var one = IdentifierComponents()
    for (left, right) in edges.shuffled(using: &random) { try one.connect(left, right) }
    let first = one.partition()
    #expect(partition(first) == expected)
    #expect(first.componentCount == Set(expected.values).count && one.componentCount == first.componentCount)
    #expect(first.identifierCount == expected.count && one.edgeCount == edges.count)
    let sizes = expected.values.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    #expect(first.largest == sizes.values.max() ?? 0)
    for (identifier, head) in expected {
      #expect(
        first.component(of: String(decoding: identifier, as: UTF8.self)).map { Array($0.utf8) } == head)
    }
    #expect(first.component(of: "nobody") == nil)

    // The same through the reader, in chunks of any size, some fields in quotation marks.
    let text = edges.map { left, right in
      (random.below(4) == 0 ? "\"\(left)\"" : left) + ",x," + right + (random.below(3) == 0 ? "\r\n" : "\n")
    }.joined()
    var other = IdentifierComponents()
    var reader = IdentifierEdgeReader(columns: .at(0, 2))
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let size = 1 + random.below(random.below(3) == 0 ? 4 : 60)
      let errors = try reader.push(Array(bytes.prefix(size)), into: &other)
      #expect(errors.isEmpty)
      bytes = bytes.dropFirst(size)
    }
    #expect(try reader.finish(into: &other).isEmpty)
    #expect(partition(other.partition()) == expected)
  }

  @Test func `an empty identifier is refused`() {
    var components = IdentifierComponents()
    #expect(throws: SCRMError.self) { try components.connect("", "a") }
    #expect(throws: SCRMError.self) { try components.connect("a", "") }
    #expect(components.edgeCount == 0 && components.partition().componentCount <= 1)
  }

  @Test(arguments: 0..<20)
  func `numbered components are named by their smallest number`(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let pairs = (0..<(2 * random.below(300))).map { _ in UInt32(random.below(200)) }
    var components = NumberedComponents(count: 10)
    try components.connect(pairs: pairs)
    var expected = Array(UInt32(0)..<UInt32(components.count))
    for _ in expected {
      for index in stride(from: 0, to: pairs.count, by: 2) {
        let (left, right) = (Int(pairs[index]), Int(pairs[index + 1]))
        let smallest = min(expected[left], expected[right])
        (expected[left], expected[right]) = (smallest, smallest)
      }
    }
    #expect(components.labels() == expected && components.componentCount == Set(expected).count)
  }

  @Test func `half an edge and a number out of range are refused, and nothing is joined`() {
    var components = NumberedComponents(count: 3)
    #expect(throws: SCRMError.self) { try components.connect(pairs: [0, 1, 2]) }
    #expect(throws: SCRMError.self) { try components.connect(pairs: [0, .max]) }
    #expect(components.componentCount == 3)
  }
}
