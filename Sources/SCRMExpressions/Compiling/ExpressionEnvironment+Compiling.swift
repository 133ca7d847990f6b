extension ExpressionEnvironment {
  /// Reads, checks and compiles an expression.
  ///
  /// O(n) in the bytes, apart from hostile generic types.
  /// - Throws: ``ExpressionError`` with every fault found in one pass.
  public func compile(_ text: String) throws(ExpressionError) -> ExpressionProgram {
    try compile(try ExpressionTree(parsing: text, limits: limits), source: text, isChecked: true)
  }

  /// Checks and compiles a tree; messages point into the text of the tree.
  /// - Throws: ``ExpressionError`` with every fault found in one pass.
  public func compile(_ tree: ExpressionTree) throws(ExpressionError) -> ExpressionProgram {
    // Trees made in Swift or read from JSON have not been measured by the parser.
    var level = [tree]
    var depth = 0
    var count = 0
    while !level.isEmpty {
      depth += 1
      count += level.count
      guard depth <= limits.maximumDepth, count <= limits.maximumNodes else {
        let message = "expected at most \(limits.maximumDepth) levels and \(limits.maximumNodes) parts"
        throw ExpressionError([ExpressionDiagnostic(.limit, message, at: .none)], source: "")
      }
      level = level.flatMap(\.children)
    }
    return try compile(tree.text)
  }

  /// Compiles without checking types: what does not fit fails when it is evaluated.
  /// - Throws: ``ExpressionError`` for what is not of the language.
  public func compileUnchecked(_ text: String) throws(ExpressionError) -> ExpressionProgram {
    try compile(try ExpressionTree(parsing: text, limits: limits), source: text, isChecked: false)
  }

  private func compile(
    _ tree: ExpressionTree, source: String, isChecked: Bool
  ) throws(ExpressionError) -> ExpressionProgram {
    var compiler = Compiler(self, isChecked: isChecked)
    let (plan, type) = try compiler.finish(tree, source: source)
    return ExpressionProgram(tree, source: source, plan, isChecked ? type : .dyn, zone: zone)
  }
}
