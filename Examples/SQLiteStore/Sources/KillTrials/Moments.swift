/// The moments at which writers are killed, drawn from a seed.
struct Moments {
  /// When a writer is killed.
  struct Moment {
    /// Whether the time counts from its first acknowledgement, and not from its start.
    var isAfterFirst: Bool
    var delay: Duration
  }

  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// One in four counts from the start, so that opening a file is interrupted too.
  mutating func next() -> Moment {
    isOneOf(4)
      ? Moment(isAfterFirst: false, delay: .microseconds(Int(draw() % 150_000)))
      : Moment(isAfterFirst: true, delay: .microseconds(Int(draw() % 80_000)))
  }

  /// Whether one of `count` equally likely things happens.
  mutating func isOneOf(_ count: UInt64) -> Bool { draw() % count == 0 }

  // SplitMix64.
  private mutating func draw() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
