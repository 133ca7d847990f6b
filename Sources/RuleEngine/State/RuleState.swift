import SCRMModel
import StateCoding

/// A person's state of the rule stage: when rules last acted, and the actions that may still be unclaimed.
struct RuleState: Sendable, Hashable {
  static let schema = 1
  /// How many open actions are watched per person; older ones are no longer reconsidered.
  static let watched = 16

  /// When a rule last proposed something.
  struct Acted: Sendable, Hashable {
    var rule: UInt64
    var time: Instant
    var action: ActionID
  }

  /// An action that may be unclaimed.
  struct Open: Sendable, Hashable {
    var action: ActionID
    var rule: UInt64
    var trigger: EventKey
    var triggered: Instant
    var expires: Instant?
  }

  /// By rule hash, ascending.
  var acted: [Acted] = []
  /// In the order of decision.
  var open: [Open] = []

  var isEmpty: Bool { acted.isEmpty && open.isEmpty }

  init() {}

  init(_ record: StateRecord) throws(SCRMError) {
    self = try record.decoded(schema: Self.schema) { reader throws(StateDecodingError) in try RuleState(from: &reader) }
  }

  private init(from reader: inout ByteReader) throws(StateDecodingError) {
    for _ in 0..<(try reader.count()) {
      acted.append(Acted(rule: try reader.fixed(), time: try reader.requiredInstant(), action: try reader.id()))
    }
    for _ in 0..<(try reader.count()) {
      open.append(
        Open(
          action: try reader.id(), rule: try reader.fixed(), trigger: try reader.event(),
          triggered: try reader.requiredInstant(), expires: try reader.instant()))
    }
  }

  var bytes: [UInt8] {
    var writer = ByteWriter()
    writer.count(acted.count)
    for entry in acted {
      writer.fixed(entry.rule)
      writer.instant(entry.time)
      writer.id(entry.action)
    }
    writer.count(open.count)
    for entry in open {
      writer.id(entry.action)
      writer.fixed(entry.rule)
      writer.event(entry.trigger)
      writer.instant(entry.triggered)
      writer.instant(entry.expires)
    }
    return writer.bytes
  }

  mutating func note(_ entry: Acted) {
    let position = acted.firstIndex { $0.rule >= entry.rule } ?? acted.endIndex
    if position < acted.endIndex, acted[position].rule == entry.rule {
      if acted[position].time <= entry.time { acted[position] = entry }
    } else {
      acted.insert(entry, at: position)
    }
  }

  mutating func watch(_ entry: Open, now: Instant) {
    open.removeAll { $0.expires.map { $0 <= now } ?? false }
    open.append(entry)
    if open.count > Self.watched { open.removeFirst(open.count - Self.watched) }
  }

  mutating func merge(_ other: RuleState) {
    for entry in other.acted { note(entry) }
    open += other.open.filter { entry in !open.contains { $0.action == entry.action } }
    open.sort { ($0.triggered, $0.action) < ($1.triggered, $1.action) }
    if open.count > Self.watched { open.removeFirst(open.count - Self.watched) }
  }
}
