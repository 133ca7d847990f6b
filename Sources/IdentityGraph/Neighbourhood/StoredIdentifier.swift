import SCRMModel

/// An identifier of the evidence graph as the store keeps it: what was said of it, the evidence with its neighbours, and
/// how it stands.
///
/// It names neighbours by their accounts, so nothing of an erased neighbour is in it.
struct StoredIdentifier: Sendable {
  static let kind: StateKind = "identity"
  static let schema = 1
  /// The standing that is kept; the rest follows from the policy, and that it is a group's from ``owner``.
  static let kept: NodeRow.Flags = [.vetoed, .shared, .divided, .verified, .held]

  var account: AccountID
  var key: IdentifierKey
  var seconds: Int64
  var nanoseconds: Int32
  var flags: NodeRow.Flags
  /// With how many identifiers it has evidence; ``edges`` may have fewer of a crowd.
  var degree: UInt32
  /// What it goes by, ordered, and how many statements said so.
  var descriptors: [(descriptor: IdentityDescriptor, support: UInt32)]
  /// The evidence, ordered by neighbour.
  var edges: [StoredEdge]
  /// The partings it stands in, ordered.
  var vetoes: [StoredVeto]
  /// Whose it is, when it is a group's.
  var owner: GroupMembership.Whole?

  /// The key of the state of an account.
  static func stateKey(_ account: AccountID) -> StateKey { .person(account.person) }

  /// How many edges of a namespace's identifier are kept at the identifier: more than make it shared.
  static func capacity(_ limit: Int) -> Int { 2 * limit + 16 }

  /// Whether there is nothing to keep.
  var isEmpty: Bool { edges.isEmpty && descriptors.isEmpty && vetoes.isEmpty && owner == nil }
  /// Whether it stands in components, as far as evidence decides.
  var connects: Bool { flags.isDisjoint(with: .standsAside) }
}

/// One side of a parting.
struct StoredVeto: Sendable, Hashable, Comparable {
  /// The log position that decided it.
  var position: LogPosition
  var isSecond: Bool

  static func < (left: Self, right: Self) -> Bool {
    left.position != right.position ? left.position < right.position : !left.isSecond && right.isSecond
  }
}

/// The evidence between an identifier and one neighbour.
///
/// The earliest pieces are kept one by one; of the others their number and the best of them, so that an edge that is
/// confirmed with every login does not grow without end.
struct StoredEdge: Sendable, Hashable {
  /// How many pieces are kept one by one.
  static let listed = 32

  var other: AccountID
  /// Ordered by time, then event.
  var evidence: [StoredEvidence] = []
  /// How many more there are.
  var more: UInt32 = 0
  /// The best of those.
  var moreStrength: Double = 0
  var moreMine: UInt8 = 0
  var moreTheirs: UInt8 = 0
  var moreIsVerified = false

  /// Adds a piece; O(listed).
  mutating func add(_ piece: StoredEvidence) {
    guard let place = evidence.firstIndex(where: { piece < $0 }) else {
      if evidence.count < Self.listed { evidence.append(piece) } else { fold(piece) }
      return
    }
    evidence.insert(piece, at: place)
    if evidence.count > Self.listed { fold(evidence.removeLast()) }
  }

  private mutating func fold(_ piece: StoredEvidence) {
    more += 1
    moreStrength = max(moreStrength, piece.strength)
    moreMine = max(moreMine, piece.mine)
    moreTheirs = max(moreTheirs, piece.theirs)
    if piece.isVerified { moreIsVerified = true }
  }

  /// Takes a piece out; one that is not listed is one of the others, the best of whom stays until there is none.
  mutating func remove(_ event: EventKey, isTarget: Bool) {
    if let place = evidence.firstIndex(where: { $0.event == event && $0.isTarget == isTarget }) {
      evidence.remove(at: place)
    } else if more > 0 {
      more -= 1
      if more == 0 { (moreStrength, moreMine, moreTheirs, moreIsVerified) = (0, 0, 0, false) }
    }
  }

  /// The same edge seen from the other end.
  func mirrored(_ account: AccountID) -> StoredEdge {
    var copy = self
    copy.other = account
    copy.evidence = evidence.map(\.mirrored)
    (copy.moreMine, copy.moreTheirs) = (moreTheirs, moreMine)
    return copy
  }

  /// Whether a piece makes the edge neither stronger nor older.
  func holds(_ piece: StoredEvidence) -> Bool {
    guard let first = evidence.first, (first.seconds, first.nanoseconds) <= (piece.seconds, piece.nanoseconds) else {
      return false
    }
    return piece.strength <= strength && piece.mine <= mine && piece.theirs <= theirs
      && (!piece.isVerified || isVerified)
  }

  var count: UInt32 { UInt32(truncatingIfNeeded: evidence.count) + more }
  var strength: Double { evidence.reduce(moreStrength) { max($0, $1.strength) } }
  var mine: UInt8 { evidence.reduce(moreMine) { max($0, $1.mine) } }
  var theirs: UInt8 { evidence.reduce(moreTheirs) { max($0, $1.theirs) } }
  var isVerified: Bool { moreIsVerified || evidence.contains { $0.isVerified } }
}

/// One piece of evidence: what one party of one interaction said of two identifiers.
struct StoredEvidence: Sendable, Hashable, Comparable {
  var event: EventKey
  /// Whether the party that was addressed said it.
  var isTarget: Bool
  var seconds: Int64
  var nanoseconds: Int32
  var strength: Double
  /// How the two ends were asserted.
  var mine: UInt8
  var theirs: UInt8

  var isVerified: Bool { min(mine, theirs) >= 2 }

  /// The same piece seen from the other end.
  var mirrored: StoredEvidence {
    var copy = self
    (copy.mine, copy.theirs) = (theirs, mine)
    return copy
  }

  static func < (left: Self, right: Self) -> Bool {
    if left.seconds != right.seconds { return left.seconds < right.seconds }
    if left.nanoseconds != right.nanoseconds { return left.nanoseconds < right.nanoseconds }
    return left.event != right.event ? left.event < right.event : !left.isTarget && right.isTarget
  }
}
