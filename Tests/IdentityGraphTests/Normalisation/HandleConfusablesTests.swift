import DenseData
import IdentityGraph
import Testing

/// Look-alikes are flagged, and remain different keys.
@Suite struct HandleConfusablesTests {
  @Test(arguments: [
    ("paypal", "раураl"), ("paul", "pauI"), ("paul", "pau1"), ("modern", "rnodern"), ("google", "g00gle"),
    ("scope", "ѕсоре"), ("nova", "nονa"), ("alice", "a\u{200D}lice"), ("li", "il"),
  ])
  func `look-alikes have one skeleton and two keys`(left: String, right: String) throws {
    #expect(HandleConfusables.areConfusable(left, right) && HandleConfusables.areConfusable(right, left))
    let keys = try [left, right].map { try HandleNormaliser.key(for: $0) }
    #expect(Array(keys[0].utf8) != Array(keys[1].utf8))
    var graph = EvidenceGraph()
    for (index, key) in keys.enumerated() {
      let record = IdentifierKey(IdentifierNamespace("record"), key: "\(index)")
      try graph.add(
        IdentityStatement(
          event: EventKey("t", "\(index)"), time: .epoch,
          identifiers: [IdentifierClaim(record, .verified), IdentifierClaim(IdentifierKey(.handle("x"), key: key))]))
    }
    #expect(graph.people().count == 2)
  }

  @Test(arguments: [("paypal", "paypal"), ("anna", "hanna"), ("王芳", "王方"), ("ab", "ba"), ("a_b", "a.b")])
  func `others are not confusable`(left: String, right: String) {
    #expect(!HandleConfusables.areConfusable(left, right))
  }

  @Test func `mixed scripts are told from single ones`() {
    for handle in ["pаypal", "αlpha", "Жane"] { #expect(HandleConfusables.mixesScripts(handle), "\(handle)") }
    for handle in ["paypal", "вера_1", "αλφα", "王fang", "élan", ""] {
      #expect(!HandleConfusables.mixesScripts(handle), "\(handle)")
    }
  }

  @Test(arguments: 0..<300)
  func `a skeleton is its own skeleton`(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let signs = Array("mrnil1|0oаеорсух王Ж\u{200D}_-İßſΣ".unicodeScalars)
    let text = (0..<random.below(12)).map { _ in String(signs[random.below(signs.count)]) }.joined()
    let skeleton = HandleConfusables.skeleton(of: text)
    #expect(Array(HandleConfusables.skeleton(of: skeleton).utf8) == Array(skeleton.utf8), "\(text.debugDescription)")
  }
}
