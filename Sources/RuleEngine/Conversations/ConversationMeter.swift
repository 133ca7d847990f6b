import DenseData
public import SCRMModel

/// Measures conversations: it is fed interaction by interaction, in any order, and gives a report at any time.
///
/// ```swift
/// var meter = ConversationMeter()
/// for interaction in interactions { meter.add(interaction) }
/// print(meter.report().replies.latencies.median ?? 0)  // seconds
/// ```
///
/// - A *reply* is an interaction of a brand or of staff that names, by `context.inReplyTo`, what it answers. Together with
///   the customer's interaction it names it is a *pair*; several replies to one question are several pairs. What
///   automation answers is no reply.
/// - A *question* is what a customer said, in text or attachments, to a brand: one with `context.brand`, or whose target is
///   a brand or staff; and whatever was replied to. A question without a reply is *open*: its latency is unknown but at
///   least its age (censored), so it is counted and not part of the latencies.
/// - A *thread* is a connected component of messages under the links of `context.inReplyTo`; a message is what says
///   something, is in reply to something, or was replied to. A message without any link is a thread of its own.
///
/// A retracted interaction counts as absent, in whatever order the two arrive. An edit leaves what it replaces in its place
/// and time. Of two interactions with one key the first counts.
///
/// O(1) expected per interaction, O(n log n) per report; about 100 bytes and the key for each interaction.
public struct ConversationMeter: Sendable {
  enum Side: UInt8, Sendable {
    case customer, brand, automation
  }

  struct Node: Sendable {
    var isPresent = false
    var isRetracted = false
    var saysSomething = false
    // Said to a brand, so that an answer can be expected.
    var isAddressed = false
    var side = Side.automation
    var brand: Int32 = -1
    // The interaction it answers.
    var parent: Int32 = -1
    var occurred = Instant.epoch

    var counts: Bool { isPresent && !isRetracted }
  }

  private var keys = Interner<EventKey>()
  private(set) var nodes: [Node] = []
  // By bytes, since Unicode's equivalence would join names that a database keeps apart.
  private var brands = Interner<[UInt8]>()

  /// Creates a meter that has seen nothing.
  public init() {}

  /// Takes an interaction into account.
  public mutating func add(_ interaction: Interaction) {
    switch interaction.revision {
    case .retracts(let id)?:
      let original = node(EventKey(interaction.key.source, id))
      nodes[original].isRetracted = true
    case .replaces?: break
    case nil: insert(interaction)
    }
  }

  /// The name of a brand by its number.
  func brand(_ number: Int32) -> String? {
    brands.elements.indices.contains(Int(number)) ? String(decoding: brands.elements[Int(number)], as: UTF8.self) : nil
  }

  private mutating func insert(_ interaction: Interaction) {
    let index = node(interaction.key)
    if nodes[index].isPresent { return }
    let context = interaction.context
    let parent = context.inReplyTo.map { node($0) }
    var entry = nodes[index]
    entry.isPresent = true
    entry.occurred = interaction.occurred
    entry.saysSomething = interaction.text != nil || !interaction.attachments.isEmpty
    // Nothing answers itself.
    if let parent, parent != index { entry.parent = Int32(truncatingIfNeeded: parent) }
    switch interaction.actor.role {
    case .customer:
      entry.side = .customer
      let target = interaction.target.flatMap { $0.role == .brand || $0.role == .staff ? $0 : nil }
      entry.isAddressed = target != nil || context.brand != nil
      entry.brand = number(context.brand ?? target?.identifiers.first?.value)
    case .brand, .staff:
      entry.side = .brand
      entry.brand = number(context.brand ?? interaction.actor.identifiers.first?.value)
    case .automation: break
    }
    nodes[index] = entry
  }

  private mutating func node(_ key: EventKey) -> Int {
    let index = keys.intern(key)
    if index == nodes.count { nodes.append(Node()) }
    return index
  }

  private mutating func number(_ brand: String?) -> Int32 {
    brand.map { Int32(truncatingIfNeeded: brands.intern(Array($0.utf8))) } ?? -1
  }
}
