/// The sets of scalars that simple case folding makes equal, such as `k`, `K` and the Kelvin sign.
///
/// Made from the case mappings of the Swift standard library: two scalars are equal when one is the other's upper- or
/// lower-case mapping, as far as that is a single scalar. The dotless i is the one exception of Unicode's simple
/// folding (CaseFolding.txt): it has the capital I but folds to itself.
struct CaseOrbits: Sendable {
  /// Made once, when a pattern first ignores case.
  static let shared = CaseOrbits()

  /// The scalars that equal others, ascending.
  private let scalars: [UInt32]
  /// The orbit of each, as an index of `orbits`.
  private let orbitOf: [Int]
  private let orbits: [[UInt32]]

  private init() {
    var leader: [UInt32: UInt32] = [:]
    func find(_ scalar: UInt32) -> UInt32 {
      var scalar = scalar
      while let next = leader[scalar], next != scalar { scalar = next }
      return scalar
    }
    // Letters with case lie in the first two planes.
    for value in UInt32(0x41)...0x1_FFFF where value != 0x131 {
      guard let scalar = Unicode.Scalar(value), scalar.properties.changesWhenCaseMapped else { continue }
      for mapping in [scalar.properties.lowercaseMapping, scalar.properties.uppercaseMapping] {
        let mapped = mapping.unicodeScalars
        guard let only = mapped.first, mapped.count == 1 else { continue }
        let (first, second) = (find(value), find(only.value))
        leader[max(first, second)] = min(first, second)
        leader[min(first, second)] = min(first, second)
      }
    }
    let members = leader.keys.sorted()
    var index: [UInt32: Int] = [:]
    var orbits: [[UInt32]] = []
    var orbitOf: [Int] = []
    for scalar in members {
      let root = find(scalar)
      let orbit = index[root] ?? orbits.count
      if orbit == orbits.count {
        index[root] = orbit
        orbits.append([])
      }
      orbits[orbit].append(scalar)
      orbitOf.append(orbit)
    }
    scalars = members
    self.orbitOf = orbitOf
    self.orbits = orbits
  }

  /// The scalars equal to this one, itself among them, ascending; empty if there are no others.
  func orbit(of scalar: UInt32) -> [UInt32] {
    let place = firstIndex(from: scalar)
    guard place < scalars.count, scalars[place] == scalar else { return [] }
    let orbit = orbits[orbitOf[place]]
    return orbit.count > 1 ? orbit : []
  }

  /// The set with all scalars that equal one of it.
  func closure(of set: ScalarSet) -> ScalarSet {
    var pairs: [(UInt32, UInt32)] = []
    for range in set.ranges {
      pairs.append((range.low, range.high))
      var place = firstIndex(from: range.low)
      while place < scalars.count, scalars[place] <= range.high {
        for scalar in orbits[orbitOf[place]] where scalar < range.low || scalar > range.high {
          pairs.append((scalar, scalar))
        }
        place += 1
      }
    }
    return ScalarSet(pairs)
  }

  private func firstIndex(from scalar: UInt32) -> Int {
    var low = 0
    var high = scalars.count
    while low < high {
      let middle = (low + high) / 2
      if scalars[middle] < scalar { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
