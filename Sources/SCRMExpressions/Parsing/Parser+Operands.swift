extension Parser {
  /// An operand with the fields, calls and indices behind it.
  mutating func member() -> ExpressionTree {
    let start = token.start
    return suffixes(primary(), from: start)
  }

  mutating func suffixes(_ operand: ExpressionTree, from start: Int32) -> ExpressionTree {
    var tree = operand
    while true {
      switch token.kind {
      case .dot: tree = field(of: tree, from: start)
      case .leftBracket:
        let anchor = token.start
        let tallest = height
        advance()
        let isOptional = take(.question)
        let index = expression()
        let height = max(tallest, self.height)
        close(.rightBracket, "']'", opening: "'['", at: anchor)
        tree = make(
          .operation(isOptional ? .optionalIndex : .index, [tree, index]), start, anchor: anchor, over: height)
      case .leftBrace:
        report("messages are not part of this language; a map is written without a name, as {'key': value}")
        advance()
        skip(to: [.rightBrace])
        _ = take(.rightBrace)
      default: return tree
      }
    }
  }

  private mutating func field(of operand: ExpressionTree, from start: Int32) -> ExpressionTree {
    let tallest = height
    advance()
    let isOptional = take(.question)
    let selector = token
    guard let name = fieldName() else {
      report("expected the name of a field or function behind '.', found \(found)")
      return operand
    }
    advance()
    guard token.kind == .leftParenthesis, selector.kind == .name, !isOptional else {
      return make(
        .select(operand, field: name, optional: isOptional), start, anchor: selector.start, over: tallest)
    }
    let arguments = self.arguments()
    return make(
      .call(name, target: operand, arguments: arguments), start, anchor: selector.start, over: max(tallest, height))
  }

  private func fieldName() -> String? {
    switch token.kind {
    case .name: lexer.text(Int(token.start), Int(token.end))
    case .escapedName: lexer.text(Int(token.start) + 1, Int(token.end) - 1)
    default: nil
    }
  }

  /// `(a, b)`; leaves the levels of the tallest argument.
  private mutating func arguments() -> [ExpressionTree] {
    let start = token.start
    advance()
    var arguments: [ExpressionTree] = []
    var tallest = 0
    while token.kind != .rightParenthesis, token.kind != .end {
      arguments.append(expression())
      tallest = max(tallest, height)
      if !goesOn(.rightParenthesis) { break }
    }
    close(.rightParenthesis, "')'", opening: "'('", at: start, or: "','")
    height = tallest
    return arguments
  }

  /// Takes a comma; behind a fault skips to the next one.
  private mutating func goesOn(_ end: Token.Kind) -> Bool {
    if take(.comma) { return true }
    if token.kind == end || token.kind == .end { return false }
    report("expected ',' or the closing bracket, found \(found)")
    skip(to: [.comma, end])
    return take(.comma)
  }

  private mutating func primary() -> ExpressionTree {
    let current = token
    let start = current.start
    switch current.kind {
    case .int:
      return constant(.int(literal { $0.int(current, isNegative: false) }))
    case .uint: return constant(.uint(literal { $0.uint(current) }))
    case .double: return constant(.double(literal { $0.double(current) }))
    case .string: return constant(.string(literal { $0.string(current) }))
    case .bytes: return constant(.bytes(literal { $0.byteString(current) }))
    case .true: return constant(.bool(true))
    case .false: return constant(.bool(false))
    case .null: return constant(.null)
    case .name, .dot: return name()
    case .leftParenthesis:
      advance()
      let tree = expression()
      close(.rightParenthesis, "')'", opening: "'('", at: start)
      return tree
    case .leftBracket: return list()
    case .leftBrace: return map()
    case .invalid:
      advance()
      height = 1
      return placeholder()
    default:
      report("expected an operand, found \(found)")
      height = 1
      if !Self.followsOperand(current.kind) { advance() }
      return placeholder()
    }
  }

  private static func followsOperand(_ kind: Token.Kind) -> Bool {
    switch kind {
    case .end, .rightParenthesis, .rightBracket, .rightBrace, .comma, .colon, .question, .and, .or: true
    default: false
    }
  }

  private mutating func constant(_ literal: ExpressionLiteral) -> ExpressionTree {
    let start = token.start
    advance()
    return make(.literal(literal), start, anchor: start, over: 0)
  }

  private mutating func name() -> ExpressionTree {
    let start = token.start
    let isRooted = take(.dot)
    guard token.kind == .name else {
      report("expected a name behind '.', found \(found)")
      height = 1
      return placeholder()
    }
    let anchor = token.start
    let word = lexer.text(Int(token.start), Int(token.end))
    if Keywords.reserved.contains(word) {
      report("expected a name, found the reserved word '\(word)'")
    }
    advance()
    let name = isRooted ? "." + word : word
    guard token.kind == .leftParenthesis else { return make(.name(name), start, anchor: anchor, over: 0) }
    let arguments = self.arguments()
    return make(.call(name, target: nil, arguments: arguments), start, anchor: anchor, over: height)
  }

  private mutating func list() -> ExpressionTree {
    let start = token.start
    advance()
    var elements: [ExpressionTree.Element] = []
    var tallest = 0
    while token.kind != .rightBracket, token.kind != .end {
      let isOptional = take(.question)
      elements.append(.init(expression(), isOptional: isOptional))
      tallest = max(tallest, height)
      if !goesOn(.rightBracket) { break }
    }
    close(.rightBracket, "']'", opening: "'['", at: start, or: "','")
    return make(.list(elements), start, anchor: start, over: tallest)
  }

  private mutating func map() -> ExpressionTree {
    let start = token.start
    advance()
    var entries: [ExpressionTree.Entry] = []
    var tallest = 0
    while token.kind != .rightBrace, token.kind != .end {
      let isOptional = take(.question)
      let key = expression()
      tallest = max(tallest, height)
      if take(.colon) {
        entries.append(.init(key, expression(), isOptional: isOptional))
        tallest = max(tallest, height)
      } else {
        report("expected ':' and a value behind the key, found \(found)")
        skip(to: [.comma, .rightBrace])
      }
      if !goesOn(.rightBrace) { break }
    }
    close(.rightBrace, "'}'", opening: "'{'", at: start, or: "','")
    return make(.map(entries), start, anchor: start, over: tallest)
  }
}
