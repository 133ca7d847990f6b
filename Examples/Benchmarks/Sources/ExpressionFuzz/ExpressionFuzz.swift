import Foundation
import SCRMExpressions

/// Looks for an input that crashes, hangs or overruns its budget, or breaks what must hold for every expression.
///
/// Half of the texts are changed at random from seeds, half are made from the grammar; each is read, checked, evaluated
/// under a budget, and written as text and as JSON and read again. Every eighth execution is a regular expression against
/// an oracle. The run stops at the first finding and prints the input; the same `--seed` gives the same inputs.
@main
struct ExpressionFuzz {
  static func main() {
    var executions = 1_000_000
    var seed: UInt64 = 1
    let arguments = CommandLine.arguments
    for (option, value) in zip(arguments, arguments.dropFirst()) {
      if option == "--executions" { executions = Int(value) ?? executions }
      if option == "--seed" { seed = UInt64(value) ?? seed }
    }
    var random = FuzzRandom(state: seed)
    Watch.install()
    let target = ExpressionTarget()
    var counts = ExpressionTarget.Counts()
    var corpus = Corpus.seeds
    for execution in 1...max(executions, 1) {
      if execution % 256 == 1 { Watch.rearm() }
      let finding: String?
      let input: String
      if execution % 8 == 0 {
        let pattern = FuzzPattern(&random, depth: 3)
        let text = FuzzPattern.text(&random)
        input = "\(pattern.text) in \(text)"
        Watch.note(input)
        finding = target.search(pattern, text, &counts)
      } else {
        var text: String
        if random.below(2) == 0 {
          text = Corpus.mutated(corpus[random.below(corpus.count)], corpus, &random)
        } else {
          text = Grammar.expression(&random, depth: 1 + random.below(5))
        }
        if random.below(16) == 0 { text = Corpus.mutated(text, corpus, &random) }
        input = text
        Watch.note(input)
        let accepted = counts.evaluated
        finding = target.run(text, &random, &counts)
        // What is read and evaluated is worth changing further.
        if counts.evaluated > accepted, text.utf8.count < 400, random.below(50) == 0 {
          if corpus.count < 4_000 { corpus.append(text) } else { corpus[random.below(corpus.count)] = text }
        }
      }
      if let finding {
        print("seed \(seed), execution \(execution): \(finding)\n\(input)")
        exit(1)
      }
      if execution % 1_000_000 == 0 { print("\(execution) executions: \(counts)") }
    }
    print("\(executions) executions, seed \(seed), nothing found: \(counts)")
  }
}

/// SplitMix64.
struct FuzzRandom {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() >> 33) % max(bound, 1) }
  mutating func pick<T>(_ items: [T]) -> T { items[below(items.count)] }
}
