/// The syntax tree of an expression of the Common Expression Language (CEL).
///
/// Text, JSON, the Swift builder and form editors all make and read this one tree. It holds what the author wrote:
/// macros such as `exists` stay calls, chains of `&&` and of `||` are one node with all their operands, and parentheses
/// are kept only where they change the tree.
///
/// ```swift
/// let tree = try ExpressionTree(parsing: "event.type == 'comment' && profile.influence > 20.5")
/// print(tree.text)  // event.type == "comment" && profile.influence > 20.5
/// ```
public struct ExpressionTree: Sendable {
  /// What stands at the root of a tree.
  public indirect enum Node: Sendable {
    /// A literal.
    case literal(ExpressionLiteral)
    /// A name; one that starts with a dot is looked up from the root of all names.
    case name(String)
    /// A field, `operand.field`; with `optional`, `operand.?field`.
    case select(ExpressionTree, field: String, optional: Bool)
    /// An operator with its operands.
    case operation(ExpressionOperator, [ExpressionTree])
    /// A call, `function(arguments)` or `target.function(arguments)`; macros are calls too.
    case call(String, target: ExpressionTree?, arguments: [ExpressionTree])
    /// A list, `[a, ?b]`.
    case list([Element])
    /// A map, `{a: b, ?c: d}`.
    case map([Entry])
  }

  /// An element of a list.
  public struct Element: Sendable, Hashable {
    /// The element, or with `optional` an optional value that is left out when it is empty.
    public var value: ExpressionTree
    /// Whether it is written with `?`.
    public var isOptional: Bool

    /// Creates an element.
    public init(_ value: ExpressionTree, isOptional: Bool = false) {
      self.value = value
      self.isOptional = isOptional
    }
  }

  /// An entry of a map.
  public struct Entry: Sendable, Hashable {
    /// The key.
    public var key: ExpressionTree
    /// The value, or with `optional` an optional value; the entry is left out when it is empty.
    public var value: ExpressionTree
    /// Whether it is written with `?`.
    public var isOptional: Bool

    /// Creates an entry.
    public init(_ key: ExpressionTree, _ value: ExpressionTree, isOptional: Bool = false) {
      self.key = key
      self.value = value
      self.isOptional = isOptional
    }
  }

  /// The root.
  public var node: Node
  /// Where it stands in the text it was read from; takes no part in equality.
  public var location: ExpressionLocation

  /// Creates a tree.
  public init(_ node: Node, at location: ExpressionLocation = .none) {
    self.node = node
    self.location = location
  }
}

extension ExpressionTree: Hashable {
  /// Whether both are the same tree, wherever they stand; names by bytes.
  public static func == (left: ExpressionTree, right: ExpressionTree) -> Bool { left.node == right.node }

  /// Hashes the tree without locations.
  public func hash(into hasher: inout Hasher) { hasher.combine(node) }
}

// Names are compared by bytes, not by Swift's canonical equivalence.
extension ExpressionTree.Node: Hashable {
  /// Whether both are the same node with the same trees below.
  public static func == (left: Self, right: Self) -> Bool {
    switch (left, right) {
    case (.literal(let l), .literal(let r)): l == r
    case (.name(let l), .name(let r)): l.sameBytes(as: r)
    case (.select(let l, let lField, let lOptional), .select(let r, let rField, let rOptional)):
      lField.sameBytes(as: rField) && lOptional == rOptional && l == r
    case (.operation(let l, let lOperands), .operation(let r, let rOperands)): l == r && lOperands == rOperands
    case (.call(let l, let lTarget, let lArguments), .call(let r, let rTarget, let rArguments)):
      l.sameBytes(as: r) && lTarget == rTarget && lArguments == rArguments
    case (.list(let l), .list(let r)): l == r
    case (.map(let l), .map(let r)): l == r
    default: false
    }
  }

  /// Hashes the node and the trees below.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .literal(let literal): hasher.combine(literal)
    case .name(let name): name.hashBytes(into: &hasher)
    case .select(let operand, let field, let optional):
      field.hashBytes(into: &hasher)
      hasher.combine(optional)
      hasher.combine(operand)
    case .operation(let sign, let operands):
      hasher.combine(sign)
      hasher.combine(operands)
    case .call(let function, let target, let arguments):
      function.hashBytes(into: &hasher)
      hasher.combine(target)
      hasher.combine(arguments)
    case .list(let elements): hasher.combine(elements)
    case .map(let entries): hasher.combine(entries)
    }
  }
}

extension ExpressionTree {
  /// A name.
  public static func name(_ name: String) -> ExpressionTree { ExpressionTree(.name(name)) }
  /// A literal.
  public static func literal(_ literal: ExpressionLiteral) -> ExpressionTree { ExpressionTree(.literal(literal)) }
  /// A field of this tree.
  public func select(_ field: String, optional: Bool = false) -> ExpressionTree {
    ExpressionTree(.select(self, field: field, optional: optional))
  }
  /// An operator with operands.
  public static func operation(_ operator: ExpressionOperator, _ operands: ExpressionTree...) -> ExpressionTree {
    ExpressionTree(.operation(`operator`, operands))
  }
  /// A call of a function.
  public static func call(_ function: String, _ arguments: ExpressionTree...) -> ExpressionTree {
    ExpressionTree(.call(function, target: nil, arguments: arguments))
  }
  /// A call of a function on this tree.
  public func call(_ function: String, _ arguments: ExpressionTree...) -> ExpressionTree {
    ExpressionTree(.call(function, target: self, arguments: arguments))
  }

  /// The trees directly below the root, in the order of the text.
  public var children: [ExpressionTree] {
    switch node {
    case .literal, .name: []
    case .select(let operand, _, _): [operand]
    case .operation(_, let operands): operands
    case .call(_, let target, let arguments): (target.map { [$0] } ?? []) + arguments
    case .list(let elements): elements.map(\.value)
    case .map(let entries): entries.flatMap { [$0.key, $0.value] }
    }
  }
}
