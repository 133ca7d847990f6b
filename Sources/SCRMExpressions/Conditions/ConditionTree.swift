/// A condition as form editors show it: groups of tests of one field each.
///
/// It is the part of the language that needs no knowledge of it. ``init(_:)`` reads any ``ExpressionTree``; what is not of
/// this shape is kept as an expression, so that nothing is lost and an editor can show it as text. ``tree`` gives the
/// tree back: `event.type == 'comment' && !(profile.influence > 20.5)` is `all` of a test and `not` another test.
///
/// A tree read and given back is the same tree. A condition given as a tree and read back is the same condition, but for
/// groups no text can say: a group of one is its member, an empty `all` is `true`, an empty `any` is `false`, and an
/// expression of the shape of a test is that test.
public indirect enum ConditionTree: Sendable, Hashable {
  /// All of the conditions hold.
  case all([ConditionTree])
  /// At least one of the conditions holds.
  case any([ConditionTree])
  /// The condition does not hold.
  case not(ConditionTree)
  /// A test of one field.
  case test(ConditionField, ConditionTest)
  /// Any other expression of the language.
  case expression(ExpressionTree)
}
