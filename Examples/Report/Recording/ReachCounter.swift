import SocialCRM

/// Counts how many different people are active on each channel.
///
/// It keeps a few bytes for each account, none for interactions.
struct ReachCounter: Sendable {
  // A bit for each channel in the order of first use; the last one stands for all further channels.
  private static let mostChannels = 63

  private var numbers: [Name?: Int] = [:]
  private var channels: [Name?] = []
  private var interactions = [Int](repeating: 0, count: Self.mostChannels + 1)
  private var accounts: [AccountID: UInt64] = [:]
  private var people = [Int](repeating: 0, count: Self.mostChannels + 1)
  private var classPeople: [PlatformClass?: Int] = [:]
  private let registry: ChannelRegistry

  init(_ registry: ChannelRegistry) { self.registry = registry }

  /// Takes an interaction into account, with the account that acted.
  mutating func add(_ interaction: Interaction, by actor: AccountID?) {
    let number = number(interaction.context.channel.map { Name($0) })
    interactions[number] += 1
    if let actor { accounts[actor, default: 0] |= 1 << UInt64(number) }
  }

  private mutating func number(_ channel: Name?) -> Int {
    if let known = numbers[channel] { return known }
    guard channels.count < Self.mostChannels else { return Self.mostChannels }
    numbers[channel] = channels.count
    channels.append(channel)
    return channels.count - 1
  }

  /// Counts a person where one of their accounts was active; after all interactions.
  mutating func add(_ person: PersonRecord) {
    let bits = person.accounts.reduce(UInt64(0)) { $0 | (accounts[$1.account] ?? 0) }
    if bits == 0 { return }
    var classes = Set<PlatformClass?>()
    for number in 0...channels.count where bits >> UInt64(number) & 1 == 1 {
      people[number] += 1
      classes.insert(platformClass(number))
    }
    for platformClass in classes { classPeople[platformClass, default: 0] += 1 }
  }

  private func platformClass(_ number: Int) -> PlatformClass? {
    guard number < channels.count, let id = channels[number] else { return nil }
    return registry[id.rawValue]?.platformClass
  }

  /// Interactions on channels beyond those that are told apart.
  var further: Int { interactions[Self.mostChannels] }

  /// The channels, most people first.
  var channelFigures: [ChannelFigures] {
    channels.indices.map { number in
      let id = channels[number]?.rawValue
      let known = id.flatMap { registry[$0] }
      return ChannelFigures(
        id: id, name: known?.name, platformClass: known?.platformClass, people: people[number],
        interactions: interactions[number])
    }.sorted { left, right in
      (right.people, right.interactions, Name(left.id ?? "")) < (left.people, left.interactions, Name(right.id ?? ""))
    }
  }

  /// The platform classes that were used, in their order; channels that are not known come last.
  var classFigures: [ClassFigures] {
    var counts: [PlatformClass?: Int] = [:]
    for number in channels.indices { counts[platformClass(number), default: 0] += interactions[number] }
    if further > 0 { counts[nil, default: 0] += further }
    return (PlatformClass.allCases.map { $0 } + [nil]).compactMap { platformClass in
      counts[platformClass].map {
        ClassFigures(platformClass: platformClass, people: classPeople[platformClass] ?? 0, interactions: $0)
      }
    }
  }
}
