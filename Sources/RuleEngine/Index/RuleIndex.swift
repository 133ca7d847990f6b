import DenseData
public import SCRMExpressions

/// Finds which of many conditions hold for an event, at a cost that follows what matches and not how many there are.
///
/// A discrimination tree in the manner of access predicates (Fabret et al., "Filtering algorithms and implementation for
/// very fast publish/subscribe systems", SIGMOD 2001): under each kind of trigger every condition stands behind the most
/// selective of its equalities, memberships, texts that must occur and ranges, and behind further ones where many share
/// it. The conditions found are then evaluated whole, so that the answer is always that of the condition itself. What has
/// no such part is evaluated for its kinds of triggers alone.
///
/// ```swift
/// var index = RuleIndex(environment)
/// let refund = index.add(try environment.compile("event.text.contains('refund') && profile.influence > 20.0"))
/// var matching = RuleIndex.Matching()
/// index.match(activation, into: &matching)
/// print(matching.rows.contains(refund))
/// ```
///
/// - Complexity: Adding and removing O(*p*) expected for the *p* places a condition stands at (at most
///   ``maximumPlaces``). Matching O(text + places found · evaluation) expected.
public struct RuleIndex: Sendable {
  /// A condition in the index.
  struct Entry: Sendable {
    var program: ExpressionProgram?
    /// Whether it is reported too when it cannot be decided.
    var reportsUndecided: Bool
    /// The nodes where it stands.
    var nodes: [Int32]
    /// The keywords it uses, to be given back.
    var keywords: [[UInt8]]
  }

  /// At how many nodes one condition stands at most.
  public static let maximumPlaces = 256
  /// How many conditions stand at one node before further parts are used to tell them apart.
  static let crowd = 4

  let environment: ExpressionEnvironment
  private(set) var entries: [Entry?] = []
  private var freeEntries: [Int] = []
  private(set) var nodes: [IndexNode] = []
  private var freeNodes: [Int32] = []
  private(set) var children = HashIndex()
  private var triggers: [String: Int32] = [:]
  private(set) var attributes: [AccessConjunct.Attribute] = []
  private var attributeNumbers: [AccessConjunct.Attribute: Int32] = [:]
  private(set) var tokens = TokenTable()
  private(set) var keywords = KeywordTable()

  /// How many conditions are in the index.
  public private(set) var count = 0

  /// Creates an empty index of conditions compiled in an environment.
  public init(_ environment: ExpressionEnvironment) {
    self.environment = environment
  }

  /// Adds a condition.
  /// - Parameters:
  ///   - program: the condition, compiled in the environment of the index; `nil` for one that holds always.
  ///   - triggers: the names of the triggers it looks at; the empty name is looked at by default.
  ///   - reportsUndecided: whether it is reported as undecided when its answer depends on what is missing.
  /// - Returns: its number, free again once it was removed.
  @discardableResult
  public mutating func add(
    _ program: ExpressionProgram?, on triggers: [String] = [""], reportsUndecided: Bool = false
  ) -> Int {
    let row = freeEntries.popLast() ?? entries.count
    if row == entries.count { entries.append(nil) }
    let parts = program.map { AccessConjunct.parts(of: $0.tree, in: environment) } ?? []
    entries[row] = Entry(program: program, reportsUndecided: reportsUndecided, nodes: [], keywords: [])
    var seen = Set<String>()
    for trigger in triggers where seen.insert(trigger).inserted {
      place(Int32(truncatingIfNeeded: row), parts, at: root(of: trigger), depth: 0, room: Self.maximumPlaces)
    }
    count += 1
    return row
  }

  /// Takes a condition out; a number that is not in the index changes nothing.
  public mutating func remove(_ row: Int) {
    guard entries.indices.contains(row), let entry = entries[row] else { return }
    let number = Int32(truncatingIfNeeded: row)
    for node in entry.nodes {
      nodes[Int(node)].rows.removeAll { $0 == number }
      for range in nodes[Int(node)].ranges.indices { nodes[Int(node)].ranges[range].remove(number) }
      nodes[Int(node)].ranges.removeAll { $0.rows.isEmpty }
      forget(node)
    }
    for keyword in entry.keywords { keywords.remove(keyword) }
    entries[row] = nil
    freeEntries.append(row)
    count -= 1
  }

  /// The number of a trigger, for ``match(_:on:into:)``; `nil` when no condition looks at it.
  public func trigger(_ name: String) -> Int? { triggers[name].map { Int($0) } }

  // MARK: Places

  private mutating func root(of trigger: String) -> Int32 {
    if let known = triggers[trigger] { return known }
    let root = makeNode(parent: -1, token: -1)
    triggers[trigger] = root
    return root
  }

  private mutating func makeNode(parent: Int32, token: Int32) -> Int32 {
    let node = IndexNode(parent: parent, token: token)
    if let free = freeNodes.popLast() {
      nodes[Int(free)] = node
      return free
    }
    nodes.append(node)
    return Int32(truncatingIfNeeded: nodes.count - 1)
  }

  static func childHash(_ node: Int32, _ token: Int32) -> UInt64 {
    (UInt64(UInt32(bitPattern: node)) << 32 | UInt64(UInt32(bitPattern: token))) &* 0x9E37_79B9_7F4A_7C15
  }

  /// The child of a node behind a token.
  @inline(__always)
  func child(_ node: Int32, _ token: Int32) -> Int32? {
    var probe = children.probe(Self.childHash(node, token))
    while let row = children.next(&probe) {
      if nodes[row].parent == node, nodes[row].token == token { return Int32(truncatingIfNeeded: row) }
    }
    return nil
  }

