public import SCRMModel

/// The influence of a person, 0 … 100, with the parts it is made of.
public struct InfluenceScore: Sendable, Hashable {
  /// The person.
  public let person: PersonID
  /// The score, 0 … 100.
  public let value: Double
  /// Weighted PageRank; the ranks of a graph sum to 1.
  public let pageRank: Double
  /// How many different people pay attention.
  public let audience: Int
  /// How much of the attention spreads something further, in the unit of tie strength.
  public let amplification: Double
  /// The share of each part in the score: authority, audience, amplification; they sum to `value`.
  public let parts: [(name: String, points: Double)]

  /// Whether person and measures are the same.
  public static func == (left: Self, right: Self) -> Bool {
    left.person == right.person && left.value == right.value && left.pageRank == right.pageRank
      && left.audience == right.audience && left.amplification == right.amplification
  }

  /// Hashes the person.
  public func hash(into hasher: inout Hasher) { hasher.combine(person) }

  /// Why the score is what it is.
  public var explanation: Explanation {
    let facts = [
      "authority": "attention of people who themselves get attention",
      "audience": "\(audience) different people pay attention", "amplification": "what they say is spread further",
    ]
    return Explanation(
      "influence \(Int(value.rounded())) of 100",
      evidence: parts.map { .init(facts[$0.name] ?? $0.name, weight: $0.points) },
      otherwise: audience == 0 ? "attention of at least one other person" : nil)
  }
}

/// Scores the influence of the people in a graph.
///
/// Each part is the percentile of a measure among the people to whom anyone pays attention: authority (PageRank) counts
/// half, the number of different people 30 %, amplification 20 %. A person without any attention scores 0. The score
/// compares people within one graph at one time.
public struct InfluenceScorer: Sendable, Hashable {
  /// The weight of authority in the score, in percent.
  public var authority: Double
  /// The weight of the audience, in percent.
  public var audience: Double
  /// The weight of amplification, in percent.
  public var amplification: Double

  /// Creates a scorer; weights are limited to 0 or more and scaled to 100.
  public init(authority: Double = 50, audience: Double = 30, amplification: Double = 20) {
    let weights = [authority, audience, amplification].map { $0.isFinite ? max($0, 0) : 0 }
    let sum = weights.reduce(0, +)
    let scale = sum > 0 ? 100 / sum : 0
    self.authority = weights[0] * scale
    self.audience = weights[1] * scale
    self.amplification = weights[2] * scale
  }

  /// The scores of all people in the graph, ordered by person.
  ///
  /// O(edges × iterations + people log people).
  public func scores(of graph: InteractionGraph) -> [InfluenceScore] {
    let ranks = graph.pageRank()
    let followers = graph.people.indices.map { graph.attention.inDegree(of: $0) }
    var spread = [Double](repeating: 0, count: graph.people.count)
    for (edge, target) in graph.attention.out.neighbours.enumerated() {
      spread[Int(target)] += graph.amplifications[edge]
    }
    let heard = graph.people.indices.filter { followers[$0] > 0 }
    let authorities = Percentiles(heard.map { ranks[$0] })
    let audiences = Percentiles(heard.map { Double(followers[$0]) })
    let amplifications = Percentiles(heard.map { spread[$0] })
    return graph.people.indices.map { node in
      var parts = [
        (name: "authority", points: 0.0), (name: "audience", points: 0.0), (name: "amplification", points: 0.0),
      ]
      if followers[node] > 0 {
        parts[0].points = authority * authorities.rank(of: ranks[node])
        parts[1].points = audience * audiences.rank(of: Double(followers[node]))
        parts[2].points = spread[node] > 0 ? amplification * amplifications.rank(of: spread[node]) : 0
      }
      return InfluenceScore(
        person: graph.people[node], value: parts.reduce(0) { $0 + $1.points }, pageRank: ranks[node],
        audience: followers[node], amplification: spread[node], parts: parts)
    }
  }

  /// The scores as a snapshot to publish to the loop; people without attention are left out.
  public func snapshot(of graph: InteractionGraph, asOf time: Instant) -> PublishedSnapshot {
    snapshot(of: scores(of: graph), asOf: time)
  }

  /// Computed scores as a snapshot to publish to the loop; people without attention are left out.
  public func snapshot(of scores: [InfluenceScore], asOf time: Instant) -> PublishedSnapshot {
    PublishedSnapshot(
      name: "influence", asOf: time,
      scores: scores.filter { $0.value > 0 }.map { .init(person: $0.person, value: $0.value) })
  }
}

/// Percentile ranks in a sample: the share of values that are smaller, plus half of those that are equal.
struct Percentiles {
  private let sorted: [Double]

  init(_ values: [Double]) { sorted = values.sorted() }

  /// 0 … 1.
  func rank(of value: Double) -> Double {
    guard !sorted.isEmpty else { return 0 }
    let below = bound { $0 < value }
    let through = bound { $0 <= value }
    return (Double(below) + Double(through - below) / 2) / Double(sorted.count)
  }

  private func bound(_ precedes: (Double) -> Bool) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if precedes(sorted[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
