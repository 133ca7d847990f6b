import DenseData

/// Which people of a population are looked at when not all are: every one as likely, without repetition.
///
/// The same seed gives the same people. Floyd's method (Bentley & Floyd, CACM 1987): O(size) whatever the population.
public struct PopulationSample: Sendable, Hashable {
  /// The number of people drawn from.
  public let population: Int
  /// The numbers of the people drawn, ascending.
  public let people: [UInt32]

  /// Draws people.
  /// - Parameters:
  ///   - size: how many; limited to the population.
  ///   - population: the number of people, at most 2³².
  ///   - seed: chooses the sample.
  public init(_ size: Int, of population: Int, seed: UInt64) {
    let population = min(max(population, 0), 1 << 32)
    let size = min(max(size, 0), population)
    self.population = population
    guard size < population else {
      people = (0..<population).map { UInt32($0) }
      return
    }
    var random = SeededGenerator(seed: seed)
    var drawn: Set<UInt32> = []
    for last in (population - size)..<population {
      let candidate = UInt32(truncatingIfNeeded: random.below(last + 1))
      if !drawn.insert(candidate).inserted { drawn.insert(UInt32(truncatingIfNeeded: last)) }
    }
    people = drawn.sorted()
  }
}
