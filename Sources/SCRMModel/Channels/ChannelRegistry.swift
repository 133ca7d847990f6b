/// The channels a host uses, ordered by id in byte order.
///
/// ```swift
/// var channels = ChannelRegistry.standard
/// channels["xuebang"] = Channel(
///   id: "xuebang", name: DisplayName(zh: "学邦", en: "Xuebang"), platformClass: .partner)
/// channels["weibo"]?.platformClass = .promotion
/// ```
public struct ChannelRegistry: Sendable, Hashable, Codable {
  /// The channels in byte order of their ids.
  public private(set) var channels: [Channel] = []

  /// Creates a registry; of two channels with the same id the later counts.
  public init(_ channels: [Channel] = []) {
    for channel in channels { self[channel.id] = channel }
  }

  /// The channel with an id; assigning puts it under this id, assigning `nil` removes it.
  ///
  /// Lookup is O(log n).
  public subscript(id: String) -> Channel? {
    get {
      let position = position(of: id)
      return position.found ? channels[position.index] : nil
    }
    set {
      let position = position(of: id)
      if position.found { channels.remove(at: position.index) }
      guard var channel = newValue else { return }
      channel.id = id
      channels.insert(channel, at: position.index)
    }
  }

  /// The channels of a platform class, in byte order of their ids.
  public func channels(of platformClass: PlatformClass) -> [Channel] {
    channels.filter { $0.platformClass == platformClass }
  }

  /// The channels that know people by identifiers of a namespace, in byte order of their ids.
  public func channels(speaking namespace: IdentifierNamespace) -> [Channel] {
    channels.filter { $0.speaks(namespace) }
  }

  private enum CodingKeys: String, CodingKey { case channels }

  /// Reads the channels in any order.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(try container.decode([Channel].self, forKey: .channels))
  }

  private func position(of id: String) -> (index: Int, found: Bool) {
    var low = 0
    var high = channels.count
    while low < high {
      let middle = (low + high) / 2
      switch channels[middle].id.byteOrder(id) {
      case .ascending: low = middle + 1
      case .same: return (middle, true)
      default: high = middle
      }
    }
    return (low, false)
  }
}
