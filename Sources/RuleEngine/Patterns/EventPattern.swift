/// A pattern over time, with the names and the meaning of Flink CEP: which events, in which order, how often, within what
/// time, and what must stay away.
///
/// ```swift
/// let pattern = EventPattern("complaint-then-silence", key: .thread)
///   .begin("complaint", where: "event.kind == 'post' && event.text.contains('投诉')")
///   .notFollowedBy("reply", where: "event.direction == 'outbound'")
///   .within(.minutes(30))
/// ```
///
/// Steps are added by functions that read as a sentence; those that count or loosen (``times(_:)``, ``optional()``, …)
/// speak of the step added last. A ``PatternMatcher`` runs the pattern. Nothing is checked before it is compiled.
///
/// Events count in the order of their times; of equal times the lower number comes first. Times are cut to whole
/// microseconds. A span includes both of its ends: an event exactly at the end of a window belongs to it.
///
/// Sources: the manual of Apache Flink's CEP library for sequences, contiguity, quantifiers and skip strategies; the query
/// guide of Siddhi for absence (``all(_:_:)``, ``any(_:_:)``, ``absence(_:of:lasting:)``).
public struct EventPattern: Sendable, Hashable {
  /// The name, by which rules refer to it.
  public var name: String
  /// What has a state of its own.
  public var key: Key
  /// The steps in order.
  public internal(set) var steps: [Step] = []
  /// The longest time from the first to the last event, both included; `nil` for no limit.
  public internal(set) var window: Duration?
  /// What becomes of other partial matches when one is complete.
  public internal(set) var skip = Skip.noSkip
  /// How far behind the latest event of a key an event may be and still take its place; zero for events in order.
  public var lateness: Duration
  /// How much is kept for one key.
  public var limits: Limits

  /// Begins a pattern without steps.
  /// - Parameters:
  ///   - name: the name, by which rules refer to it.
  ///   - key: what has a state of its own.
  ///   - lateness: how far behind the latest event of a key an event may be; a negative span counts as zero.
  ///   - limits: how much is kept for one key.
  public init(_ name: String, key: Key = .person, lateness: Duration = .zero, limits: Limits = Limits()) {
    self.name = name
    self.key = key
    self.lateness = max(lateness, .zero)
    self.limits = limits
  }

  /// What a pattern keeps apart: each key has its own partial matches.
  public enum Key: Sendable, Hashable {
    /// Each person. JSON form: `"person"`.
    case person
    /// Each thread. JSON form: `"thread"`.
    case thread
    /// Each value of a fact, such as the number of an order. JSON form: `{"fact":"event.order"}`.
    case fact(String)
  }

  /// What becomes of other partial matches when one is complete (Flink CEP's after-match skip strategies).
  ///
  /// Partial matches that began before the match always go on.
  public enum Skip: Sendable, Hashable {
    /// All go on. JSON form: `"noSkip"`.
    case noSkip
    /// Those that began with the same event are dropped. JSON form: `"skipToNext"`.
    case skipToNext
    /// Those that began with any event from the match's first to its last are dropped. JSON form: `"skipPastLastEvent"`.
    case skipPastLastEvent
    /// Those that began before the first event of the step are dropped; all go on when the match has none.
    /// JSON form: `{"skipToFirst":"b"}`.
    case skipToFirst(String)
    /// Those that began before the last event of the step are dropped; all go on when the match has none.
    /// JSON form: `{"skipToLast":"b"}`.
    case skipToLast(String)
  }

  /// How much is kept for one key.
  public struct Limits: Sendable, Hashable {
    /// How many partial matches; beyond it the oldest is given up and reported.
    ///
    /// 256 by default.
    public var partialMatches: Int
    /// How many events a partial match holds; one that would hold more is given up and reported.
    ///
    /// 256 by default.
    public var events: Int
    /// How many events wait for stragglers; beyond it the earliest is run early, which is reported.
    ///
    /// 1,024 by default.
    public var waiting: Int

    /// Creates limits; each is at least 1.
    public init(partialMatches: Int = 256, events: Int = 256, waiting: Int = 1_024) {
      self.partialMatches = max(1, partialMatches)
      self.events = max(1, events)
      self.waiting = max(1, waiting)
    }
  }
}
