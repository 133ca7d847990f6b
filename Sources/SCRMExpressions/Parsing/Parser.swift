/// Reads an expression by recursive descent and goes on behind a fault, so that several are found in one pass.
struct Parser {
  private(set) var lexer: Lexer
  private(set) var token: Token
  private(set) var diagnostics: [ExpressionDiagnostic] = []
  private let limits: ExpressionLimits
  /// Levels of the tree read last.
  var height = 0
  /// How deep the descent is.
  private var descent = 0
  private var nodes = 0
  private var isStopped = false
  /// Where the token before the present one ends.
  private(set) var lastEnd: Int32 = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>, limits: ExpressionLimits) {
    lexer = Lexer(bytes)
    self.limits = limits
    token = Token(kind: .end, start: 0, end: 0)
    token = lexer.next()
    takeFaults()
  }

  /// The whole text as one expression.
  mutating func document() -> ExpressionTree {
    let tree = expression()
    while token.kind != .end {
      report("expected an operator or the end, found \(found)")
      skip(to: [.and, .or])
      if token.kind == .end { break }
      advance()
      _ = expression()
    }
    return tree
  }

  // MARK: Tokens

  mutating func advance() {
    lastEnd = token.end
    token = lexer.next()
    takeFaults()
  }

  private mutating func takeFaults() {
    if lexer.faults.isEmpty { return }
    let faults = lexer.faults
    lexer.faults.removeAll()
    for fault in faults { append(fault) }
  }

  mutating func take(_ kind: Token.Kind) -> Bool {
    guard token.kind == kind else { return false }
    advance()
    return true
  }

  /// Takes a closing token, or reports its absence.
  mutating func close(_ kind: Token.Kind, _ name: String, opening: String, at start: Int32, or more: String = "") {
    if take(kind) { return }
    let alternatives = more.isEmpty ? "" : " or \(more)"
    report("expected \(name) for the \(opening) at byte \(start)\(alternatives), found \(found)")
    skip(to: [kind])
    _ = take(kind)
  }

  var found: String {
    switch token.kind {
    case .end: "the end"
    case .string, .bytes: "a text"
    case .int, .uint, .double: "a number"
    default: "'\(lexer.text(Int(token.start), Int(token.end)))'"
    }
  }

  // MARK: Faults

  private mutating func append(_ diagnostic: ExpressionDiagnostic) {
    if isStopped || diagnostics.last?.location.start == diagnostic.location.start { return }
    diagnostics.append(diagnostic)
    if diagnostics.count >= limits.maximumErrors { stop() }
  }

  private mutating func stop() {
    isStopped = true
    lexer.stop()
    token = Token(kind: .end, start: Int32(lexer.bytes.count), end: Int32(lexer.bytes.count))
  }

  mutating func report(_ message: String, at place: Token? = nil) {
    // An invalid token has been reported by the lexer.
    if place == nil, token.kind == .invalid { return }
    let place = place ?? token
    append(
      ExpressionDiagnostic(
        .syntax, message, at: ExpressionLocation(start: place.start, end: place.end, anchor: place.start)))
  }

  private mutating func exceed(_ message: String) {
    append(
      ExpressionDiagnostic(
        .limit, message, at: ExpressionLocation(start: token.start, end: token.end, anchor: token.start)))
    stop()
  }

  /// Skips to one of the kinds outside of brackets, or to a closing bracket or the end.
  mutating func skip(to kinds: [Token.Kind]) {
    var open = 0
    while token.kind != .end {
      if open == 0, kinds.contains(token.kind) { return }
      switch token.kind {
      case .leftParenthesis, .leftBracket, .leftBrace: open += 1
      case .rightParenthesis, .rightBracket, .rightBrace:
        if open == 0, !kinds.isEmpty, kinds != [.and, .or] { return }
        open = max(open - 1, 0)
      default: break
      }
      advance()
    }
  }

  // MARK: Trees

  /// Makes a node over operands of `height` levels.
  mutating func make(_ node: ExpressionTree.Node, _ start: Int32, anchor: Int32, over height: Int) -> ExpressionTree {
    nodes += 1
    self.height = height + 1
    if self.height > limits.maximumDepth {
      exceed("expected at most \(limits.maximumDepth) levels")
    } else if nodes > limits.maximumNodes {
      exceed("expected at most \(limits.maximumNodes) parts")
    }
    // What stands behind a stop is dropped, so that no tree grows beyond the limit.
    if isStopped { return ExpressionTree(.literal(.null)) }
    return ExpressionTree(node, at: ExpressionLocation(start: start, end: lastEnd, anchor: anchor))
  }

  /// Goes down a level; `nil` at the limit.
  mutating func descend<T>(_ body: (inout Parser) -> T) -> T? {
    descent += 1
    defer { descent -= 1 }
    guard descent <= limits.maximumDepth else {
      exceed("expected at most \(limits.maximumDepth) levels of nesting")
      return nil
    }
    return body(&self)
  }

  func placeholder() -> ExpressionTree { ExpressionTree(.literal(.null)) }

  mutating func literal<T>(_ read: (inout LiteralReader) -> T) -> T {
    var reader = LiteralReader(lexer.bytes)
    let value = read(&reader)
    if let fault = reader.fault {
      report(
        fault.message, at: Token(kind: .invalid, start: Int32(fault.start), end: Int32(fault.end)))
    }
    return value
  }
}

extension ExpressionTree {
  /// Reads the text of an expression.
  ///
  /// O(n) in the bytes. Macros are not expanded.
  /// - Throws: ``ExpressionError`` with every fault found in one pass.
  public init(parsing text: String, limits: ExpressionLimits = .default) throws(ExpressionError) {
    var copy = text
    let (tree, diagnostics) = copy.withUTF8 { bytes -> (ExpressionTree, [ExpressionDiagnostic]) in
      guard bytes.count <= min(limits.maximumBytes, Int(Int32.max) - 1) else {
        let message = "expected at most \(limits.maximumBytes) bytes, found \(bytes.count)"
        return (
          ExpressionTree(.literal(.null)),
          [ExpressionDiagnostic(.limit, message, at: ExpressionLocation(start: 0, end: 0, anchor: 0))]
        )
      }
      var parser = Parser(bytes, limits: limits)
      let tree = parser.document()
      return (tree, parser.diagnostics)
    }
    guard diagnostics.isEmpty else { throw ExpressionError(diagnostics, source: text) }
    self = tree
  }
}
