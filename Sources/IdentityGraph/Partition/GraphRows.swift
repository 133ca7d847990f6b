import SCRMExpressions
import SCRMModel

/// The index of nothing.
let noRow = UInt32.max

/// An identifier: less than a cache line.
struct NodeRow: Sendable {
  struct Flags: OptionSet, Sendable {
    let rawValue: UInt16
    /// Joins nobody: its value is blocked.
    static let blocked = Flags(rawValue: 1)
    /// Belongs to a group.
    static let grouped = Flags(rawValue: 2)
    /// Erased; nothing of it is left.
    static let erased = Flags(rawValue: 4)
    /// Stands on a side of a veto.
    static let vetoed = Flags(rawValue: 8)
    /// No contact value.
    static let account = Flags(rawValue: 16)
    /// Shared by too many: joins nobody.
    static let shared = Flags(rawValue: 32)
    /// Shared by few: joins those who agree on a name.
    static let divided = Flags(rawValue: 64)
    /// Some evidence is verified at this end.
    static let verified = Flags(rawValue: 128)
    /// Somebody verified is behind it: evidence verified at both ends.
    static let held = Flags(rawValue: 256)
    /// To be looked at in this commit.
    static let dirty = Flags(rawValue: 512)
    /// Its person before this commit is noted.
    static let noted = Flags(rawValue: 1024)
    /// Not all its neighbours are known here, so how it stands is not decided here.
    static let foreign = Flags(rawValue: 2048)

    static let standsAside: Flags = [.blocked, .grouped, .erased, .shared]
  }

  var firstSeconds: Int64
  var firstNanoseconds: Int32
  var keyOffset: UInt32
  var keyLength: UInt16
  var namespace: UInt16
  var flags: Flags
  var descriptorCount: UInt16 = 0
  var edgeHead = noRow
  /// How many other identifiers have evidence in force with it.
  var degree: UInt32 = 0
  /// How many edges it ever had, counted as far as a crowd.
  var edgeCount: UInt16 = 0
  var descriptorHead = noRow
  /// The root of its component.
  var component: UInt32
  /// A ring through the members of the component.
  var next: UInt32
  /// The identifier its person was first seen by.
  var founder: UInt32

  var isOpen: Bool { flags.isDisjoint(with: [.blocked, .grouped, .erased, .shared, .divided]) }
  /// Whether it stands in components: open or divided.
  var connects: Bool { flags.isDisjoint(with: .standsAside) }
}

/// Two identifiers with evidence between them, or one with sightings.
struct EdgeRow: Sendable {
  var left: UInt32
  var right: UInt32
  var nextOfLeft: UInt32
  var nextOfRight = noRow
  var evidenceHead = noRow
  /// Of the live evidence: how much there is, its greatest strength and best assertions, its earliest time.
  var count: UInt32 = 0
  var strength: Double = 0
  var firstSeconds = Int64.max
  var firstNanoseconds: Int32 = 0
  var leftAssertion: UInt8 = 0
  var rightAssertion: UInt8 = 0
  var isVerified = false

  func other(_ node: UInt32) -> UInt32 { node == left ? right : left }
  func next(_ node: UInt32) -> UInt32 { node == left ? nextOfLeft : nextOfRight }
  func assertion(at node: UInt32) -> UInt8 { node == left ? leftAssertion : rightAssertion }
}

/// One edge, or one descriptor, of one statement.
struct EvidenceRow: Sendable {
  /// The edge, or the descriptor.
  var subject: UInt32
  var event: UInt32
  var next = noRow
  var hubAssertion: UInt8
  var otherAssertion: UInt8
  var isDescriptor = false
  var hubIsLeft = true
}

/// A statement.
struct EventRow: Sendable {
  var source: UInt32
  var idOffset: UInt32
  var idLength: UInt16
  var evidenceCount: UInt16
  var firstEvidence: UInt32
  var hub: UInt32
  var seconds: Int64
  var nanoseconds: Int32
  var isWithdrawn = false
  var strength: Double

  var time: Instant { Instant(secondsSinceEpoch: seconds, nanoseconds: nanoseconds) ?? .epoch }
}

/// A descriptor of a node and how many statements gave it.
struct DescriptorRow: Sendable {
  var descriptor: UInt32
  var support: UInt32
  var next: UInt32
}