  /// Puts a condition at a node or below, behind the parts that are left.
  private mutating func place(
    _ row: Int32, _ parts: [AccessConjunct], at node: Int32, depth: Int, room: Int
  ) {
    let reports = entries[Int(row)]?.reportsUndecided ?? false
    let isCrowded = depth == 0 || nodes[Int(node)].rows.count >= Self.crowd
    if isCrowded, let best = bestPart(parts, room: room, reports: reports) {
      var rest = parts
      let part = rest.remove(at: best)
      let attribute = number(of: part.attribute)
      var tokens = part.keys.map { token(attribute, part.attribute.form, $0, of: row) }
      if reports { tokens.append(self.tokens.insertMissing(attribute)) }
      for token in tokens {
        self.tokens.retain(token)
        let below = child(node, token) ?? addChild(of: node, token, attribute)
        place(row, rest, at: below, depth: depth + 1, room: room / tokens.count)
      }
      // Each place below holds the token once more for itself.
      for token in tokens { self.tokens.release(token) }
      return
    }
    if isCrowded, !reports,
      let range = parts.first(where: { $0.attribute.form == .above || $0.attribute.form == .below })
    {
      insert(row, range, at: node)
    } else {
      nodes[Int(node)].rows.append(row)
    }
    entries[Int(row)]?.nodes.append(node)
    retainPath(of: node)
  }

  private mutating func insert(_ row: Int32, _ part: AccessConjunct, at node: Int32) {
    let attribute = number(of: part.attribute)
    let place = nodes[Int(node)].ranges.firstIndex { $0.attribute == attribute } ?? nodes[Int(node)].ranges.count
    if place == nodes[Int(node)].ranges.count {
      nodes[Int(node)].ranges.append(IndexRange(attribute: attribute, isAbove: part.attribute.form == .above))
    }
    nodes[Int(node)].ranges[place].insert(row, part.limit)
  }

  private mutating func retainPath(of node: Int32) {
    var node = node
    while nodes[Int(node)].parent >= 0 {
      tokens.retain(nodes[Int(node)].token)
      node = nodes[Int(node)].parent
    }
  }

  /// Gives back the tokens of a place and removes the nodes that became empty.
  private mutating func forget(_ node: Int32) {
    var node = node
    while nodes[Int(node)].parent >= 0 {
      let (parent, token) = (nodes[Int(node)].parent, nodes[Int(node)].token)
      if nodes[Int(node)].isEmpty {
        children.remove(Self.childHash(parent, token), row: Int(node))
        nodes[Int(parent)].forgetChild(of: tokens.attribute(of: token))
        freeNodes.append(node)
      }
      tokens.release(token)
      node = parent
    }
  }

  private mutating func addChild(of node: Int32, _ token: Int32, _ attribute: Int32) -> Int32 {
    let child = makeNode(parent: node, token: token)
    children.insert(Self.childHash(node, token), row: Int(child))
    nodes[Int(node)].noteChild(of: attribute)
    return child
  }

  private mutating func number(of attribute: AccessConjunct.Attribute) -> Int32 {
    if let known = attributeNumbers[attribute] { return known }
    let number = Int32(truncatingIfNeeded: attributes.count)
    attributes.append(attribute)
    attributeNumbers[attribute] = number
    return number
  }

  private mutating func token(
    _ attribute: Int32, _ form: AccessConjunct.Attribute.Form, _ key: AccessConjunct.Key, of row: Int32
  ) -> Int32 {
    switch (key, form) {
    case (.text(let bytes), .containsText):
      entries[Int(row)]?.keywords.append(bytes)
      return tokens.insert(attribute, keyword: keywords.insert(bytes))
    case (.text(let bytes), _): return tokens.insert(attribute, text: bytes)
    case (.bits(let bits), _): return tokens.insert(attribute, bits: bits)
    }
  }

  /// The part whose values the fewest conditions want, texts before other values, few values before many.
  private func bestPart(_ parts: [AccessConjunct], room: Int, reports: Bool) -> Int? {
    var best: (place: Int, cost: (Int, Int, Int))?
    for (place, part) in parts.enumerated() where part.attribute.form != .above && part.attribute.form != .below {
      guard part.keys.count + (reports ? 1 : 0) <= room else { continue }
      let crowd = part.keys.reduce(0) { max($0, useCount(part.attribute, $1)) }
      let cost = (crowd, part.attribute.form == .containsText ? 0 : 1, part.keys.count)
      if best.map({ cost < $0.cost }) ?? true { best = (place, cost) }
    }
    return best?.place
  }

  private func useCount(_ attribute: AccessConjunct.Attribute, _ key: AccessConjunct.Key) -> Int {
    guard let number = attributeNumbers[attribute] else { return 0 }
    let token: Int32? =
      switch (key, attribute.form) {
      case (.text(let bytes), .containsText): keywords.number(of: bytes).flatMap { tokens.keyword(number, $0) }
      case (.text(let bytes), _): bytes.withUnsafeBufferPointer { tokens.text(number, $0) }
      case (.bits(let bits), _): tokens.bits(number, bits)
      }
    return token.map { tokens.useCount($0) } ?? 0
  }

  /// The size in bytes, about, without the compiled conditions themselves.
  public var storageBytes: Int {
    let places = nodes.reduce(0) {
      $0 + 56 + $1.rows.capacity * 4 + $1.attributes.capacity * 8
        + $1.ranges.reduce(0) { $0 + 64 + $1.rows.capacity * 12 }
    }
    let entries = entries.reduce(0) { sum, entry in
      sum + 48 + (entry?.nodes.capacity ?? 0) * 4
        + (entry?.keywords.reduce(0) { $0 + 40 + $1.capacity } ?? 0)
    }
    return places + entries + children.count * 12 + tokens.capacity * 56 + keywords.storageBytes
  }
}
