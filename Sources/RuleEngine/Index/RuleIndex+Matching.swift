public import SCRMExpressions

extension RuleIndex {
  /// What matching finds, and the room it works in; made once and used for every event.
  public struct Matching: Sendable {
    /// The conditions that hold, ascending.
    public fileprivate(set) var rows: [Int] = []
    /// The conditions asked to report it that depend on what is missing, ascending.
    public fileprivate(set) var undecided: [Int] = []
    /// How many conditions were evaluated, the others having been ruled out by the index.
    public fileprivate(set) var evaluated = 0

    fileprivate var generation: UInt32 = 0
    /// Of each condition the generation in which it was last evaluated.
    fileprivate var seen: [UInt32] = []
    /// Of each attribute the generation in which its tokens were last read, and where they stand.
    fileprivate var attributeSeen: [UInt32] = []
    fileprivate var attributeTokens: [Range<Int32>] = []
    fileprivate var tokens: [Int32] = []
    fileprivate var tokenSeen: [UInt32] = []
    fileprivate var stack: [Int32] = []

    /// Creates an empty room.
    public init() {}

    fileprivate mutating func begin(_ index: RuleIndex) {
      rows.removeAll(keepingCapacity: true)
      undecided.removeAll(keepingCapacity: true)
      tokens.removeAll(keepingCapacity: true)
      evaluated = 0
      generation &+= 1
      if generation == 0 {
        // Marks of four billion events ago must not look like those of this one.
        (seen, attributeSeen, tokenSeen) = ([], [], [])
        generation = 1
      }
      Self.extend(&seen, to: index.entries.count)
      Self.extend(&attributeSeen, to: index.attributes.count)
      Self.extend(&tokenSeen, to: index.tokens.capacity)
      while attributeTokens.count < index.attributes.count { attributeTokens.append(0..<0) }
    }

    private static func extend(_ marks: inout [UInt32], to count: Int) {
      while marks.count < count { marks.append(0) }
    }
  }

  /// Finds the conditions that look at the default trigger and hold.
  public func match(_ activation: ExpressionActivation, into matching: inout Matching) {
    matching.begin(self)
    if let trigger = trigger("") { visit(Int32(truncatingIfNeeded: trigger), activation, &matching) }
    Self.order(&matching)
  }

  /// Finds the conditions that look at one of the triggers, as given by ``trigger(_:)``, and hold.
  public func match(_ activation: ExpressionActivation, on triggers: [Int], into matching: inout Matching) {
    matching.begin(self)
    for trigger in triggers where nodes.indices.contains(trigger) {
      visit(Int32(truncatingIfNeeded: trigger), activation, &matching)
    }
    Self.order(&matching)
  }

  private static func order(_ matching: inout Matching) {
    if matching.rows.count > 1 { matching.rows.sort() }
    if matching.undecided.count > 1 { matching.undecided.sort() }
  }

  private func visit(_ root: Int32, _ activation: ExpressionActivation, _ matching: inout Matching) {
    matching.stack.append(root)
    // Through buffers, so that nothing is copied out of the nodes, which would count references.
    nodes.withUnsafeBufferPointer { nodes in
      while let node = matching.stack.popLast() {
        let place = Int(node)
        for row in nodes[place].rows.indices { evaluate(nodes[place].rows[row], activation, &matching) }
        for range in nodes[place].ranges.indices { reach(nodes[place].ranges[range], activation, &matching) }
        for attribute in nodes[place].attributes.indices {
          let tokens = readTokens(of: nodes[place].attributes[attribute].attribute, activation, &matching)
          for token in tokens {
            if let child = child(node, matching.tokens[Int(token)]) { matching.stack.append(child) }
          }
        }
      }
    }
  }

  private func evaluate(_ row: Int32, _ activation: ExpressionActivation, _ matching: inout Matching) {
    let row = Int(row)
    guard matching.seen[row] != matching.generation, let entry = entries[row] else { return }
    matching.seen[row] = matching.generation
    guard let program = entry.program else { return matching.rows.append(row) }
    matching.evaluated += 1
    if !entry.reportsUndecided {
      if program.matches(activation) { matching.rows.append(row) }
      return
    }
    switch program.verdict(activation) {
    case .match: matching.rows.append(row)
    case .undecided: matching.undecided.append(row)
    case .noMatch, .failed: break
    }
  }

  private func reach(_ range: IndexRange, _ activation: ExpressionActivation, _ matching: inout Matching) {
    let slot = attributes[Int(range.attribute)].slot
    let content = activation.content(slot)
    guard content.isPresent else { return }
    let value: Double =
      switch environment.variables[slot].type {
      case .int: Double(Int64(bitPattern: content.bits))
      case .uint: Double(content.bits)
      default: Double(bitPattern: content.bits)
      }
    if value.isNaN { return }
    for row in range.rows[..<range.end(for: value)] { evaluate(row, activation, &matching) }
  }

  /// Where the tokens of the event for an attribute stand among those of the matching; they are read once an event.
  private func readTokens(
    of attribute: Int32, _ activation: ExpressionActivation, _ matching: inout Matching
  ) -> Range<Int32> {
    if matching.attributeSeen[Int(attribute)] == matching.generation { return matching.attributeTokens[Int(attribute)] }
    let start = matching.tokens.count
    let form = attributes[Int(attribute)].form
    let content = activation.content(attributes[Int(attribute)].slot)
    if !content.isPresent {
      if let token = tokens.missing(attribute) { matching.tokens.append(token) }
    } else if form == .equalsNumber {
      // Zero and negative zero are equal.
      let isZero =
        content.bits == (-0.0).bitPattern && environment.variables[attributes[Int(attribute)].slot].type == .double
      if let token = tokens.bits(attribute, isZero ? 0 : content.bits) { matching.tokens.append(token) }
    } else if content.isText {
      activation.textBytes.withUnsafeBufferPointer { bytes in
        let text = UnsafeBufferPointer(rebasing: bytes[content.bytes])
        if form == .equalsText {
          if let token = tokens.text(attribute, text) { matching.tokens.append(token) }
        } else {
          keywords.search(text) { keyword, _ in
            guard let token = tokens.keyword(attribute, keyword),
              matching.tokenSeen[Int(token)] != matching.generation
            else { return }
            matching.tokenSeen[Int(token)] = matching.generation
            matching.tokens.append(token)
          }
        }
      }
    }
    let range = Int32(truncatingIfNeeded: start)..<Int32(truncatingIfNeeded: matching.tokens.count)
    matching.attributeSeen[Int(attribute)] = matching.generation
    matching.attributeTokens[Int(attribute)] = range
    return range
  }
}
