/// Things waited for together, from the moment the step before was done (Siddhi's logical and absent patterns).
///
/// An absence holds when its time has passed without an event that matches; an event at the very end of that time still
/// counts as one. An event part holds from the first later event that matches.
package struct PatternGate: Sendable, Hashable {
  /// How many of the parts must hold.
  package enum Combination: Sendable, Hashable {
    /// All; a match in which an absence is broken is given up.
    case all
    /// One, the first that does; a match in which all absences are broken is given up.
    case any
  }

  /// One thing waited for.
  package enum Part: Sendable, Hashable {
    /// An event for which the predicate holds.
    case event(name: String, condition: Int)
    /// No event for which the predicate holds, for so long in the unit of event times; without a time until every event
    /// part holds.
    case absence(condition: Int, duration: Int64?)

    /// The number of its predicate.
    var condition: Int {
      switch self {
      case .event(_, let condition), .absence(let condition, _): condition
      }
    }
  }

  /// The most parts of a gate.
  package static let maximumPartCount = 8

  /// How many must hold.
  package var combination: Combination
  /// The parts, 1 to ``maximumPartCount``.
  package var parts: [Part]

  /// Creates a gate.
  package init(_ combination: Combination, _ parts: [Part]) {
    self.combination = combination
    self.parts = parts
  }

  /// What became of a gate.
  enum Verdict { case waits, holds, fails }

  /// The parts that hold and those that cannot any more, a bit each.
  struct Standing: Sendable, Hashable {
    var held: UInt8 = 0
    var broken: UInt8 = 0
    /// When the gate was come to.
    var entered: Int64 = 0

    func isOpen(_ part: Int) -> Bool { (held | broken) >> UInt8(part) & 1 == 0 }
  }

  /// What the parts say together.
  func verdict(_ standing: Standing) -> Verdict {
    let (held, broken) = (standing.held, standing.broken)
    switch combination {
    case .any: return held != 0 ? .holds : broken.nonzeroBitCount == parts.count ? .fails : .waits
    case .all:
      if broken != 0 { return .fails }
      for (index, part) in parts.enumerated() where held >> UInt8(index) & 1 == 0 {
        if case .absence(_, nil) = part { continue }
        return .waits
      }
      return .holds
    }
  }

  /// Notes an event: the absences it breaks, then the event parts it fulfils.
  /// - Returns: the event parts fulfilled, a bit each.
  func see(_ event: PatternEvent, _ standing: inout Standing) -> UInt8 {
    var taken: UInt8 = 0
    for (index, part) in parts.enumerated() {
      let bit: UInt8 = 1 << UInt8(index)
      guard standing.isOpen(index) else { continue }
      switch part {
      case .absence(let condition, _): if event.holds(condition) { standing.broken |= bit }
      case .event(_, let condition): if event.holds(condition) { taken |= bit }
      }
    }
    standing.held |= taken
    return taken
  }

  /// The end of the first absence that is still undecided.
  func deadline(_ standing: Standing) -> Int64? {
    var earliest: Int64?
    for index in parts.indices where standing.isOpen(index) {
      guard let end = end(of: index, standing) else { continue }
      earliest = min(earliest ?? end, end)
    }
    return earliest
  }

  /// Notes that time has come to the end of the absences that last until then.
  func elapse(at time: Int64, _ standing: inout Standing) {
    for index in parts.indices where standing.isOpen(index) {
      if let end = end(of: index, standing), end <= time { standing.held |= 1 << UInt8(index) }
    }
  }

  /// When a part that is an absence for a time holds.
  private func end(of part: Int, _ standing: Standing) -> Int64? {
    guard case .absence(_, let duration?) = parts[part] else { return nil }
    let (end, overflows) = standing.entered.addingReportingOverflow(duration)
    return overflows ? nil : end
  }
}
