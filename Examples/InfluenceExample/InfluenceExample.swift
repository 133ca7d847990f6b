import InfluenceScoring
import SCRMModel

/// Influence alone: a small graph of who pays attention to whom, and scores with the parts they are made of.
@main struct InfluenceExample {
  static func main() {
    let names = ["ada", "ben", "cora", "dan", "eve", "finn"]
    func id(_ name: String) -> PersonID { PersonID(high: 0, low: UInt64(names.firstIndex(of: name) ?? 0)) }
    // Who, whom, how strongly, and how much of it spread something further.
    let attention: [(String, String, Double, Double)] = [
      ("ben", "ada", 3, 3), ("cora", "ada", 2, 0), ("dan", "ada", 1, 0), ("eve", "ada", 2, 1), ("ada", "ben", 1, 0),
      ("finn", "cora", 1, 1), ("eve", "cora", 1, 0), ("cora", "dan", 1, 0),
    ]
    let graph = InteractionGraph(
      attention.map { .init(from: id($0.0), to: id($0.1), weight: $0.2, amplification: $0.3) })
    print("\(graph.people.count) people, \(graph.edgeCount) edges")
    let scores = InfluenceScorer().scores(of: graph)
    for score in scores.sorted(by: { $0.value > $1.value }) {
      print("\(names[Int(score.person.low)]): \(score.explanation.conclusion)")
      for item in score.explanation.evidence { print("  \(Int((item.weight ?? 0).rounded())) points: \(item.fact)") }
      if let otherwise = score.explanation.otherwise { print("  otherwise: \(otherwise)") }
    }
    let audienceOnly = InfluenceScorer(authority: 0, audience: 100, amplification: 0).scores(of: graph)
    let order = audienceOnly.sorted { $0.value != $1.value ? $0.value > $1.value : $0.person < $1.person }
    print(
      "by audience alone:",
      order.map { "\(names[Int($0.person.low)]) \(Int($0.value.rounded()))" }.joined(separator: ", "))
  }
}
