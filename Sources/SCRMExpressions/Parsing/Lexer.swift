/// Splits the bytes of an expression into tokens (cel-spec, `doc/langdef.md`, "Syntax").
struct Lexer {
  let bytes: UnsafeBufferPointer<UInt8>
  private(set) var position = 0
  /// Faults of the tokens read so far, not yet taken by the parser.
  var faults: [ExpressionDiagnostic] = []

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// Nothing is read any more.
  mutating func stop() { position = bytes.count }

  @inline(__always)
  private func byte(_ offset: Int) -> UInt8 {
    let index = position + offset
    return index < bytes.count ? bytes[index] : 0
  }

  mutating func next() -> Token {
    skipBlanks()
    let start = position
    guard position < bytes.count else { return Token(kind: .end, start: Int32(start), end: Int32(start)) }
    let first = bytes[position]
    if Keywords.isStart(first) { return word() }
    if first &- 0x30 < 10 || (first == 0x2E && byte(1) &- 0x30 < 10) { return number() }
    switch first {
    case 0x22, 0x27: return quoted(.string, isRaw: false, from: start)
    case 0x60: return escapedName()
    case 0x26 where byte(1) == 0x26: return take(2, .and)
    case 0x7C where byte(1) == 0x7C: return take(2, .or)
    case 0x3D where byte(1) == 0x3D: return take(2, .equal)
    case 0x21: return byte(1) == 0x3D ? take(2, .notEqual) : take(1, .not)
    case 0x3C: return byte(1) == 0x3D ? take(2, .lessOrEqual) : take(1, .less)
    case 0x3E: return byte(1) == 0x3D ? take(2, .greaterOrEqual) : take(1, .greater)
    case 0x2B: return take(1, .plus)
    case 0x2D: return take(1, .minus)
    case 0x2A: return take(1, .star)
    case 0x2F: return take(1, .slash)
    case 0x25: return take(1, .percent)
    case 0x3F: return take(1, .question)
    case 0x3A: return take(1, .colon)
    case 0x2C: return take(1, .comma)
    case 0x2E: return take(1, .dot)
    case 0x28: return take(1, .leftParenthesis)
    case 0x29: return take(1, .rightParenthesis)
    case 0x5B: return take(1, .leftBracket)
    case 0x5D: return take(1, .rightBracket)
    case 0x7B: return take(1, .leftBrace)
    case 0x7D: return take(1, .rightBrace)
    default: return unknown(first)
    }
  }

  private mutating func take(_ count: Int, _ kind: Token.Kind) -> Token {
    let start = position
    position += count
    return Token(kind: kind, start: Int32(start), end: Int32(position))
  }

