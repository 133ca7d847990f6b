/// The edges of a ``SocialGraph`` as columns, by source, target and kind once they are merged.
@usableFromInline
struct TieColumns: Sendable {
  @usableFromInline var sources: [UInt32] = []
  @usableFromInline var targets: [UInt32] = []
  @usableFromInline var weights: [Double] = []
  @usableFromInline var kinds: [UInt16] = []
  @usableFromInline var times: [Int64] = []

  @usableFromInline
  init() {}

  @usableFromInline var count: Int { sources.count }

  @usableFromInline
  mutating func append(from: UInt32, to: UInt32, weight: Double, kind: UInt16, time: Int64) throws(GraphError) {
    try EdgeColumns.check(weight: weight, edge: sources.count)
    guard sources.count < Int(UInt32.max) / 2 else {
      throw GraphError(.tooLarge, subject: "edges", "expected at most \(UInt32.max / 2)")
    }
    sources.append(from)
    targets.append(to)
    weights.append(weight)
    kinds.append(kind)
    times.append(time)
  }

  @usableFromInline
  mutating func append(_ other: TieColumns, _ place: Int) {
    sources.append(other.sources[place])
    targets.append(other.targets[place])
    weights.append(other.weights[place])
    kinds.append(other.kinds[place])
    times.append(other.times[place])
  }

  /// Gives nodes their final numbers: `order` lists the present ones.
  @usableFromInline
  mutating func renumber(by order: [Int]) {
    var number = [UInt32](repeating: 0, count: order.count)
    for (new, old) in order.enumerated() { number[old] = UInt32(truncatingIfNeeded: new) }
    for place in sources.indices {
      sources[place] = number[Int(sources[place])]
      targets[place] = number[Int(targets[place])]
    }
  }

  /// Sorts edges and merges those of one kind between the same two nodes.
  /// - Returns: whether weights are needed to tell what was merged.
  @usableFromInline
  mutating func merge(_ rule: DuplicateRule, selfLoops: SelfLoopRule) -> Bool {
    // Ordered within a kind such that the last of the group is the one that `latest`, `maximum` and `minimum` take.
    let order = sources.indices.filter { selfLoops == .keep || sources[$0] != targets[$0] }.sorted { left, right in
      let (one, other) = (key(left), key(right))
      if one != other { return one < other }
      if kinds[left] != kinds[right] { return kinds[left] < kinds[right] }
      if rule == .latest, times[left] != times[right] { return times[left] < times[right] }
      if weights[left] == weights[right] { return times[left] < times[right] }
      return (weights[left] < weights[right]) != (rule == .minimum)
    }
    var merged = TieColumns()
    var hasSums = false
    for place in order {
      let last = merged.count - 1
      guard last >= 0, merged.key(last) == key(place), merged.kinds[last] == kinds[place] else {
        merged.append(self, place)
        continue
      }
      merged.weights[last] = rule == .sum ? merged.weights[last] + weights[place] : weights[place]
      merged.times[last] = max(merged.times[last], times[place])
      if rule == .sum { hasSums = true }
    }
    let parallel = (1..<max(merged.count, 1)).contains { merged.key($0) == merged.key($0 - 1) }
    self = merged
    return hasSums || parallel
  }

  @inline(__always)
  private func key(_ place: Int) -> UInt64 { UInt64(sources[place]) << 32 | UInt64(targets[place]) }

  /// The edges between some of the nodes, given in ascending order, which are numbered anew.
  @usableFromInline
  func induced(on nodes: [Int], nodeCount: Int) -> TieColumns {
    var number = [UInt32](repeating: .max, count: nodeCount)
    for (new, old) in nodes.enumerated() { number[old] = UInt32(truncatingIfNeeded: new) }
    var result = TieColumns()
    for place in sources.indices {
      let (from, to) = (number[Int(sources[place])], number[Int(targets[place])])
      if from == .max || to == .max { continue }
      result.append(self, place)
      result.sources[result.count - 1] = from
      result.targets[result.count - 1] = to
    }
    return result
  }

  /// The graph of merged edges, kinds added up.
  @usableFromInline
  func graph(nodeCount: Int, isWeighted: Bool) -> DenseGraph {
    let edges = EdgeColumns(sources: sources, targets: targets, weights: isWeighted ? weights : [])
    return DenseGraph(nodeCount: nodeCount, checked: edges).simplified(duplicates: .sum, selfLoops: .keep)
  }
}
