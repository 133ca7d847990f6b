import SCRMModel

/// Brute force over the workload's own syntax, column by column.
///
/// At every moment each count and sum is taken anew from all events, then each condition from them. It keeps nothing from
/// one moment to the next and knows nothing of the engine.
struct ColumnOracle {
  /// A count or a sum in a window.
  private struct Aggregate: Hashable {
    let kind: Int
    let days: Int64
    let atLeast: Double
    let isSum: Bool
  }

  private let data: PeopleData
  private let workload: [Workload]
  /// The events by kind, in the order of time.
  private let events: [[WorkloadEvent]]
  private var aggregates: [Aggregate] = []
  /// The attribute tests, which no time changes, by their text.
  private var attributes: [String: [Bool]] = [:]

  init(_ data: PeopleData, _ workload: [Workload]) {
    self.data = data
    self.workload = workload
    var events = [[WorkloadEvent]](repeating: [], count: data.kinds.count)
    for event in data.events { events[event.kind].append(event) }
    self.events = events
    for condition in workload { add(condition) }
  }

  private mutating func add(_ condition: Workload) {
    switch condition {
    case .all(let parts), .any(let parts): for part in parts { add(part) }
    case .not(let part): add(part)
    case .attribute(let name, let sign, let value):
      if attributes[condition.text] != nil { return }
      attributes[condition.text] = (0..<data.people).map { data.compare(name, $0, sign, value) }
    case .count, .sum:
      let aggregate = aggregate(condition)
      if let aggregate, !aggregates.contains(aggregate) { aggregates.append(aggregate) }
    }
  }

  private func aggregate(_ condition: Workload) -> Aggregate? {
    switch condition {
    case .count(let kind, let days, _, _, let least):
      Aggregate(kind: data.kinds.firstIndex(of: kind) ?? -1, days: days, atLeast: least ?? -.infinity, isSum: false)
    case .sum(let kind, let days, _):
      Aggregate(kind: data.kinds.firstIndex(of: kind) ?? -1, days: days, atLeast: -.infinity, isSum: true)
    default: nil
    }
  }

  /// For each segment who is in it at a moment.
  func members(at now: Int64) -> [[Bool]] {
    var values: [Aggregate: [Double]] = [:]
    for aggregate in aggregates {
      var column = [Double](repeating: 0, count: data.people)
      for event in aggregate.kind < 0 ? [] : events[aggregate.kind] {
        if event.time > now { break }
        if event.time <= now - aggregate.days * 86_400_000 || event.amount < aggregate.atLeast { continue }
        column[event.person] += aggregate.isSum ? event.amount : 1
      }
      values[aggregate] = column
    }
    return workload.map { holds($0, values) }
  }

  private func holds(_ condition: Workload, _ values: [Aggregate: [Double]]) -> [Bool] {
    switch condition {
    case .all(let parts): return combined(parts, values, true) { $0 && $1 }
    case .any(let parts): return combined(parts, values, false) { $0 || $1 }
    case .not(let part): return holds(part, values).map { !$0 }
    case .attribute: return attributes[condition.text] ?? []
    case .count(_, _, let sign, let limit, _):
      let column = aggregate(condition).flatMap { values[$0] } ?? []
      switch sign {
      case ">=": return column.map { $0 >= Double(limit) }
      case "<=": return column.map { $0 <= Double(limit) }
      default: return column.map { $0 == Double(limit) }
      }
    case .sum(_, _, let limit): return (aggregate(condition).flatMap { values[$0] } ?? []).map { $0 >= limit }
    }
  }

  private func combined(
    _ parts: [Workload], _ values: [Aggregate: [Double]], _ empty: Bool, _ operation: (Bool, Bool) -> Bool
  ) -> [Bool] {
    var result = [Bool](repeating: empty, count: data.people)
    for part in parts {
      let column = holds(part, values)
      for person in result.indices { result[person] = operation(result[person], column[person]) }
    }
    return result
  }
}
