import SCRMExpressions
import Testing

struct BuilderTests {
  let type = ExpressionTerm<String>(variable: "event.type")
  let influence = ExpressionTerm<Double>(variable: "profile.influence")
  let tags = ExpressionTerm<[String]>(variable: "tags")
  let count = ExpressionTerm<Int64>(variable: "event.count")

  @Test
  func theBuilderMakesTheTreeOfTheText() throws {
    let pairs: [(ExpressionTerm<Bool>, String)] = [
      (
        type == "comment" && influence > 20.5 && !(count < 3) && type.isIn(["a", "b"]),
        "event.type == 'comment' && profile.influence > 20.5 && !(event.count < 3) && event.type in ['a', 'b']"
      ),
      (
        type == "a" && (type == "b" || influence <= 1),
        "event.type == 'a' && (event.type == 'b' || profile.influence <= 1.0)"
      ),
      (tags.exists { $0.startsWith("vip") }, "tags.exists(e, e.startsWith('vip'))"),
      (type.isIn(tags) || influence.isPresent, "event.type in tags || has(profile.influence)"),
      (type.size + 1 >= count * 2 - 3, "size(event.type) + 1 >= event.count * 2 - 3"),
      ((type != "x").then(true, otherwise: type.matches("^a")), "event.type != 'x' ? true : event.type.matches('^a')"),
    ]
    for (term, text) in pairs {
      #expect(term.tree == (try ExpressionTree(parsing: text)), "\(term.tree)")
      #expect(try ruleEnvironment().compile(term.tree).resultType == .bool)
    }
  }

  @Test
  func conditionsAreListed() throws {
    let isStrict = true
    let condition = ExpressionTerm<Bool>.all {
      type == "comment"
      if isStrict { influence > 10 }
      for tag in ["a", "b"] { tags.exists { $0 == ExpressionTerm(stringLiteral: tag) } }
      ExpressionTerm<Bool>.any {
        count > 1
        influence > 50
      }
    }
    let text =
      "event.type == 'comment' && profile.influence > 10.0 && tags.exists(e, e == 'a') && tags.exists(e, e == 'b')"
      + " && (event.count > 1 || profile.influence > 50.0)"
    #expect(condition.tree == (try ExpressionTree(parsing: text)))
    #expect(ExpressionTerm<Bool>.all {}.tree == .literal(.bool(true)))
  }
}
