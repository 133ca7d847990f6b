/// A node of a parsed pattern.
///
/// Groups leave nothing behind: only whether a text matches is asked.
indirect enum PatternNode: Sendable {
  /// The empty text.
  case empty
  /// One given scalar.
  case scalar(UInt32)
  /// One scalar of a set.
  case set(ScalarSet)
  /// A place in the text.
  case assertion(PatternAssertion)
  /// One after the other.
  case concatenation([PatternNode])
  /// Any one of them.
  case alternation([PatternNode])
  /// Any one of these sequences of scalars, none empty.
  case literals([[UInt32]])
  /// At least `minimum` times, at most `maximum` times or without end.
  case repetition(PatternNode, minimum: Int, maximum: Int?)

  static func sequence(_ nodes: [PatternNode]) -> PatternNode {
    nodes.count == 1 ? nodes[0] : (nodes.isEmpty ? .empty : .concatenation(nodes))
  }

  /// Alternatives, with those that are plain text put together.
  ///
  /// Their order does not matter to whether one matches.
  static func choice(_ branches: [PatternNode]) -> PatternNode {
    if branches.count == 1 { return branches[0] }
    var literals: [[UInt32]] = []
    var others: [PatternNode] = []
    for branch in branches {
      if let literal = branch.literal { literals.append(literal) } else { others.append(branch) }
    }
    if literals.isEmpty { return .alternation(others) }
    return others.isEmpty ? .literals(literals) : .alternation([.literals(literals)] + others)
  }

  /// The scalars of a node that is plain text and not empty.
  private var literal: [UInt32]? {
    if case .scalar(let scalar) = self { return [scalar] }
    guard case .concatenation(let nodes) = self else { return nil }
    var scalars: [UInt32] = []
    for node in nodes {
      guard case .scalar(let scalar) = node else { return nil }
      scalars.append(scalar)
    }
    return scalars
  }
}
