import SCRMExpressions
public import SCRMModel
import StateCoding

/// What a book of rules remembers that no single person owns: what was spent of shared budgets, and how far patterns and
/// tallies have come that watch a thread or a value together.
///
/// An opaque value, kept by the loop in its state (each thread or value under a key of its own), or by any host. It names
/// nobody: people stand in it as hashes that only they themselves can be compared with.
public struct SharedRuleMemory: Sendable {
  var ledger = BudgetLedger()
  /// By thread or value, hashed.
  var keys: [UInt64: KeyedMemory] = [:]
  /// The threads and values whose memory was changed, in order, since the loop last asked.
  var changed: [UInt64] = []

  /// Nothing is remembered.
  public init() {}

  mutating func change(_ key: UInt64, _ body: (inout KeyedMemory) -> Void) {
    var memory = keys[key] ?? KeyedMemory()
    body(&memory)
    keys[key] = memory.patterns.isEmpty ? nil : memory
    if !changed.contains(key) { changed.append(key) }
  }
}

extension SharedRuleMemory: Hashable {
  /// Whether both remember the same.
  public static func == (left: Self, right: Self) -> Bool { left.ledger == right.ledger && left.keys == right.keys }

  /// Hashes the budgets.
  public func hash(into hasher: inout Hasher) { hasher.combine(ledger) }
}

extension SharedRuleMemory {
  /// The memory as bytes; equal memories have equal bytes.
  public var bytes: [UInt8] {
    var writer = ByteWriter()
    ledger.write(to: &writer)
    writer.list(keys.keys.sorted()) { writer, key in
      writer.fixed(key)
      (keys[key] ?? KeyedMemory()).write(to: &writer)
    }
    return writer.bytes
  }

  /// Reads a memory.
  /// - Throws: `SCRMError` with `corruptState` for bytes that are no memory.
  public init(bytes: [UInt8]) throws(SCRMError) {
    self = try decodeState(bytes, subject: "shared rule memory") { reader throws(StateDecodingError) in
      var memory = SharedRuleMemory()
      memory.ledger = try BudgetLedger(from: &reader)
      for _ in 0..<(try reader.count()) { memory.keys[try reader.fixed()] = try KeyedMemory(from: &reader) }
      return memory
    }
  }
}
