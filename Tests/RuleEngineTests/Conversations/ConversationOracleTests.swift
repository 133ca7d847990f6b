import RuleEngine
import SCRMModel
import Testing

/// The figures worked out again in the plainest way: every pair looked at, threads by repeated search.
private struct ConversationOracle {
  var pairs: [(brand: String, question: String, seconds: Double)] = []
  var open: [String: Int] = [:]
  var unmatched = 0
  var sizes: [Int] = []

  init(_ all: [Interaction]) {
    let gone = Set(
      all.compactMap { interaction -> String? in
        if case .retracts(let id)? = interaction.revision { id } else { nil }
      })
    let present = all.filter { $0.revision == nil && !gone.contains($0.key.id) }
    for reply in present where reply.actor.role == .brand || reply.actor.role == .staff {
      guard let parent = reply.context.inReplyTo, parent != reply.key else { continue }
      guard let question = present.first(where: { $0.key == parent }) else {
        unmatched += 1
        continue
      }
      guard question.actor.role == .customer else { continue }
      let brand = reply.context.brand ?? reply.actor.identifiers[0].value
      let seconds = reply.occurred.secondsSinceEpoch - question.occurred.secondsSinceEpoch
      pairs.append((brand, question.key.id, Double(seconds)))
    }
    for question in present where question.actor.role == .customer && question.text != nil {
      if pairs.contains(where: { $0.question == question.key.id }) { continue }
      let role = question.target?.role
      guard role == .brand || role == .staff || question.context.brand != nil else { continue }
      let brand = question.context.brand ?? question.target?.identifiers[0].value ?? ""
      open[brand, default: 0] += 1
    }
    var left = present
    while let first = left.popLast() {
      var thread = [first]
      var next = 0
      while next < thread.count {
        let member = thread[next]
        next += 1
        let linked = left.filter { $0.context.inReplyTo == member.key || member.context.inReplyTo == $0.key }
        thread += linked
        left.removeAll { candidate in linked.contains { $0.key == candidate.key } }
      }
      let isReply = first.context.inReplyTo.map { $0 != first.key } ?? false
      let isMessage = thread.count > 1 || first.text != nil || isReply
      if isMessage { sizes.append(thread.count) }
    }
  }
}

struct ConversationOracleTests {
  private func conversation(seed: UInt64) -> [Interaction] {
    var generator = ConversationGenerator(seed: seed)
    let size = 1 + generator.below(40)
    let brands = ["Shop", "Air", "Bank"]
    return (0..<size).map { index in
      let parent = generator.below(3) == 0 ? nil : "\(generator.below(size + size / 4 + 1))"
      let revision: Interaction.Revision? =
        generator.below(12) == 0 ? .retracts("\(generator.below(size))") : nil
      let brand = brands[generator.below(3)]
      let seconds = Int64(generator.below(500))
      let text: String? = generator.below(5) == 0 ? nil : "text"
      switch generator.below(6) {
      case 0, 1:
        return said(
          "\(index)", by: brand, as: .brand, answering: parent, after: seconds, text: text, revision: revision)
      case 2:
        return said(
          "\(index)", by: "agent", as: .staff, answering: parent, after: seconds, brand: brand, text: text,
          revision: revision)
      case 3:
        return said(
          "\(index)", by: "bot", as: .automation, answering: parent, after: seconds, text: text, revision: revision)
      default:
        let target = generator.below(3) == 0 ? nil : Party(.handle("test"), brand, role: .brand)
        return said(
          "\(index)", by: "ann", to: target, answering: parent, after: seconds, text: text, revision: revision)
      }
    }
  }

  @Test func `the report is that of the brute force, in any order`() {
    for seed in 0..<400 as Range<UInt64> {
      var all = conversation(seed: seed)
      let oracle = ConversationOracle(all)
      var generator = ConversationGenerator(seed: seed &+ 1_000)
      all.shuffle(using: &generator)
      let result = report(all)
      let seconds = oracle.pairs.map(\.seconds)
      #expect(result.replies.latencies.seconds == seconds.filter { $0 >= 0 }.sorted(), "seed \(seed)")
      #expect(result.replies.negative == seconds.count { $0 < 0 }, "seed \(seed)")
      #expect(result.replies.answered == Set(oracle.pairs.map(\.question)).count, "seed \(seed)")
      #expect(result.replies.open == oracle.open.values.reduce(0, +), "seed \(seed)")
      #expect(result.replies.unmatched == oracle.unmatched, "seed \(seed)")
      for brand in result.brands {
        let own = oracle.pairs.filter { $0.brand == brand.brand }
        #expect(brand.replies.pairs == own.count && brand.replies.open == oracle.open[brand.brand] ?? 0, "seed \(seed)")
        #expect(brand.replies.answered == Set(own.map(\.question)).count, "seed \(seed)")
      }
      let sizes = result.threads.distribution.flatMap { Array(repeating: $0.size, count: $0.count) }
      #expect(sizes == oracle.sizes.sorted(), "seed \(seed)")
    }
  }
}
