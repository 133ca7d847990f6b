import DenseData
import SCRMModel

/// The counts and sums that one pass over the events of 64 people makes, each in a slot of its own.
struct EventPass: Sendable {
  /// What an event of a kind adds to.
  struct Entry: Sendable {
    let window: BatchWindow
    let slot: Int
    let filter: BatchPattern.Filter
  }

  /// For each kind what is counted without looking at the amount.
  private(set) var plain: [[Entry]]
  /// For each kind what is counted by amount.
  private(set) var filtered: [[Entry]]
  /// For each kind what is summed.
  private(set) var summed: [[Entry]]
  private(set) var countSlots = 0
  private(set) var sumSlots = 0
  private var slots: [Measure: Int] = [:]

  init(kinds: Int) {
    plain = Array(repeating: [], count: kinds)
    filtered = plain
    summed = plain
  }

  /// The slot of a count or of a sum of amounts; `nil` for other measures and for filters that need the language.
  mutating func slot(_ measure: Measure, _ compiled: BatchMeasure, kinds: [InteractionKind]) -> Int? {
    if case .program = compiled.pattern.filter { return nil }
    guard measure.function == .count || measure.function == .sum && compiled.field == 0 else { return nil }
    if let known = slots[measure] { return known }
    let isSum = measure.function == .sum
    let slot = isSum ? sumSlots : countSlots
    if isSum { sumSlots += 1 } else { countSlots += 1 }
    slots[measure] = slot
    let entry = Entry(window: compiled.window, slot: slot, filter: compiled.pattern.filter)
    for kind in kinds.indices where compiled.pattern.kinds?[kind] ?? true {
      if isSum {
        summed[kind].append(entry)
      } else if case .none = entry.filter {
        plain[kind].append(entry)
      } else {
        filtered[kind].append(entry)
      }
    }
    return slot
  }

  /// Adds the events of up to 64 people; place `slot × 64 + lane` of the results belongs to person `people.lowerBound + lane`.
  func run(
    _ people: Range<Int>, _ table: EventTable, counts: borrowing ScratchBuffer<UInt32>,
    sums: borrowing ScratchBuffer<Int128>
  ) {
    counts.fill(0)
    sums.fill(0)
    for person in people {
      let lane = person - people.lowerBound
      for row in table.range(of: person) {
        let event = table.rows[row]
        let (key, kind) = (event.key.bits, event.key.kind)
        for entry in plain[kind] {
          counts[entry.slot &* 64 &+ lane] &+= entry.window.contains(key) ? 1 : 0
        }
        if event.amount.isNaN { continue }
        for entry in filtered[kind] where entry.window.contains(key) {
          if Self.fits(entry.filter, event.amount) { counts[entry.slot &* 64 &+ lane] &+= 1 }
        }
        if summed[kind].isEmpty { continue }
        let units = ExactSum.units(event.amount)
        for entry in summed[kind] where entry.window.contains(key) && Self.fits(entry.filter, event.amount) {
          sums[entry.slot &* 64 &+ lane] &+= units
        }
      }
    }
  }

  @inline(__always)
  private static func fits(_ filter: BatchPattern.Filter, _ amount: Double) -> Bool {
    if case .amount(let comparison, let number) = filter { return comparison.holds(amount, number) }
    return true
  }
}
