public import StrictJSON
public import SCRMExpressions

/// Something a collection policy removed from an interaction.
public struct DroppedItem: Sendable, Hashable, Codable, Redacted {
  /// The part of the interaction.
  public enum Part: String, Sendable, Hashable, Codable, CaseIterable {
    /// `traits`.
    case traits
    /// `properties`.
    case properties
    /// `context.extra`.
    case context
    /// `place`.
    case place
    /// A member of the raw payload.
    case raw
    /// The raw payload as a whole, because it could not be read.
    case rawPayload
  }

  /// The part of the interaction.
  public let part: Part
  /// Names from the part down to what was removed; list indices as numbers. Empty when the part went as a whole.
  public let path: [String]
  /// The group it belonged to; `nil` when a rule named the attribute, or for the whole payload.
  public let group: AttributeGroup?

  /// The part and the group; keys of maps may be personal data.
  public var redactedDescription: String { "\(part.rawValue) of \(group?.rawValue ?? "no group")" }
}

/// An interaction after a collection policy, and what it lost.
public struct CollectedInteraction: Sendable, Hashable {
  /// The interaction without the dropped parts.
  public let interaction: Interaction
  /// What was dropped, in the order traits, properties, context, place, raw.
  public let dropped: [DroppedItem]
}

extension CollectionPolicy {
  /// The interaction as it may be stored, with a list of what was dropped; in the mode ``Mode/keep`` it is unchanged.
  ///
  /// Dropped are members of traits, properties and `context.extra`, at any depth, whose names ``drops(_:)`` says so, and
  /// the place when location is irrelevant. A raw JSON payload loses the members of these names at any depth, also in
  /// JSON texts inside texts, and is written anew; one that loses nothing stays byte for byte. Names are all that is
  /// looked at: a value under another name stays. A raw payload that is not strict JSON is dropped whole, unless the
  /// policy drops nothing at all. O(size of the interaction × rules).
  public func apply(to interaction: Interaction) -> CollectedInteraction {
    guard mode == .drop, dropsAnything else { return CollectedInteraction(interaction: interaction, dropped: []) }
    var filter = Filter(policy: self)
    var result = interaction
    if let traits = filter.map(interaction.traits, part: .traits) { result.traits = traits }
    if let properties = filter.map(interaction.properties, part: .properties) { result.properties = properties }
    if let extra = filter.map(interaction.context.extra, part: .context) { result.context.extra = extra }
    if interaction.place != nil, drops("location") {
      filter.dropped.append(DroppedItem(part: .place, path: [], group: catalogue["location"]))
      result.place = nil
    }
    if let raw = interaction.raw { result.raw = filter.payload(raw) }
    return CollectedInteraction(interaction: result, dropped: filter.dropped)
  }

  /// Whether there is a name that is dropped.
  private var dropsAnything: Bool {
    catalogue.entries.contains { drops($0.name) } || rules.contains { $0.attribute.map(drops) ?? false }
  }
}

/// Removes members by name and keeps a list of them.
private struct Filter {
  let policy: CollectionPolicy
  var dropped: [DroppedItem] = []
  private var path: [String] = []
  private var part = DroppedItem.Part.traits
  private var verdicts: [String: Bool] = [:]

  init(policy: CollectionPolicy) { self.policy = policy }

  /// The map without dropped members; `nil` when it stays as it is.
  mutating func map(_ map: ValueMap, part: DroppedItem.Part) -> ValueMap? {
    self.part = part
    let count = dropped.count
    let filtered = filter(map)
    return dropped.count == count ? nil : filtered
  }

  /// The payload without dropped members; `nil` when it cannot be read.
  mutating func payload(_ raw: RawPayload) -> RawPayload? {
    part = .raw
    guard let json = try? JSON(bytes: raw.bytes) else {
      dropped.append(DroppedItem(part: .rawPayload, path: [], group: nil))
      return nil
    }
    let count = dropped.count
    let filtered = filter(json)
    return dropped.count == count ? raw : RawPayload(mediaType: raw.mediaType, bytes: filtered.bytes)
  }

  private mutating func drops(_ name: String) -> Bool {
    let verdict: Bool
    if let known = verdicts[name] {
      verdict = known
    } else {
      verdict = policy.drops(name)
      verdicts[name] = verdict
    }
    if verdict { dropped.append(DroppedItem(part: part, path: path + [name], group: policy.catalogue[name])) }
    return verdict
  }

  private mutating func filter(_ map: ValueMap) -> ValueMap {
    var result = map
    for entry in map.entries {
      let name = entry.key.text
      if let name, drops(name) {
        result[entry.key] = nil
        continue
      }
      path.append(name ?? "\(entry.key.value)")
      result[entry.key] = filter(entry.value)
      path.removeLast()
    }
    return result
  }

  private mutating func filter(_ value: Value) -> Value {
    switch value {
    case .map(let map): return .map(filter(map))
    case .list(let values):
      var result: [Value] = []
      result.reserveCapacity(values.count)
      for (index, element) in values.enumerated() {
        path.append(String(index))
        result.append(filter(element))
        path.removeLast()
      }
      return .list(result)
    default: return value
    }
  }
}
