public import SCRMExpressions

/// The append-only record of a person's decisions about consent: purpose × channel × account, with evidence.
///
/// Of one account, purpose and channel the latest statement counts. Between the accounts of a merged person the most
/// restrictive counts: one refusal is enough. Because entries keep their account, an unmerge gives each side its own back.
/// The content does not depend on the order in which statements arrive.
public struct ConsentLedger: Sendable, Hashable, Codable {
  /// The entries, ordered by time, then event key.
  public private(set) var records: [ConsentRecord] = []

  /// Creates an empty ledger.
  public init() {}

  private enum CodingKeys: String, CodingKey { case records }

  /// Reads entries in any order.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    for record in try container.decode([ConsentRecord].self, forKey: .records).sorted(by: Self.precedes)
    where record != records.last { records.append(record) }
  }

  /// Whether there is no entry.
  public var isEmpty: Bool { records.isEmpty }

  /// Adds an entry; the same entry twice counts once.
  ///
  /// O(n).
  public mutating func add(_ record: ConsentRecord) {
    guard !records.contains(record) else { return }
    let position = records.firstIndex { Self.precedes(record, $0) } ?? records.endIndex
    records.insert(record, at: position)
  }

  /// Adds all entries of another ledger, as when two people turn out to be one.
  public mutating func merge(_ other: ConsentLedger) {
    for record in other.records { add(record) }
  }

  /// The ledgers of the given accounts and of the rest, as when a person is split.
  public func split(accounts: Set<AccountID>) -> (chosen: ConsentLedger, rest: ConsentLedger) {
    var (chosen, rest) = (ConsentLedger(), ConsentLedger())
    for record in records {
      if accounts.contains(record.account) { chosen.records.append(record) } else { rest.records.append(record) }
    }
    return (chosen, rest)
  }

  /// Whether data may be used for `purpose` on `channel` at `time`, and why.
  ///
  /// A statement for the channel goes before one for all channels of the same account, except that a refusal for all
  /// channels stays a refusal until it is withdrawn for all. This is the one decision function; every place where data
  /// leaves calls it. O(n) in the entries.
  public func decide(
    _ purpose: Purpose, channel: String?, at time: Instant, policy: ConsentPolicy = ConsentPolicy()
  ) -> ConsentDecision {
    let silence = ConsentDecision(
      isAllowed: !policy.requiresGrant.contains(purpose), basis: .noStatement, purpose: purpose, record: nil)
    if records.isEmpty { return silence }
    var latest: [Slot: ConsentRecord] = [:]
    for record in records where record.statement.purpose == purpose && record.time <= time {
      if let expires = record.statement.expires, expires <= time { continue }
      guard record.statement.channel == nil || record.statement.channel.sameBytes(as: channel) else { continue }
      latest[Slot(account: record.account, isForAll: record.statement.channel == nil)] = record
    }
    let current = latest.values.sorted(by: Self.precedes)
    if let refusal = current.first(where: { $0.statement.decision == .denied }) {
      return ConsentDecision(isAllowed: false, basis: .denied, purpose: purpose, record: refusal)
    }
    if let grant = current.last {
      return ConsentDecision(isAllowed: true, basis: .granted, purpose: purpose, record: grant)
    }
    return silence
  }

  private struct Slot: Hashable {
    let account: AccountID
    let isForAll: Bool
  }

  private static func precedes(_ left: ConsentRecord, _ right: ConsentRecord) -> Bool {
    if left.time != right.time { return left.time < right.time }
    if left.event != right.event { return left.event < right.event }
    if left.account != right.account { return left.account < right.account }
    let (first, second) = (left.statement, right.statement)
    if first.purpose != second.purpose { return first.purpose < second.purpose }
    if !first.channel.sameBytes(as: second.channel) { return first.channel.byteOrder(second.channel) == .ascending }
    // At one moment the more restrictive statement comes last, so that it counts: a refusal, and of two refusals the
    // one that lasts longer, of two grants the one that ends earlier.
    if first.decision != second.decision { return first.decision == .granted }
    let (ends, otherEnds) = (first.expires ?? .distantFuture, second.expires ?? .distantFuture)
    if ends != otherEnds { return (ends < otherEnds) == (first.decision == .denied) }
    if (first.expires == nil) != (second.expires == nil) { return first.expires == nil }
    return first.evidence.byteOrder(second.evidence) == .ascending
  }
}

/// What holds for a purpose about which a person said nothing.
public struct ConsentPolicy: Sendable, Hashable, Codable {
  /// The purposes that need a grant; for all others silence permits.
  public var requiresGrant: Set<Purpose>

  /// Creates a policy; by default marketing, sharing and automated decisions need a grant.
  public init(requiresGrant: Set<Purpose> = [.marketing, .sharing, .automatedDecision]) {
    self.requiresGrant = requiresGrant
  }

  private enum CodingKeys: String, CodingKey { case requiresGrant }

  /// Writes the purposes in byte order, so that equal policies have equal bytes.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(requiresGrant.sorted(), forKey: .requiresGrant)
  }
}

/// The answer of the consent ledger, with its reason.
public struct ConsentDecision: Sendable, Hashable {
  /// What the answer rests on.
  public enum Basis: String, Sendable, Hashable, Codable {
    /// A statement grants it.
    case granted
    /// A statement refuses it.
    case denied
    /// Nothing was stated; the policy decided.
    case noStatement
  }

  /// Whether the data may be used.
  public let isAllowed: Bool
  /// What the answer rests on.
  public let basis: Basis
  /// The purpose asked about.
  public let purpose: Purpose
  /// The statement that decided.
  public let record: ConsentRecord?

  /// The reason as a sentence without personal data.
  public var reason: String {
    // Put together by hand: interpolation takes several times as long, and it is asked for with every proposal.
    switch basis {
    case .granted: "consent for " + purpose.rawValue + " was given" + evidence
    case .denied: "consent for " + purpose.rawValue + " was refused" + evidence
    case .noStatement:
      purpose.rawValue + (isAllowed ? " needs no consent by the policy" : " needs consent and none was stated")
    }
  }

  private var evidence: String { record.map { " at \($0.time) by \($0.event)" } ?? "" }
}
