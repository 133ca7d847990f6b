import EventTime
public import SCRMModel
import StateCoding

extension PatternStream {
  private static let schema: UInt8 = 1

  /// The stored form, keys in ascending order; equal streams give equal bytes.
  ///
  /// - Complexity: O(*k* log *k* + *s*) for *k* keys and *s* bytes of state.
  public func encode() -> [UInt8] {
    var writer = ByteWriter()
    writer.byte(Self.schema)
    writer.signed(latest)
    writer.signed(passed)
    writer.count(keys.count)
    for slot in keys.slots.sorted(by: { keys[$0] < keys[$1] }) {
      keys[slot].write(to: &writer)
      states[slot].write(to: &writer)
    }
    return writer.bytes
  }

  /// Reads the stored form of a stream of this very pattern.
  /// - Throws: `SCRMError` for bytes that are malformed, of another version, or do not fit the pattern.
  public init(_ matcher: PatternMatcher, decoding bytes: [UInt8]) throws(SCRMError) {
    self.init(matcher)
    do throws(StateDecodingError) {
      var reader = ByteReader(bytes)
      guard try reader.byte() == Self.schema else {
        throw StateDecodingError(reason: "another version of stream state")
      }
      latest = try reader.signed()
      passed = try reader.signed()
      for _ in 0..<(try reader.count()) {
        let key = try PatternKey(from: &reader)
        restore(key, try EventTime.PatternState(from: &reader, for: matcher.automaton))
      }
      guard reader.isAtEnd else { throw .malformed }
    } catch {
      throw SCRMError(.corruptState, subject: "stream of pattern \(matcher.pattern.name)", error.reason)
    }
  }
}
