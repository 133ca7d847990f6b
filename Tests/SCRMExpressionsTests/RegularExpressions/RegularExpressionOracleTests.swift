import Testing

@testable import SCRMExpressions

/// Searches against a matcher that follows the definition of every operator with sets of places.
struct RegularExpressionOracleTests {
  @Test func agreesWithTheDefinition() throws {
    for seed in 1...2_000 {
      var random = TestRandom(UInt64(seed))
      let pattern = GeneratedPattern(&random, depth: 4)
      // Once with the automaton made in advance (where it is small), once made while searching.
      let expression = try RegularExpression(pattern.text, limits: RegularExpressionLimits(preparationSteps: 5_000))
      let searched = try RegularExpression(pattern.text, limits: RegularExpressionLimits(tableSize: 0))
      for _ in 0..<6 {
        let text = (0..<random.below(9)).map { _ in
          GeneratedPattern.alphabet[random.below(GeneratedPattern.alphabet.count)]
        }
        let expected = (0...text.count).contains { !pattern.ends(in: text, from: $0).isEmpty }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: text)
        let found = (expression.matches(String(view)), searched.matches(String(view)))
        #expect(found == (expected, expected), "seed \(seed): \(pattern.text) in \(text)")
      }
    }
  }

  /// The sets behind `.`, categories and case orbits, scalar by scalar, against the automaton over bytes.
  @Test func everyScalarIsInItsClass() throws {
    let letters = try RegularExpression("^\\pL$")
    let others = try RegularExpression("^\\PL$")
    let any = try RegularExpression("^.$")
    for value in UInt32(0)...0x10_FFFF {
      // All up to the end of the kana, then every 37th.
      guard value < 0x3100 || value % 37 == 0, let scalar = Unicode.Scalar(value) else { continue }
      let isLetter =
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
        default: false
        }
      let text = String(scalar)
      if letters.matches(text) != isLetter || others.matches(text) == isLetter || any.matches(text) != (value != 10) {
        Issue.record("scalar \(value)")
      }
    }
  }

  @Test func setsFollowTheirDefinition() {
    for seed in 1...300 {
      var random = TestRandom(UInt64(seed))
      let pairs = (0..<random.below(6)).map { _ in
        let low = UInt32(random.below(60))
        return (low, low + UInt32(random.below(12)))
      }
      let other = [(UInt32(random.below(70)), UInt32(70))]
      let set = ScalarSet(pairs)
      var union = set
      union.formUnion(ScalarSet(other))
      for scalar in UInt32(0)...90 {
        let member = pairs.contains { $0.0 <= scalar && scalar <= $0.1 }
        #expect(set.contains(scalar) == member)
        #expect(set.inverted.contains(scalar) != member)
        #expect(union.contains(scalar) == (member || (other[0].0 <= scalar && scalar <= 70)))
      }
      #expect(set.inverted.inverted == set)
    }
  }
}
