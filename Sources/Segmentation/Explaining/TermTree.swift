import SCRMModel

/// The terms of a segment and of the segments it names, and how they make its answer.
struct TermTree: Sendable {
  indirect enum Node: Sendable {
    case constant(Bool)
    case all([Node])
    case any([Node])
    case not(Node)
    case term(Int)
    /// A definition by its place in ``definitions``.
    case definition(Int)
    /// Whether the person is in a definition so far: what a segment that names itself remembers.
    case memory(Int)
  }

  struct Term: Sendable {
    let segment: SegmentName
    let condition: SegmentCondition
  }

  /// The segments concerned, each after those it names; the explained one last.
  private(set) var definitions: [(segment: Segment, node: Node)] = []
  private(set) var terms: [Term] = []
  private var numbers: [SegmentCondition: Int] = [:]
  private var places: [SegmentName: Int] = [:]

  /// Takes apart a segment of a catalogue by its number.
  init(_ catalogue: SegmentCatalogue, _ root: Int) {
    var needed: Set<SegmentName> = [catalogue.segments[root].name]
    for number in catalogue.order.reversed() where needed.contains(catalogue.segments[number].name) {
      needed.formUnion(catalogue.segments[number].condition.segments)
    }
    for number in catalogue.order where needed.contains(catalogue.segments[number].name) {
      let segment = catalogue.segments[number]
      // Registered after it is read: a segment that names itself is not found yet.
      let node = node(segment.condition.normalised, of: segment.name)
      places[segment.name] = definitions.count
      definitions.append((segment, node))
    }
  }

  private mutating func node(_ condition: SegmentCondition, of segment: SegmentName) -> Node {
    switch condition {
    case .constant(let value): return .constant(value)
    case .all(let parts): return .all(parts.map { node($0, of: segment) })
    case .any(let parts): return .any(parts.map { node($0, of: segment) })
    case .not(let part): return .not(node(part, of: segment))
    case .segment(let name): return places[name].map { .definition($0) } ?? .memory(definitions.count)
    default:
      if let known = numbers[condition] { return .term(known) }
      numbers[condition] = terms.count
      terms.append(Term(segment: segment, condition: condition))
      return .term(terms.count - 1)
    }
  }

  /// What is known when the groups are asked: the terms, and who is in the definitions, in their order.
  struct Truth {
    let terms: [Bool]
    let members: [Bool]
  }

  static func holds(_ node: Node, _ truth: Truth) -> Bool {
    switch node {
    case .constant(let value): value
    case .all(let parts): parts.allSatisfy { holds($0, truth) }
    case .any(let parts): parts.contains { holds($0, truth) }
    case .not(let part): !holds(part, truth)
    case .term(let number): truth.terms[number]
    case .definition(let place), .memory(let place): truth.members[place]
    }
  }

  /// The terms on which the answer rests.
  func deciding(_ truth: Truth) -> [Bool] {
    var terms = [Bool](repeating: false, count: truth.terms.count)
    var asked = [Bool](repeating: false, count: definitions.count)
    if !asked.isEmpty { asked[asked.count - 1] = true }
    func walk(_ node: Node) {
      switch node {
      case .constant, .memory: break
      case .term(let number): terms[number] = true
      case .definition(let place): asked[place] = true
      case .not(let part): walk(part)
      case .all(let parts):
        let holds = Self.holds(node, truth)
        for part in parts where holds || !Self.holds(part, truth) { walk(part) }
      case .any(let parts):
        let holds = Self.holds(node, truth)
        for part in parts where !holds || Self.holds(part, truth) { walk(part) }
      }
    }
    // Definitions stand after those they name, so each is asked before it is walked.
    for place in definitions.indices.reversed() where asked[place] { walk(definitions[place].node) }
    return terms
  }

  /// Whether the answer cannot change any more, given the terms that cannot.
  func isFinal(_ truth: Truth, _ finals: [Bool]) -> Bool {
    var settled: [Bool] = []
    func isFinal(_ node: Node) -> Bool {
      switch node {
      // What is remembered stays until something else changes.
      case .constant, .memory: return true
      case .term(let number): return finals[number]
      case .definition(let place): return settled[place]
      case .not(let part): return isFinal(part)
      case .all(let parts):
        if Self.holds(node, truth) { return parts.allSatisfy(isFinal) }
        return parts.contains { !Self.holds($0, truth) && isFinal($0) }
      case .any(let parts):
        if !Self.holds(node, truth) { return parts.allSatisfy(isFinal) }
        return parts.contains { Self.holds($0, truth) && isFinal($0) }
      }
    }
    for definition in definitions { settled.append(isFinal(definition.node)) }
    return settled.last ?? true
  }
}
