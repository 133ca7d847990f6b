package import StateCoding

/// A number over a rolling window of one key's events: how many, how much, or how many different ones.
///
/// An event counts from its time until the window has passed, both ends included. Amounts are whole numbers, so that the
/// number does not depend on the order in which it was reached.
package struct WindowTally: Sendable, Hashable {
  /// An event that counts.
  package struct Entry: Sendable, Hashable {
    /// The event time.
    package var time: Int64
    /// The host's number for the event.
    package var id: UInt64
    /// What it adds to a sum.
    package var amount: Int64
    /// What it is one of, where different ones are counted.
    package var label: String

    /// Creates an entry.
    package init(time: Int64, id: UInt64, amount: Int64 = 1, label: String = "") {
      self.time = time
      self.id = id
      self.amount = amount
      self.label = label
    }

    static func precedes(_ left: Entry, _ right: Entry) -> Bool { (left.time, left.id) < (right.time, right.id) }
  }

  /// What a tally counts and when it is enough.
  package struct Definition: Sendable, Hashable {
    /// Whether different labels count, not amounts.
    package var countsLabels: Bool
    /// When it is enough.
    package var threshold: Int128
    /// The length of the window, in the unit of event times.
    package var window: Int64
    /// How many events count and how many wait at most.
    package var limits: PatternLimits

    /// Creates a definition.
    package init(countsLabels: Bool, threshold: Int128, window: Int64, limits: PatternLimits) {
      self.countsLabels = countsLabels
      self.threshold = threshold
      self.window = window
      self.limits = limits
    }
  }

  /// What a tally has to say.
  package enum Outcome: Sendable, Hashable {
    /// The number is enough, since `time`, by these events.
    case reached(Int128, events: [UInt64], time: Int64)
    /// The number has fallen below.
    case fell(Int128, time: Int64)
    /// An event left before its time because as many counted as may.
    case leftEarly(id: UInt64)
    /// As many events waited for stragglers as may: event time was taken to have come to `time`.
    case hurried(time: Int64)
  }

  private(set) var entries: [Entry] = []
  private var waiting: [Entry] = []
  private var isReached = false
  /// The latest time up to which everything has happened.
  package private(set) var now = Int64.min

  /// Creates the state of a key without history.
  package init() {}

  /// Whether nothing counts and nothing waits.
  package var isIdle: Bool { entries.isEmpty && waiting.isEmpty }

  /// The number as it stands.
  ///
  /// - Complexity: O(*n*) for *n* events that count.
  package func value(_ definition: Definition) -> Int128 {
    if definition.countsLabels { return Int128(Set(entries.map { LabelBytes($0.label) }).count) }
    return entries.reduce(Int128(0)) { $0 + Int128($1.amount) }
  }

  /// The earliest time to advance to that changes something.
  package func deadline(_ definition: Definition) -> Int64? {
    let leaving = entries.first.map { Self.end(of: $0, definition) }
    guard let first = waiting.first?.time else { return leaving }
    return leaving.map { min($0, first) } ?? first
  }

  /// Takes in an event that may be followed by earlier ones.
  /// - Returns: whether it was taken; one at or before the time already advanced to is late.
  package mutating func add(_ entry: Entry, _ definition: Definition, _ report: (Outcome) -> Void) -> Bool {
    guard entry.time > now else { return false }
    var place = waiting.count
    while place > 0, Entry.precedes(entry, waiting[place - 1]) { place -= 1 }
    waiting.insert(entry, at: place)
    if waiting.count > definition.limits.waiting {
      let time = waiting[0].time
      report(.hurried(time: time))
      advance(to: time, definition, report)
    }
    return true
  }

  /// Event time has passed `time`: waiting events up to it count, and events leave whose window has passed.
  package mutating func advance(to time: Int64, _ definition: Definition, _ report: (Outcome) -> Void) {
    guard time > now else { return }
    var ready = 0
    while ready < waiting.count, waiting[ready].time <= time {
      count(waiting[ready], definition, report)
      ready += 1
    }
    waiting.removeFirst(ready)
    leave(until: time, definition, report)
    now = time
  }

  /// Counts an event at once, for hosts whose events come in the order of time.
  package mutating func count(_ entry: Entry, _ definition: Definition, _ report: (Outcome) -> Void) {
    leave(until: entry.time, definition, report)
    entries.append(entry)
    if entries.count > definition.limits.events { report(.leftEarly(id: entries.removeFirst().id)) }
    judge(at: entry.time, definition, report)
  }

  private mutating func leave(until time: Int64, _ definition: Definition, _ report: (Outcome) -> Void) {
    while let first = entries.first {
      let end = Self.end(of: first, definition)
      guard end <= time else { return }
      // All that leave at one time leave together.
      var count = 0
      while count < entries.count, Self.end(of: entries[count], definition) <= end { count += 1 }
      entries.removeFirst(count)
      judge(at: end, definition, report)
    }
  }

  private mutating func judge(at time: Int64, _ definition: Definition, _ report: (Outcome) -> Void) {
    let value = value(definition)
    if value >= definition.threshold, !isReached {
      isReached = true
      report(.reached(value, events: entries.map(\.id), time: time))
    } else if value < definition.threshold, isReached {
      isReached = false
      report(.fell(value, time: time))
    }
  }

  /// The first time at which an event does not count any more.
  private static func end(of entry: Entry, _ definition: Definition) -> Int64 {
    let (end, overflows) = entry.time.addingReportingOverflow(definition.window)
    return overflows || end == .max ? .max : end + 1
  }
}

/// A text compared by its bytes.
private struct LabelBytes: Hashable {
  let text: String

  init(_ text: String) { self.text = text }

  static func == (left: LabelBytes, right: LabelBytes) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

  func hash(into hasher: inout Hasher) { for byte in text.utf8 { hasher.combine(byte) } }
}

extension WindowTally {
  /// The version of the stored form.
  package static let schema: UInt8 = 1

  /// Writes the state; equal states give equal bytes.
  package func write(to writer: inout ByteWriter) {
    writer.byte(Self.schema)
    writer.signed(now)
    writer.bool(isReached)
    for list in [entries, waiting] {
      writer.count(list.count)
      for entry in list {
        writer.signed(entry.time)
        writer.unsigned(entry.id)
        writer.signed(entry.amount)
        writer.string(entry.label)
      }
    }
  }

  /// Reads a state.
  /// - Throws: `StateDecodingError` when the bytes are malformed or of another version.
  package init(from reader: inout ByteReader) throws(StateDecodingError) {
    guard try reader.byte() == Self.schema else { throw StateDecodingError(reason: "another version of tally state") }
    now = try reader.signed()
    isReached = try reader.bool()
    entries = try Self.list(from: &reader)
    waiting = try Self.list(from: &reader)
  }

  private static func list(from reader: inout ByteReader) throws(StateDecodingError) -> [Entry] {
    var list: [Entry] = []
    for _ in 0..<(try reader.count()) {
      let entry = Entry(
        time: try reader.signed(), id: try reader.unsigned(), amount: try reader.signed(),
        label: try reader.string())
      guard list.last.map({ $0.time <= entry.time }) ?? true else { throw .malformed }
      list.append(entry)
    }
    return list
  }
}
