import SCRMModel
import StateCoding

/// The facts of one person: what held at the horizon, and what changed since, in order of time.
struct FactState: Sendable {
  struct Change: Sendable {
    let time: Int64
    let fact: Int
    let value: Value?
  }

  private(set) var base: [Value?] = []
  private(set) var changes: [Change] = []

  init() {}

  init(base: [Value?]) { self.base = base }

  /// Takes note of a change; of several changes of a fact at one moment the greatest value counts, whatever came first.
  mutating func record(_ change: Change) {
    var place = changes.count
    while place > 0, Self.isAfter(changes[place - 1], change) { place -= 1 }
    changes.insert(change, at: place)
  }

  private static func isAfter(_ left: Change, _ right: Change) -> Bool {
    if left.time != right.time { return left.time > right.time }
    if left.fact != right.fact { return left.fact > right.fact }
    return (left.value?.jsonText ?? "").byteOrder(right.value?.jsonText ?? "") == .descending
  }

  /// Sets a fact from a moment on, in place of what was said of it for that moment and later.
  mutating func replace(_ change: Change) {
    changes.removeAll { $0.fact == change.fact && $0.time >= change.time }
    record(change)
  }

  /// Joins to the base what changed before `time`.
  mutating func settle(before time: Int64, count: Int) {
    guard let first = changes.first, first.time < time else { return }
    let settled = changes.prefix { $0.time < time }
    for change in settled { Self.set(&base, change, count) }
    changes.removeFirst(settled.count)
  }

  /// The facts at `time`.
  func row(at time: Int64, count: Int) -> [Value?] {
    var row = base
    for change in changes where change.time <= time { Self.set(&row, change, count) }
    return row
  }

  private static func set(_ row: inout [Value?], _ change: Change, _ count: Int) {
    if row.count < count { row += [Value?](repeating: nil, count: count - row.count) }
    if row.indices.contains(change.fact) { row[change.fact] = change.value }
  }
}

extension FactState {
  /// Writes the facts by name, so that another schema can read them.
  func write(to writer: inout ByteWriter, facts: [Fact]) {
    let known = base.indices.filter { base[$0] != nil && $0 < facts.count }
    writer.count(known.count)
    for index in known {
      writer.string(facts[index].name)
      writer.string(base[index]?.jsonText ?? "null")
    }
    writer.count(changes.count)
    for change in changes {
      writer.signed(change.time)
      writer.string(facts[change.fact].name)
      writer.bool(change.value != nil)
      if let value = change.value { writer.string(value.jsonText) }
    }
  }

  /// Reads what `write` wrote; facts that are not in the schema any more are left out.
  init(from reader: inout ByteReader, schema: FactSchema) throws(StateDecodingError) {
    for _ in 0..<(try reader.count()) {
      let name = try reader.string()
      let value = try Self.value(try reader.string())
      if let fact = schema.index(of: name) {
        Self.set(&base, Change(time: 0, fact: fact, value: value), schema.facts.count)
      }
    }
    for _ in 0..<(try reader.count()) {
      let time = try reader.signed()
      let name = try reader.string()
      let value = try reader.bool() ? try Self.value(try reader.string()) : nil
      if let fact = schema.index(of: name) { record(Change(time: time, fact: fact, value: value)) }
    }
  }

  private static func value(_ text: String) throws(StateDecodingError) -> Value {
    guard let json = try? JSON(text: text), let value = try? Value(json: json, opaque: Money.readers) else {
      throw .malformed
    }
    return value
  }
}
