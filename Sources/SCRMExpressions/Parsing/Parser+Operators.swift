extension Parser {
  /// `a ? b : c` and everything that binds more tightly.
  mutating func expression() -> ExpressionTree {
    descend { $0.conditional() } ?? placeholder()
  }

  private mutating func conditional() -> ExpressionTree {
    let start = token.start
    let condition = binary(2)
    guard token.kind == .question else { return condition }
    let anchor = token.start
    var tallest = height
    advance()
    let whenTrue = binary(2)
    tallest = max(tallest, height)
    if !take(.colon) {
      report("expected ':' and the value when the condition is false, found \(found)")
      return condition
    }
    let whenFalse = expression()
    return make(
      .operation(.conditional, [condition, whenTrue, whenFalse]), start, anchor: anchor, over: max(tallest, height))
  }

  /// Operators between operands that bind at least as tightly as `minimum`.
  private mutating func binary(_ minimum: Int) -> ExpressionTree {
    let start = token.start
    var left = unary()
    while let sign = token.binaryOperator, sign.precedence >= minimum {
      let anchor = token.start
      var tallest = height
      if sign == .and || sign == .or {
        var operands = [left]
        while token.binaryOperator == sign {
          advance()
          operands.append(descend { $0.binary(sign.precedence + 1) } ?? placeholder())
          tallest = max(tallest, height)
        }
        left = make(.operation(sign, operands), start, anchor: anchor, over: tallest)
      } else {
        advance()
        let right = descend { $0.binary(sign.precedence + 1) } ?? placeholder()
        left = make(.operation(sign, [left, right]), start, anchor: anchor, over: max(tallest, height))
      }
    }
    return left
  }

  private mutating func unary() -> ExpressionTree {
    guard token.kind == .not || token.kind == .minus else { return member() }
    let kind = token.kind
    var starts: [Int32] = []
    while token.kind == kind {
      starts.append(token.start)
      advance()
    }
    var operand: ExpressionTree
    if kind == .minus, token.kind == .int || token.kind == .double, let start = starts.popLast() {
      let number = negativeLiteral(from: start)
      operand = suffixes(number, from: start)
    } else {
      operand = member()
    }
    for start in starts.reversed() {
      operand = make(.operation(kind == .not ? .not : .negate, [operand]), start, anchor: start, over: height)
    }
    return operand
  }

  private mutating func negativeLiteral(from start: Int32) -> ExpressionTree {
    let number = token
    let value: ExpressionLiteral =
      number.kind == .int
      ? .int(literal { $0.int(number, isNegative: true) }) : .double(-literal { $0.double(number) })
    advance()
    return make(.literal(value), start, anchor: start, over: 0)
  }
}
