/// What a sample says about the sum of absolute errors, by double sampling.
///
/// What residuals lead to first is known at all nodes drawn, all of the error at a few of those, the probes, where the difference
/// between the two is seen (Särndal, Swensson & Wretman, *Model Assisted Survey Sampling*, 1992, chapter 9).
struct SampledError {
  private var first = Terms()
  private var differences = Terms()
  private var certain = 0.0
  /// Of how many nodes drawn the probes are.
  private let drawnCount: Int

  init(probesOf drawnCount: Int) { self.drawnCount = drawnCount }

  /// Adds a node, in the order of the draw.
  ///
  /// - Parameters:
  ///   - first: what residuals lead to first.
  ///   - later: what that leads to, of a probe.
  ///   - share: 1 ÷ the probability of being drawn.
  mutating func add(_ first: Double, later: Double?, share: Double) {
    let amount = abs(first) * share
    if share > 1 { self.first.add(amount, missing: 1 - 1 / share) } else { certain += amount }
    if let later { differences.add((abs(first + later) - abs(first)) * share, missing: 1) }
  }

  /// What the sum is below but for so many standard deviations; `nil` where a few nodes make up what residuals lead to first, so
  /// that there may be others that were not drawn.
  ///
  /// - Parameter changed: what part of the edges changed since the probes were worked out. Of k edges on the way one that changed
  ///   is off by all of what it carries, so that what follows is off by about the square root of that part.
  func upperEnd(_ deviations: Double, damping: Double, changed: Double) -> Double? {
    guard first.count == 0 || first.isMany(30) else { return nil }
    let sum = certain + first.sum
    let variance = first.variance
    // All that follows is at most 1 ÷ (1 − d) times what comes first.
    let bound = (sum + deviations * variance.squareRoot()) / (1 - damping)
    let count = Double(differences.count)
    guard differences.count > 0 else { return bound }
    let isAll = differences.count == drawnCount
    guard isAll || differences.isMany(count / 5) else { return bound }
    let part = Double(drawnCount) / count
    let ofDifferences = isAll ? 0 : part * part * (1 - 1 / part) * differences.variance
    let wider = isAll ? 1 : Self.widening(deviations, terms: count)
    let sizes = part * differences.absolute
    let ofChanges = changed * sizes * sizes
    let total =
      sum + part * differences.sum + deviations * wider * (variance + ofDifferences + ofChanges).squareRoot()
    return min(bound, max(total, 0))
  }

  /// How many times as many deviations a sum may be off whose variance is known from a few terms only.
  ///
  /// Student's distribution from the normal one (Cornish & Fisher), with as many degrees of freedom as the variance of n terms has by their
  /// successive differences, 2 (n − 1)² ÷ (3 n − 4) (von Neumann, Kent, Bellinson & Hart, *The Mean Square Successive Difference*, 1941).
  private static func widening(_ deviations: Double, terms: Double) -> Double {
    let freedom = 2 * (terms - 1) * (terms - 1) / (3 * terms - 4)
    let square = deviations * deviations
    return 1 + (square + 1) / (4 * freedom) + (5 * square * square + 16 * square + 3) / (96 * freedom * freedom)
  }

  /// How many standard deviations a normal variable exceeds with a probability of `tail`, at least 5e-10; as the heads of a
  /// thousand coins do.
  static func deviations(tail: Double) -> Double {
    let coins = 1_000
    // P(k or more), from the top.
    var (sum, term, place) = (0.0, 1.0, coins)
    for _ in 0..<coins { term /= 2 }
    while place > 0, sum + term <= tail {
      sum += term
      term *= Double(place) / Double(coins - place + 1)
      place -= 1
    }
    return Double(2 * place + 1 - coins) / Double(coins).squareRoot()
  }

  /// Terms of a sum, in the order of the draw.
  private struct Terms {
    private(set) var sum = 0.0
    private(set) var count = 0
    private(set) var absolute = 0.0
    private var squares = 0.0
    private var steps = 0.0
    private var last = (term: 0.0, missing: 0.0)

    /// - Parameter missing: what part of the nodes like this one was not drawn.
    mutating func add(_ term: Double, missing: Double) {
      if count > 0 { steps += (term - last.term) * (term - last.term) * (missing + last.missing) / 2 }
      last = (term, missing)
      sum += term
      absolute += abs(term)
      squares += term * term
      count += 1
    }

    /// Whether so many terms of about one size, or more, make the sum up.
    func isMany(_ least: Double) -> Bool { count > 1 && squares > 0 && absolute * absolute >= least * squares }

    /// That of the sum, by the differences of successive terms (Wolter, *Introduction to Variance Estimation*, 2007, §8.2).
    var variance: Double { count > 1 ? steps * Double(count) / Double(2 * (count - 1)) : 0 }
  }
}
