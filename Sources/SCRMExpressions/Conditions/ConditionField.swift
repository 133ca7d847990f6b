/// The field a test looks at: a variable, or fields of it one within the other, such as `event.properties.colour`.
public struct ConditionField: Sendable {
  /// The name of the variable and of the fields, from the outside in; at least one.
  public let path: [String]

  /// Reads a field as the language writes it, `event.type`, with backticks around unusual names.
  /// - Throws: ``ExpressionError`` when the text is no field.
  public init(_ text: String) throws(ExpressionError) {
    let tree = try ExpressionTree(parsing: text)
    guard let field = ConditionField(tree) else {
      let message = "expected a field, a name and then `.name` any number of times"
      throw ExpressionError([ExpressionDiagnostic(.syntax, message, at: tree.location)], source: text)
    }
    self = field
  }

  /// The field a tree names; `nil` for any other tree.
  public init?(_ tree: ExpressionTree) {
    var path: [String] = []
    var tree = tree
    while case .select(let operand, let field, optional: false) = tree.node {
      path.append(field)
      tree = operand
    }
    guard case .name(let name) = tree.node else { return nil }
    path.append(name)
    self.path = path.reversed()
  }

  /// The field as a tree.
  public var tree: ExpressionTree {
    path.dropFirst().reduce(ExpressionTree.name(path.first ?? "")) { $0.select($1) }
  }
}

// Names are compared by bytes, not by Swift's canonical equivalence.
extension ConditionField: Hashable {
  /// Whether both name the same field.
  public static func == (left: ConditionField, right: ConditionField) -> Bool {
    left.path.count == right.path.count && zip(left.path, right.path).allSatisfy { $0.sameBytes(as: $1) }
  }

  /// Hashes the names.
  public func hash(into hasher: inout Hasher) {
    for name in path { name.hashBytes(into: &hasher) }
  }
}

extension ConditionField: CustomStringConvertible {
  /// The field as the language writes it.
  public var description: String { tree.text }
}
