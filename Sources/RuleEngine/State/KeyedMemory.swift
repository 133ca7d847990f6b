import SCRMExpressions
import SCRMModel
import StateCoding

/// How far the patterns and tallies of all rules have come for one thread or value.
struct KeyedMemory: Sendable, Hashable {
  static let schema = 1
  /// How many completions wait for the people they are about.
  static let maximumPending = 64

  /// That somebody's event was seen.
  struct Seen: Sendable, Hashable {
    var id: UInt64
    var time: Instant
    var token: UInt64
  }

  /// What a pattern came to for somebody who is not being looked at.
  struct Pending: Sendable, Hashable {
    var token: UInt64
    var evidence: [String]
  }

  /// How far the pattern or tally of a rule has come.
  struct Pattern: Sendable, Hashable {
    var rule: UInt64
    var version: Int
    var bytes: [UInt8]
    /// Whose event it began with.
    var starter: UInt64
    /// Whose the events are that can still matter.
    var seen: [Seen] = []
    var pending: [Pending] = []

    /// Whether it can still come to something for somebody.
    func concerns(_ token: UInt64) -> Bool {
      starter == token || seen.contains { $0.token == token } || pending.contains { $0.token == token }
    }

    /// Takes out what the pattern came to for somebody.
    mutating func take(_ token: UInt64) -> [Pending] {
      let own = pending.filter { $0.token == token }
      if !own.isEmpty { pending.removeAll { $0.token == token } }
      return own
    }
  }

  /// By rule, ascending.
  var patterns: [Pattern] = []

  func pattern(of rule: UInt64) -> Pattern? { patterns.first { $0.rule == rule } }

  mutating func keep(_ entry: Pattern?, of rule: UInt64) {
    patterns.removeAll { $0.rule == rule }
    guard let entry else { return }
    patterns.insert(entry, at: patterns.firstIndex { $0.rule > rule } ?? patterns.endIndex)
  }
}

extension KeyedMemory {
  func write(to writer: inout ByteWriter) {
    writer.list(patterns) {
      $0.fixed($1.rule)
      $0.count($1.version)
      $0.blob($1.bytes)
      $0.fixed($1.starter)
      $0.list($1.seen) {
        $0.unsigned($1.id)
        $0.instant($1.time)
        $0.fixed($1.token)
      }
      $0.list($1.pending) {
        $0.fixed($1.token)
        $0.list($1.evidence) { $0.string($1) }
      }
    }
  }

  init(from reader: inout ByteReader) throws(StateDecodingError) {
    patterns = try reader.list { reader throws(StateDecodingError) in
      Pattern(
        rule: try reader.fixed(), version: try reader.integer(), bytes: try reader.blob(),
        starter: try reader.fixed(),
        seen: try reader.list { reader throws(StateDecodingError) in
          Seen(id: try reader.unsigned(), time: try reader.requiredInstant(), token: try reader.fixed())
        },
        pending: try reader.list { reader throws(StateDecodingError) in
          Pending(
            token: try reader.fixed(),
            evidence: try reader.list { reader throws(StateDecodingError) in try reader.string() })
        })
    }
  }

  var bytes: [UInt8] {
    var writer = ByteWriter()
    write(to: &writer)
    return writer.bytes
  }
}
