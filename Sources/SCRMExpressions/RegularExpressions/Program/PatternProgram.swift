/// A compiled pattern: a nondeterministic automaton over the bytes of UTF-8 (Thompson 1968).
struct PatternProgram: Sendable {
  var instructions: [PatternInstruction] = []
  var edges: [PatternEdge] = []
  var start: Int32 = 0

  /// The size that limits and costs count.
  var size: Int { instructions.count + edges.count }

  /// For each byte the number of its class: bytes of a class are taken alike everywhere in the program.
  func byteClasses() -> (classes: [UInt8], count: Int) {
    var starts = [Bool](repeating: false, count: 257)
    starts[0] = true
    for edge in edges {
      starts[Int(edge.low)] = true
      starts[Int(edge.high) + 1] = true
    }
    for case .assertion(let assertion, _) in instructions {
      switch assertion {
      case .textStart, .textEnd: break
      case .lineStart, .lineEnd:
        starts[10] = true
        starts[11] = true
      case .wordBoundary, .noWordBoundary:
        // Word characters and the bytes inside of a character.
        for place in [0x30, 0x3A, 0x41, 0x5B, 0x5F, 0x60, 0x61, 0x7B, 0x80, 0xC0] { starts[place] = true }
      }
    }
    var classes = [UInt8](repeating: 0, count: 256)
    var current = -1
    for byte in 0..<256 {
      if starts[byte] { current += 1 }
      classes[byte] = UInt8(truncatingIfNeeded: current)
    }
    return (classes, current + 1)
  }
}
