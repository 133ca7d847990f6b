public import SocialCRM

/// What a store has come to know, in a form that two stores can be compared by.
///
/// It holds what must not depend on the order of arrival, on batches or on the adapter: who is who, what they did, their
/// segments, traits, consents and ties. It leaves out what tells how the store got there: redirects, the merge log,
/// versions, times of entry, revision state, actions.
///
/// ```swift
/// let first = try await StoreComparison(one, configuration: configuration, at: end)
/// let second = try await StoreComparison(other, configuration: configuration, at: end)
/// print(first.differences(from: second))  // [] when both know the same
/// ```
public struct StoreComparison: Sendable, Equatable {
  /// What is known of one person.
  public struct Person: Sendable, Equatable {
    /// The stable id.
    public var id: PersonID
    /// The identifiers joined to the person, ordered by key.
    public var keys: [IdentifierKey]
    /// What the person did, counted.
    public var activity: ActivityHistory
    /// The tier at the time of the comparison.
    public var tier: ParticipationTier
    /// The heat at the time of the comparison.
    public var heat: Double
    /// The names of the stored memberships, ordered.
    public var segments: [String]
    /// The traits with their provenance.
    public var traits: TraitLedger
    /// The decisions about consent.
    public var consents: ConsentLedger
  }

  /// The people, ordered by id; without those who were merged into another.
  public var people: [Person]
  /// The ties in the form of the tie stage, by their ends.
  public var ties: [TieKey: [UInt8]]

  /// Reads a store; nothing is written.
  ///
  /// O(people + ties), all of it in memory.
  /// - Parameters:
  ///   - store: the store.
  ///   - configuration: the configuration under which it was written.
  ///   - time: when tier and heat are taken; give both sides the same.
  /// - Throws: what the store throws; `SCRMError` when stored state cannot be read.
  public init(
    _ store: any SCRMStore, configuration: SocialCRM.Configuration, at time: Instant
  ) async throws {
    people = []
    var last: PersonID?
    while true {
      let page = try await store.people(after: last, limit: 1_000)
      guard let final = page.last else { break }
      last = final.id
      people += try await Self.read(page.filter { $0.mergedInto == nil }, store, configuration, at: time)
    }
    ties = [:]
    var lastTie: TieKey?
    while true {
      let page = try await store.ties(after: lastTie, limit: 1_000)
      guard let final = page.last else { break }
      lastTie = final.key
      for tie in page { ties[tie.key] = tie.bytes }
    }
  }

  private static func read(
    _ records: [PersonRecord], _ store: any SCRMStore, _ configuration: SocialCRM.Configuration, at time: Instant
  ) async throws -> [Person] {
    let ids = records.map(\.id)
    let states = try await store.states(configuration.segments.stateKind, ids.map { .person($0) }).compactMap { $0 }
    var session = try configuration.segments.begin(states)
    let head = try await store.head()
    let memberships = try await store.memberships(of: ids)
    return zip(records, memberships).map { record, memberships in
      let facts = session.evaluate(record, scores: [:], now: time, at: head).facts
      return Person(
        id: record.id, keys: record.accounts.map(\.key).sorted(), activity: facts.activity, tier: facts.tier,
        heat: facts.heat, segments: memberships.map(\.segment).sorted(), traits: record.traits,
        consents: record.consents)
    }
  }
}
