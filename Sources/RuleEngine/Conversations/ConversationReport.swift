/// What was measured of conversations; ``ConversationMeter`` says what the words mean.
public struct ConversationReport: Sendable, Hashable {
  /// How many interactions were taken into account, without retracted ones, retractions and edits.
  public let interactions: Int
  /// The replies of all brands together.
  public let replies: ReplyMeasures
  /// The replies of each brand, most pairs first, then in byte order of the names.
  ///
  /// The brand of a reply is its `context.brand`, else the first identifier of its actor as written; that of an open
  /// question is its `context.brand`, else the first identifier of its target.
  public let brands: [BrandReplies]
  /// The reply threads.
  public let threads: ThreadSizes

  init(interactions: Int, replies: ReplyMeasures, brands: [BrandReplies], threads: ThreadSizes) {
    self.interactions = interactions
    self.replies = replies
    self.brands = brands
    self.threads = threads
  }

  /// The replies of one brand; `nil` for a brand that neither replied nor was asked.
  public func replies(of brand: String) -> ReplyMeasures? {
    brands.first { $0.brand.utf8.elementsEqual(brand.utf8) }?.replies
  }
}

/// How a brand replied.
public struct BrandReplies: Sendable, Hashable {
  /// The brand.
  public let brand: String
  /// Its replies.
  public let replies: ReplyMeasures

  init(brand: String, replies: ReplyMeasures) {
    self.brand = brand
    self.replies = replies
  }
}

/// How many questions were answered, and how soon.
public struct ReplyMeasures: Sendable, Hashable {
  /// The latencies of the pairs of question and reply: reply time less question time, 0 or more.
  public let latencies: LatencyDistribution
  /// Pairs whose reply bears an earlier time than the question, from clocks that disagree; not among the latencies.
  public let negative: Int
  /// Questions with at least one reply.
  public let answered: Int
  /// Questions to a brand without any reply (censored): their latency is at least their age.
  public let open: Int
  /// Replies to something that is not there.
  public let unmatched: Int

  init(latencies: LatencyDistribution, negative: Int, answered: Int, open: Int, unmatched: Int) {
    self.latencies = latencies
    self.negative = negative
    self.answered = answered
    self.open = open
    self.unmatched = unmatched
  }

  /// The number of pairs of question and reply, negative ones included.
  public var pairs: Int { latencies.count + negative }
}

/// How long reply threads are.
public struct ThreadSizes: Sendable, Hashable {
  /// How many threads have a size.
  public struct Bin: Sendable, Hashable {
    /// The number of messages, from 1.
    public let size: Int
    /// How many threads have it.
    public let count: Int
  }

  /// The distribution, smallest size first; sizes that do not occur are left out.
  public let distribution: [Bin]

  init(_ counts: [Int: Int]) {
    distribution = counts.sorted { $0.key < $1.key }.map { Bin(size: $0.key, count: $0.value) }
  }

  /// The number of threads, those of one message included.
  public var count: Int { distribution.reduce(0) { $0 + $1.count } }
  /// The number of messages in the largest thread; 0 when there is none.
  public var largest: Int { distribution.last?.size ?? 0 }
  /// The number of messages in all threads.
  public var messages: Int { distribution.reduce(0) { $0 + $1.size * $1.count } }
}
