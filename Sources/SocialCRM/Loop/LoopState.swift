import EventTime
import SCRMModel
import StateCoding

/// The state of the loop as a whole: its time, how far event time has come, and the configuration in force.
struct LoopState: Sendable, Hashable {
  static let kind: StateKind = "loop"
  static let key = StateKey.name("loop")
  static let schema = 1

  var clock: Instant?
  var latestEvent: Instant?
  var configuration = ""

  init() {}

  init(_ record: StateRecord) throws(SCRMError) {
    self = try record.decoded(schema: Self.schema) { reader throws(StateDecodingError) in
      var state = LoopState()
      state.clock = try reader.instant()
      state.latestEvent = try reader.instant()
      state.configuration = try reader.string()
      return state
    }
  }

  var bytes: [UInt8] {
    var writer = ByteWriter()
    writer.instant(clock)
    writer.instant(latestEvent)
    writer.string(configuration)
    return writer.bytes
  }

  func record(version: LogPosition) -> StateRecord {
    StateRecord(kind: Self.kind, key: Self.key, version: version, schema: Self.schema, bytes: bytes)
  }

  /// Moves the clock forward; it never goes back.
  mutating func advance(to time: Instant) { clock = clock.map { max($0, time.inUTC) } ?? time.inUTC }

  /// Whether an event of this time is late; takes note of the time.
  mutating func observe(_ occurred: Instant, lateness: Duration) -> Bool {
    var watermark = Watermark(lateness: lateness, latest: latestEvent)
    let isLate = watermark.isLate(occurred)
    watermark.observe(occurred)
    latestEvent = watermark.latest
    return isLate
  }
}
