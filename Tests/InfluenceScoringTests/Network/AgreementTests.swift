import DenseData
import Foundation
import InfluenceScoring
import Testing

/// Agreement of divisions against its definitions and against igraph.
@Suite struct AgreementTests {
  @Test func `a thousand pairs of random divisions, pair by pair and by probabilities`() throws {
    for seed in 0..<1_000 {
      var random = SeededGenerator(seed: UInt64(seed))
      let count = 1 + random.below(14)
      let (few, many) = (1 + random.below(count), 1 + random.below(count))
      let first = (0..<count).map { _ in random.below(few) }
      // From unrelated to nearly the same.
      let alike = random.unit()
      let second = first.map { random.unit() < alike ? $0 : random.below(many) }
      let (one, other) = (NodePartition(labels: first), NodePartition(labels: second))

      // Of all pairs of nodes: together in both, in the first, in the second.
      var (both, inFirst, inSecond, pairs) = (0.0, 0.0, 0.0, 0.0)
      for left in 0..<count {
        for right in 0..<left {
          pairs += 1
          if first[left] == first[right] { inFirst += 1 }
          if second[left] == second[right] { inSecond += 1 }
          if first[left] == first[right], second[left] == second[right] { both += 1 }
        }
      }
      let chance = pairs > 0 ? inFirst * inSecond / pairs : 0
      let room = (inFirst + inSecond) / 2 - chance
      let index = abs(room) < 1e-12 ? 1 : (both - chance) / room
      #expect(abs(try one.adjustedRandIndex(with: other) - index) < 1e-12, "seed \(seed)")

      // Entropies of what one label, or both, say of a node drawn at random.
      func entropy(_ same: (Int, Int) -> Bool) -> Double {
        (0..<count).reduce(0) { sum, node in
          let part = Double((0..<count).count { same(node, $0) }) / Double(count)
          return sum - log(part) / Double(count)
        }
      }
      let (own, others) = (entropy { first[$0] == first[$1] }, entropy { second[$0] == second[$1] })
      let joint = entropy { first[$0] == first[$1] && second[$0] == second[$1] }
      let information = own + others < 1e-12 ? 1 : 2 * (own + others - joint) / (own + others)
      let found = try one.normalizedMutualInformation(with: other)
      #expect(abs(found - information) < 1e-12, "seed \(seed)")
      #expect(abs(try other.normalizedMutualInformation(with: one) - found) < 1e-12)
      #expect((0...1).contains(found))
      #expect(abs(try one.normalizedMutualInformation(with: one) - 1) < 1e-14)
      #expect(try one.adjustedRandIndex(with: one) == 1)
    }
  }

  /// `compare_communities` of igraph 1.0.0, "nmi" and "adjusted_rand".
  @Test(arguments: [
    ("200002210001", "211022001132", 0.301_369_132_943_326_35, 0.092_063_492_063_492_1),
    ("00110111100111101001", "41010432120320132110", 0.017_637_701_533_941_674, -0.070_273_284_997_211_47),
    (
      "443661441235254125540415636526", "244641641114254121540204635526", 0.527_115_810_565_218_8,
      0.198_080_223_761_997_94
    ),
  ])
  func `divisions that igraph compared`(first: String, second: String, information: Double, index: Double) throws {
    let (one, other) = (NodePartition(labels: Array(first)), NodePartition(labels: Array(second)))
    #expect(abs(try one.normalizedMutualInformation(with: other) - information) < 1e-14)
    #expect(abs(try one.adjustedRandIndex(with: other) - index) < 1e-14)
  }

  /// The divisions that igraph's Louvain and Leiden found on email-Eu-core, a letter for each account in the order of their numbers.
  @Test(arguments: [("nmi_ari_louvain", Self.louvain), ("nmi_ari_leiden", Self.leiden)])
  func `igraph's own divisions and the departments`(name: String, letters: String) throws {
    guard let expected = try GraphData.reference("emaileu")?[name] as? [NSNumber],
      let rows = try GraphData.rows("email-Eu-core-department-labels.txt.gz")
    else { return }
    let departments = NodePartition(labels: rows.sorted { $0[0] < $1[0] }.map { Int($0[1]) })
    let found = NodePartition(labels: Array(letters))
    #expect(abs(try found.normalizedMutualInformation(with: departments) - expected[0].doubleValue) < 1e-12)
    #expect(abs(try found.adjustedRandIndex(with: departments) - expected[1].doubleValue) < 1e-12)
  }

  private static let louvain = """
    001111122232245630023334444444444444444445322664433575111111773155333333300443353333305311333555\
    466666177333333334444334035466135551153441166235330355743333771132336435544453115057577536333335\
    111155555555555511113250630000000000043551111111111114220374133335333454222206516665555351375113\
    355552577033301111307000000000417766233333002466444430555555555556633322242332347146312377777777\
    777777777777777535556322143115753435323435546623333344445244456667522334555036335323034333333337\
    315554522334354325222222222033253335113313553254122312533033335554343333133255230355122552215255\
    533685335511434365370331512715332415333306615515413370117911113163336713A2033B3456C7D263512373E3\
    232F65337551G146553H53500712233I3552663J1353111724434435323KL37631132731M0N335153421040067110233\
    6363O3105320307314331555336435P335512211Q1731551453653525312352312355367574521545155531323314531\
    114377550554134114341313133442343411411570355553224475543123141116113636565553573337712234352237\
    773145323352225241404414374443115111245351031
    """

  private static let leiden = """
    001111122232245630023334444444444444444445322664433575111111773155333333300443353333305311333555\
    466666177333333334444334037466135571153441166233330377743333771172336435544453115077777536333337\
    111155555555555511113270630000000000043751111111111114220374133335333474222206516665577351377113\
    355552577033301111307000000000417766233333002466444430777777777776633322242332347146312377777777\
    777777777777777535756322143115773433323435546623333044445244456667522334555036335323734333333337\
    315554522333354323222222222033273335113013553254122312533037335554343333133255230355122552215257\
    533685335511434365370331512717332415300306615715313370117911113163331713A2033B3476C7D263512373E3\
    232F65337771G146553H73500712233I3552663J5353111724437435327KL37631132731M0N335153421040067110233\
    6363O3105320377314731555306437P335512211Q1731571453657527312352312355367574521743157731327314731\
    114377570554134114741313133442343411411770775553224475540123141116113636565553073337711234352237\
    773145323352225241404414374443115115245351031
    """
}
