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

  /// An action that may be unclaimed, with its trigger or, where that is not wanted, without.
  struct Watched<Trigger> {
    var action: ActionID
    var rule: UInt64
    var trigger: Trigger
    var triggered: Instant
    var expires: Instant?
  }

  /// An action that may be unclaimed.
  typealias Open = Watched<EventKey>

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
    for _ in 0..<(try reader.count()) { acted.append(try Self.acted(from: &reader)) }
    for _ in 0..<(try reader.count()) {
      open.append(try Self.open(from: &reader) { reader throws(StateDecodingError) in try reader.event() })
    }
  }

  private static func acted(from reader: inout ByteReader) throws(StateDecodingError) -> Acted {
    Acted(rule: try reader.fixed(), time: try reader.requiredInstant(), action: try reader.id())
  }

  private static func open<Trigger>(
    from reader: inout ByteReader, _ trigger: (inout ByteReader) throws(StateDecodingError) -> Trigger
  ) throws(StateDecodingError) -> Watched<Trigger> {
    Watched(
      action: try reader.id(), rule: try reader.fixed(), trigger: try trigger(&reader),
      triggered: try reader.requiredInstant(), expires: try reader.instant())
  }

  /// The latest event time among the triggers of open actions, without building the state; checks all of it.
  /// - Throws: `SCRMError` with `unsupportedSchema` or `corruptState`.
  static func latestTrigger(in record: StateRecord) throws(SCRMError) -> Instant? {
    var reader = try record.reader(schema: schema)
    do throws(StateDecodingError) {
      for _ in 0..<(try reader.count()) { _ = try acted(from: &reader) }
      var latest: Instant?
      for _ in 0..<(try reader.count()) {
        let open = try open(from: &reader) { reader throws(StateDecodingError) in
          try reader.skipString()
          try reader.skipString()
        }
        latest = latest.map { max($0, open.triggered) } ?? open.triggered
      }
      try reader.checkEnd()
      return latest
    } catch { throw record.corrupt(error) }
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

extension RuleState.Watched: Sendable where Trigger: Sendable {}
extension RuleState.Watched: Equatable where Trigger: Equatable {}
extension RuleState.Watched: Hashable where Trigger: Hashable {}
