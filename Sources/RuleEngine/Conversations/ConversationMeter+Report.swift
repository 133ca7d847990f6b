import DenseData
import SCRMModel

extension ConversationMeter {
  /// Everything measured so far.
  ///
  /// O(n log n).
  public func report() -> ConversationReport {
    var tally = ReplyTally()
    for node in nodes where node.counts && node.side == .brand && node.parent >= 0 {
      let question = nodes[Int(node.parent)]
      if !question.counts {
        tally.unmatched(node.brand)
      } else if question.side == .customer {
        let latency = node.occurred.duration(since: question.occurred)
        tally.pair(node.brand, question: node.parent, seconds: latency.seconds)
      }
    }
    for (index, node) in nodes.enumerated()
    where node.counts && node.side == .customer && node.isAddressed && node.saysSomething {
      tally.question(Int32(truncatingIfNeeded: index), of: node.brand)
    }
    return ConversationReport(
      interactions: nodes.count { $0.counts }, replies: tally.all.measures,
      brands: tally.byBrand.compactMap { number, part in
        brand(number).map { BrandReplies(brand: $0, replies: part.measures) }
      }.sorted { left, right in
        left.replies.pairs != right.replies.pairs
          ? left.replies.pairs > right.replies.pairs
          : left.brand.utf8.lexicographicallyPrecedes(right.brand.utf8)
      }, threads: threads())
  }

  private func threads() -> ThreadSizes {
    var forest = DisjointSets(count: nodes.count)
    var isMessage = nodes.map { $0.counts && ($0.saysSomething || $0.parent >= 0) }
    for (index, node) in nodes.enumerated() where node.counts && node.parent >= 0 {
      let parent = Int(node.parent)
      guard nodes[parent].counts else { continue }
      isMessage[parent] = true
      forest.join(index, parent)
    }
    var members = [Int](repeating: 0, count: nodes.count)
    for index in nodes.indices where isMessage[index] { members[forest.root(of: index)] += 1 }
    var counts: [Int: Int] = [:]
    for size in members where size > 0 { counts[size, default: 0] += 1 }
    return ThreadSizes(counts)
  }
}

/// Reply figures while they are being collected, for all brands together and for each.
private struct ReplyTally {
  struct Part {
    var latencies: [Double] = []
    var negative = 0
    var unmatched = 0
    var open = 0
    var answered: Set<Int32> = []

    mutating func add(_ question: Int32, _ seconds: Double) {
      answered.insert(question)
      if seconds < 0 { negative += 1 } else { latencies.append(seconds) }
    }

    var measures: ReplyMeasures {
      ReplyMeasures(
        latencies: LatencyDistribution(latencies), negative: negative, answered: answered.count, open: open,
        unmatched: unmatched)
    }
  }

  private(set) var all = Part()
  private(set) var byBrand: [Int32: Part] = [:]

  mutating func pair(_ brand: Int32, question: Int32, seconds: Double) {
    all.add(question, seconds)
    byBrand[brand, default: Part()].add(question, seconds)
  }

  mutating func unmatched(_ brand: Int32) {
    all.unmatched += 1
    byBrand[brand, default: Part()].unmatched += 1
  }

  // Called after all pairs: a question that anyone replied to is not open.
  mutating func question(_ index: Int32, of brand: Int32) {
    guard !all.answered.contains(index) else { return }
    all.open += 1
    byBrand[brand, default: Part()].open += 1
  }
}

extension Duration {
  fileprivate var seconds: Double {
    let (seconds, attoseconds) = components
    return Double(seconds) + Double(attoseconds) / 1e18
  }
}
