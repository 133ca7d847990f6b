/// Makes the program of a parsed pattern, from its end to its start, so that every instruction knows where it goes on.
struct PatternCompiler {
  private let limits: RegularExpressionLimits
  var program = PatternProgram()

  static func compile(
    _ node: PatternNode, limits: RegularExpressionLimits
  ) throws(RegularExpressionError) -> PatternProgram {
    var compiler = PatternCompiler(limits: limits)
    let end = try compiler.emit(.match)
    compiler.program.start = try compiler.compile(node, then: end)
    return compiler.program
  }

  private init(limits: RegularExpressionLimits) { self.limits = limits }

  mutating func emit(_ instruction: PatternInstruction) throws(RegularExpressionError) -> Int32 {
    guard program.size < limits.programSize else {
      throw RegularExpressionError(
        .tooLarge, at: 0,
        "the pattern needs more than \(limits.programSize) instructions; repeat less or use fewer classes")
    }
    program.instructions.append(instruction)
    return Int32(program.instructions.count - 1)
  }

  mutating func emit(edges: [PatternEdge]) throws(RegularExpressionError) -> Int32 {
    let first = Int32(program.edges.count)
    program.edges.append(contentsOf: edges)
    return try emit(.bytes(first: first, count: Int32(edges.count)))
  }

  private mutating func compile(_ node: PatternNode, then next: Int32) throws(RegularExpressionError) -> Int32 {
    switch node {
    case .empty: return next
    case .scalar(let scalar): return try compile(literal: scalar, then: next)
    case .set(let set): return try compile(set, then: next)
    case .assertion(let assertion): return try emit(.assertion(assertion, next))
    case .literals(let literals): return try compile(literals, then: next)
    case .concatenation(let nodes):
      var entry = next
      for node in nodes.reversed() { entry = try compile(node, then: entry) }
      return entry
    case .alternation(let nodes):
      var entry: Int32?
      for node in nodes.reversed() {
        let branch = try compile(node, then: next)
        entry = if let other = entry { try emit(.split(branch, other)) } else { branch }
      }
      return entry ?? next
    case .repetition(let node, let minimum, let maximum):
      return try compile(node, minimum: minimum, maximum: maximum, then: next)
    }
  }

  private mutating func compile(
    _ node: PatternNode, minimum: Int, maximum: Int?, then next: Int32
  ) throws(RegularExpressionError) -> Int32 {
    var entry = next
    var required = minimum
    if let maximum {
      // a{1,3} is a(?:a(?:a)?)?: every optional copy can go on at the end.
      for _ in minimum..<maximum {
        let copy = try compile(node, then: entry)
        if copy == entry { break }
        entry = try emit(.split(copy, next))
      }
    } else {
      // The loop, whose last copy is one of those required.
      let loop = try emit(.split(next, next))
      let body = try compile(node, then: loop)
      program.instructions[Int(loop)] = .split(body, next)
      entry = minimum > 0 ? body : loop
      required -= 1
    }
    for _ in 0..<max(required, 0) {
      let copy = try compile(node, then: entry)
      if copy == entry { break }
      entry = copy
    }
    return entry
  }

  private mutating func compile(literal scalar: UInt32, then next: Int32) throws(RegularExpressionError) -> Int32 {
    var entry = next
    for byte in Self.utf8(scalar).reversed() {
      entry = try emit(edges: [PatternEdge(low: byte, high: byte, next: entry)])
    }
    return entry
  }

  static func utf8(_ scalar: UInt32) -> [UInt8] {
    Unicode.Scalar(scalar).map { Array(UTF8.encode($0) ?? .init()) } ?? []
  }
}
