import EventTime
public import SCRMExpressions

/// An interest in a topic whose strength halves over time and grows with every observation.
///
/// The strength at a time is the sum over all observations of `amount × 2^(−age / half-life)`. Observations may arrive in
/// any order: the result is the same but for rounding (relative difference about 1e-15 per observation).
///
/// ```swift
/// var running = Interest("running", halfLife: .days(30))
/// running.reinforce(at: june1)
/// running.reinforce(at: july1)  // 30 days later
/// print(running.strength(at: july1))  // 1.5
/// ```
public struct Interest: Sendable, Hashable, Codable, Redacted {
  /// The topic.
  public let topic: String
  /// The half-life in seconds, at least 1.
  public let halfLifeSeconds: Int64
  /// The latest observation; `nil` before the first.
  public private(set) var lastObserved: Instant?
  /// The strength at the latest observation, at least 0.
  public private(set) var peak: Double

  /// Creates an interest without an observation; a half-life below one second counts as one second.
  public init(_ topic: String, halfLife: Duration = .days(30)) {
    self.topic = topic
    halfLifeSeconds = max(1, halfLife.components.seconds)
    peak = 0
  }

  private enum CodingKeys: String, CodingKey { case topic, halfLifeSeconds, lastObserved, peak }

  /// Reads and checks the numbers.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    topic = try container.decode(String.self, forKey: .topic)
    halfLifeSeconds = try container.decode(Int64.self, forKey: .halfLifeSeconds)
    guard halfLifeSeconds >= 1 else {
      throw DecodingError.dataCorruptedError(
        forKey: .halfLifeSeconds, in: container, debugDescription: "expected at least 1 second")
    }
    lastObserved = try container.decodeIfPresent(Instant.self, forKey: .lastObserved)
    peak = try container.decode(Double.self, forKey: .peak)
    guard lastObserved == nil ? peak == 0 : peak > 0 && peak.isFinite else {
      throw DecodingError.dataCorruptedError(
        forKey: .peak, in: container, debugDescription: "expected a number above 0, or 0 without an observation")
    }
  }

  /// Adds an observation.
  ///
  /// An amount that is not a finite number above 0 changes nothing.
  public mutating func reinforce(by amount: Double = 1, at time: Instant) {
    guard amount > 0, amount.isFinite else { return }
    guard let last = lastObserved else {
      lastObserved = time
      peak = amount
      return
    }
    let sum: Double
    if time > last {
      sum = peak * remaining(from: last, to: time) + amount
    } else {
      sum = peak + amount * remaining(from: time, to: last)
    }
    peak = min(sum, .greatestFiniteMagnitude)
    lastObserved = max(last, time)
  }

  /// Adds all observations of another record of the same interest; one with another half-life is taken at its peak.
  public mutating func merge(_ other: Interest) {
    guard let time = other.lastObserved else { return }
    reinforce(by: other.peak, at: time)
  }

  /// The strength at a time, at least 0.
  ///
  /// Before the latest observation the past cannot be told and it is the peak.
  public func strength(at time: Instant) -> Double {
    guard let last = lastObserved else { return 0 }
    return peak * remaining(from: last, to: time)
  }

  private func remaining(from earlier: Instant, to later: Instant) -> Double {
    ExponentialDecay.remaining(elapsed: later.duration(since: earlier), halfLifeSeconds: halfLifeSeconds)
  }

  /// The time of the latest observation.
  public var redactedDescription: String { lastObserved.map { "interest, last observed \($0)" } ?? "interest" }
}
