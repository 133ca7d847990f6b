extension ExpressionTree {
  /// The tree as text of the language, on one line, with the parentheses it needs and no others.
  ///
  /// Reading the text gives the same tree again. Only a tree made in Swift can hold what no text says: a number that is
  /// not finite is written as `double("NaN")`, `double("Infinity")` or `double("-Infinity")`.
  public var text: String {
    var unparser = Unparser()
    unparser.write(self, tighterThan: 1)
    return String(decoding: unparser.bytes, as: UTF8.self)
  }
}

extension ExpressionTree: CustomStringConvertible {
  /// The text of the tree.
  public var description: String { text }
}

/// Writes a tree as text.
struct Unparser {
  private(set) var bytes: [UInt8] = []

  private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private static let member = 8

  /// Writes a tree, in parentheses when it binds less tightly than `precedence`.
  mutating func write(_ tree: ExpressionTree, tighterThan precedence: Int) {
    let own = Self.precedence(of: tree)
    if own < precedence { append("(") }
    switch tree.node {
    case .literal(let literal): write(literal)
    case .name(let name): append(name)
    case .select(let operand, let field, let optional):
      write(operand, tighterThan: Self.member)
      append(optional ? ".?" : ".")
      let isPlain = Keywords.isIdentifier(field.utf8) && !Keywords.operators.contains(field)
      append(isPlain ? field : "`" + field + "`")
    case .operation(let sign, let operands): write(sign, operands)
    case .call(let function, let target, let arguments):
      if let target {
        write(target, tighterThan: Self.member)
        append(".")
      }
      append(function + "(")
      writeList(arguments) { $0.write($1, tighterThan: 1) }
      append(")")
    case .list(let elements):
      append("[")
      writeList(elements) {
        if $1.isOptional { $0.append("?") }
        $0.write($1.value, tighterThan: 1)
      }
      append("]")
    case .map(let entries):
      append("{")
      writeList(entries) {
        if $1.isOptional { $0.append("?") }
        $0.write($1.key, tighterThan: 1)
        $0.append(": ")
        $0.write($1.value, tighterThan: 1)
      }
      append("}")
    }
    if own < precedence { append(")") }
  }

  private static func precedence(of tree: ExpressionTree) -> Int {
    switch tree.node {
    case .operation(let sign, _): sign.precedence
    case .literal(.int(let value)) where value < 0: 7
    case .literal(.double(let value)) where value.sign == .minus: 7
    default: 9
    }
  }

  /// Whether the text of a member expression starts with a number: a minus before it would become part of it.
  private static func startsWithNumber(_ tree: ExpressionTree) -> Bool {
    switch tree.node {
    case .literal(.int), .literal(.uint), .literal(.double): precedence(of: tree) >= member
    case .select(let operand, _, _), .call(_, target: let operand?, _): startsWithNumber(operand)
    case .operation(.index, let operands), .operation(.optionalIndex, let operands):
      operands.first.map(startsWithNumber) ?? false
    default: false
    }
  }

  private mutating func writeList<T>(_ items: [T], _ write: (inout Unparser, T) -> Void) {
    for (index, item) in items.enumerated() {
      if index > 0 { append(", ") }
      write(&self, item)
    }
  }

  private mutating func write(_ sign: ExpressionOperator, _ operands: [ExpressionTree]) {
    switch sign {
    case .and, .or:
      for (index, operand) in operands.enumerated() {
        if index > 0 { append(" \(sign.rawValue) ") }
        write(operand, tighterThan: sign.precedence + 1)
      }
    case .not, .negate:
      append(sign == .not ? "!" : "-")
      guard let operand = operands.first else { return }
      // A chain of one sign needs no parentheses: !!a.
      if case .operation(sign, _) = operand.node {
        write(operand, tighterThan: sign.precedence)
      } else if sign == .negate, Self.startsWithNumber(operand) {
        append("(")
        write(operand, tighterThan: 1)
        append(")")
      } else {
        write(operand, tighterThan: Self.member)
      }
    case .conditional:
      guard operands.count == 3 else { return }
      write(operands[0], tighterThan: 2)
      append(" ? ")
      write(operands[1], tighterThan: 2)
      append(" : ")
      write(operands[2], tighterThan: 1)
    case .index, .optionalIndex:
      guard operands.count == 2 else { return }
      write(operands[0], tighterThan: Self.member)
      append(sign == .index ? "[" : "[?")
      write(operands[1], tighterThan: 1)
      append("]")
    default:
      guard operands.count == 2 else { return }
      write(operands[0], tighterThan: sign.precedence)
      append(" \(sign.rawValue) ")
      write(operands[1], tighterThan: sign.precedence + 1)
    }
  }

  private mutating func write(_ literal: ExpressionLiteral) {
    switch literal {
    case .null: append("null")
    case .bool(let value): append(value ? "true" : "false")
    case .int(let value): append(String(value))
    case .uint(let value): append(String(value) + "u")
    case .double(let value):
      if value.isNaN {
        append("double(\"NaN\")")
      } else if value.isInfinite {
        append(value < 0 ? "double(\"-Infinity\")" : "double(\"Infinity\")")
      } else {
        append(value.description)
      }
    case .string(let text): Self.quote(text, into: &bytes)
    case .bytes(let content):
      append("b\"")
      for byte in content {
        switch byte {
        case 0x22, 0x5C: bytes.append(contentsOf: [0x5C, byte])
        case 0x20..<0x7F: bytes.append(byte)
        default:
          bytes.append(contentsOf: [0x5C, 0x78])
          bytes.append(contentsOf: Self.hexadecimal(UInt32(byte), digits: 2))
        }
      }
      append("\"")
    }
  }

  /// A text literal in double quotes; quotes, backslashes and control characters are escaped.
  static func quote(_ text: String, into bytes: inout [UInt8]) {
    bytes.append(0x22)
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x22, 0x5C: bytes.append(contentsOf: [0x5C, UInt8(truncatingIfNeeded: scalar.value)])
      case 0x0A: bytes.append(contentsOf: [0x5C, 0x6E])
      case 0x0D: bytes.append(contentsOf: [0x5C, 0x72])
      case 0x09: bytes.append(contentsOf: [0x5C, 0x74])
      case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029:
        bytes.append(contentsOf: [0x5C, 0x75])
        bytes.append(contentsOf: hexadecimal(scalar.value, digits: 4))
      default: bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      }
    }
    bytes.append(0x22)
  }

  private static func hexadecimal(_ value: UInt32, digits: Int) -> [UInt8] {
    (0..<digits).reversed().map { position in
      let digit = UInt8(truncatingIfNeeded: value >> UInt32(position * 4) & 15)
      return digit < 10 ? 0x30 + digit : 0x57 + digit
    }
  }
}
