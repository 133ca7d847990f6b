import DenseData

/// Draws sequences of operations.
struct OperationDraw {
  private var random: SeededGenerator
  private let canReopen: Bool
  private let handles: Int

  init(seed: UInt64, handles: Int, canReopen: Bool) {
    random = SeededGenerator(seed: seed)
    self.handles = handles
    self.canReopen = canReopen
  }

  // How often each kind is drawn.
  private static let weights: [(StoreOperation.Kind, Int)] = [
    (.commit, 30), (.stale, 3), (.bad, 6), (.again, 5), (.reuse, 3), (.read, 10), (.pages, 5), (.claim, 12),
    (.acknowledge, 6), (.retry, 6), (.deadLetter, 3), (.erase, 3), (.compact, 2), (.export, 3), (.reopen, 3),
  ]

  mutating func sequence(of count: Int) -> [StoreOperation] { (0..<max(count, 0)).map { _ in next() } }

  private mutating func next() -> StoreOperation {
    let choices = Self.weights.filter { canReopen || $0.0 != .reopen }
    var ticket = random.below(choices.reduce(0) { $0 + $1.1 })
    var kind = StoreOperation.Kind.commit
    for (choice, weight) in choices {
      if ticket < weight {
        kind = choice
        break
      }
      ticket -= weight
    }
    return StoreOperation(
      kind, handle: random.below(handles), seed: UInt64(random.below(1_000_000)), size: 1 + random.below(12))
  }
}
