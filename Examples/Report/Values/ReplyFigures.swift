public import SocialCRM

/// How many questions were answered and how soon; `ConversationMeter` says what the words mean.
public struct ReplyFigures: Sendable, Hashable {
  /// Times within which a share of the replies came, seconds.
  public struct Percentiles: Sendable, Hashable {
    /// Half of them.
    public var p50: Double
    /// Three quarters.
    public var p75: Double
    /// Nine tenths.
    public var p90: Double
    /// 95 in 100.
    public var p95: Double
    /// 99 in 100.
    public var p99: Double

    /// Creates percentiles.
    public init(p50: Double, p75: Double, p90: Double, p95: Double, p99: Double) {
      self.p50 = p50
      self.p75 = p75
      self.p90 = p90
      self.p95 = p95
      self.p99 = p99
    }
  }

  /// The upper ends of the bins of ``histogram``, seconds; the last bin has none.
  public static let edges: [Double] = [60, 300, 900, 3_600, 14_400, 43_200, 86_400, 259_200]

  /// Pairs of question and reply.
  public var pairs = 0
  /// Questions with a reply.
  public var answered = 0
  /// Questions without a reply.
  public var open = 0
  /// Pairs whose reply bears the earlier time.
  public var negative = 0
  /// Replies to something that is not there.
  public var unmatched = 0
  /// How soon; `nil` without pairs.
  public var percentiles: Percentiles?
  /// How many replies came within the time of each bin; nine numbers, or none without pairs.
  public var histogram: [Int] = []

  /// Creates the figures of no conversation.
  public init() {}

  /// Takes what was measured.
  public init(_ measures: ReplyMeasures) {
    pairs = measures.pairs
    answered = measures.answered
    open = measures.open
    negative = measures.negative
    unmatched = measures.unmatched
    let latencies = measures.latencies
    if let p50 = latencies.percentile(0.5), let p75 = latencies.percentile(0.75), let p90 = latencies.percentile(0.9),
      let p95 = latencies.percentile(0.95), let p99 = latencies.percentile(0.99)
    {
      percentiles = Percentiles(p50: p50, p75: p75, p90: p90, p95: p95, p99: p99)
      histogram = [Int](repeating: 0, count: Self.edges.count + 1)
      var bin = 0
      for seconds in latencies.seconds {
        while bin < Self.edges.count, seconds > Self.edges[bin] { bin += 1 }
        histogram[bin] += 1
      }
    }
  }
}