  private mutating func skipBlanks() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0C, 0x0D: position += 1
      case 0x2F where byte(1) == 0x2F:
        while position < bytes.count, bytes[position] != 0x0A { position += 1 }
      default: return
      }
    }
  }

  private mutating func unknown(_ first: UInt8) -> Token {
    let start = position
    position += 1
    while first >= 0x80, position < bytes.count, bytes[position] >= 0x80 { position += 1 }
    let expected =
      switch first {
      case 0x3D: "'==' to compare"
      case 0x26: "'&&' between conditions that must both hold"
      case 0x7C: "'||' between conditions of which one must hold"
      case 0x80...: "text in quotes, fields in backticks and names of ASCII letters"
      default: "an operand or an operator"
      }
    fault("expected \(expected), found '\(text(start, position))'", start, position)
    return Token(kind: .invalid, start: Int32(start), end: Int32(position))
  }

  mutating func fault(_ message: String, _ start: Int, _ end: Int) {
    faults.append(
      ExpressionDiagnostic(
        .syntax, message, at: ExpressionLocation(start: Int32(start), end: Int32(end), anchor: Int32(start))))
  }

  /// The text between two offsets; a full expression is valid UTF-8 and offsets stand between characters.
  func text(_ start: Int, _ end: Int) -> String {
    String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<end]), as: UTF8.self)
  }

  private mutating func word() -> Token {
    let start = position
    position += 1
    while position < bytes.count, Keywords.isPart(bytes[position]) { position += 1 }
    if position < bytes.count, position - start <= 2, bytes[position] == 0x22 || bytes[position] == 0x27 {
      let first = bytes[start] | 0x20
      if position - start == 1, first == 0x72 { return quoted(.string, isRaw: true, from: start) }
      if first == 0x62 {
        if position - start == 1 { return quoted(.bytes, isRaw: false, from: start) }
        if bytes[start + 1] | 0x20 == 0x72 { return quoted(.bytes, isRaw: true, from: start) }
      }
    }
    return Token(kind: keyword(start), start: Int32(start), end: Int32(position))
  }

  private func keyword(_ start: Int) -> Token.Kind {
    switch position - start {
    case 2: return matches("in", start) ? .in : .name
    case 4: return matches("true", start) ? .true : (matches("null", start) ? .null : .name)
    case 5: return matches("false", start) ? .false : .name
    default: return .name
    }
  }

  private func matches(_ word: StaticString, _ start: Int) -> Bool {
    for index in 0..<word.utf8CodeUnitCount where word.utf8Start[index] != bytes[start + index] { return false }
    return true
  }

  private mutating func escapedName() -> Token {
    let start = position
    position += 1
    while position < bytes.count, bytes[position] != 0x60, bytes[position] >= 0x20, bytes[position] != 0x7F {
      position += 1
    }
    guard position < bytes.count, bytes[position] == 0x60, position > start + 1 else {
      fault("expected a field name between backticks", start, position)
      if byte(0) == 0x60 { position += 1 }
      return Token(kind: .invalid, start: Int32(start), end: Int32(position))
    }
    position += 1
    return Token(kind: .escapedName, start: Int32(start), end: Int32(position))
  }

  private mutating func digits() -> Bool {
    let start = position
    while byte(0) &- 0x30 < 10 { position += 1 }
    return position > start
  }

  private mutating func number() -> Token {
    let start = position
    var kind = Token.Kind.int
    if byte(0) == 0x30, byte(1) | 0x20 == 0x78 {
      position += 2
      let first = position
      while byte(0) &- 0x30 < 10 || (byte(0) | 0x20) &- 0x61 < 6 { position += 1 }
      if position == first { fault("expected hexadecimal digits behind '0x'", start, position) }
    } else {
      _ = digits()
      if byte(0) == 0x2E, byte(1) &- 0x30 < 10 {
        kind = .double
        position += 1
        _ = digits()
      }
      if byte(0) | 0x20 == 0x65 {
        let sign = byte(1) == 0x2B || byte(1) == 0x2D ? 1 : 0
        if byte(1 + sign) &- 0x30 < 10 {
          kind = .double
          position += 1 + sign
          _ = digits()
        }
      }
    }
    if kind == .int, byte(0) | 0x20 == 0x75 {
      kind = .uint
      position += 1
    }
    if position < bytes.count, Keywords.isPart(bytes[position]) {
      let bad = position
      while position < bytes.count, Keywords.isPart(bytes[position]) { position += 1 }
      fault("expected an operator behind the number, found '\(text(bad, position))'", bad, position)
      return Token(kind: .invalid, start: Int32(start), end: Int32(position))
    }
    return Token(kind: kind, start: Int32(start), end: Int32(position))
  }

  /// A text in quotes; `position` stands at the first quote.
  private mutating func quoted(_ kind: Token.Kind, isRaw: Bool, from start: Int) -> Token {
    let quote = bytes[position]
    let isTriple = byte(1) == quote && byte(2) == quote
    position += isTriple ? 3 : 1
    while position < bytes.count {
      let current = bytes[position]
      if current == 0x5C {
        position += isRaw ? 1 : 2
        continue
      }
      if current == quote {
        if !isTriple {
          position += 1
          return Token(kind: kind, start: Int32(start), end: Int32(position))
        }
        if byte(1) == quote, byte(2) == quote {
          position += 3
          return Token(kind: kind, start: Int32(start), end: Int32(position))
        }
      } else if !isTriple, current == 0x0A || current == 0x0D {
        break
      }
      position += 1
    }
    position = min(position, bytes.count)
    let name = isTriple ? "three quotes" : "a quote"
    fault("the text that begins here is not closed; expected \(name)", start, position)
    return Token(kind: .invalid, start: Int32(start), end: Int32(position))
  }
}
