import SCRMExpressions
import StrictJSON

/// A collection policy prepared for many interactions.
public struct CollectionFilter: Sendable {
  /// The policy it was made of.
  public let policy: CollectionPolicy
  // The matched forms of the names that are dropped, as bytes; empty when everything is kept.
  private let forms: Set<[UInt8]>
  private let dropsPlace: Bool

  /// Prepares a policy.
  ///
  /// O(catalogue × rules).
  public init(_ policy: CollectionPolicy) {
    self.policy = policy
    var forms: Set<[UInt8]> = []
    if policy.mode == .drop {
      let names = policy.catalogue.entries.map(\.name) + policy.rules.compactMap(\.attribute)
      for name in names where policy.drops(name) { forms.insert(Array(AttributeCatalogue.matchedForm(name).utf8)) }
    }
    self.forms = forms
    dropsPlace = policy.mode == .drop && policy.drops(AttributeGroup.location)
  }

  /// The interaction as it may be stored, with a list of what was dropped; with ``CollectionPolicy/Mode/keep`` it is
  /// unchanged.
  ///
  /// Dropped are the members of traits, properties and `context.extra` whose names the policy drops
  /// (``CollectionPolicy/drops(_:)-(String)``), at any depth, and the place when location is irrelevant. A raw JSON
  /// payload loses the members of these names at any depth, also in JSON objects and arrays written inside texts, and is
  /// written anew; one that loses nothing stays byte for byte. A raw payload that is not strict JSON, or has documents in texts more than three deep, is dropped
  /// whole, unless the policy drops nothing at all. Names are all that is looked at: a value under another name stays.
  /// O(size).
  public func apply(to interaction: Interaction) -> CollectedInteraction {
    var dropping = Dropping(forms: forms, catalogue: policy.catalogue)
    var result = interaction
    if !forms.isEmpty {
      if let traits = dropping.map(interaction.traits, part: .traits) { result.traits = traits }
      if let properties = dropping.map(interaction.properties, part: .properties) { result.properties = properties }
      if let extra = dropping.map(interaction.context.extra, part: .context) { result.context.extra = extra }
    }
    if dropsPlace, interaction.place != nil {
      dropping.dropped.append(DroppedItem(part: .place, path: [], group: .location))
      result.place = nil
    }
    if !forms.isEmpty, let raw = interaction.raw { result.raw = dropping.payload(raw) }
    return CollectedInteraction(interaction: result, dropped: dropping.dropped)
  }
}

/// Removes members by name and keeps a list of them.
private struct Dropping {
  let forms: Set<[UInt8]>
  let catalogue: AttributeCatalogue
  var dropped: [DroppedItem] = []
  var path: [String] = []
  var part = DroppedItem.Part.traits
  // Documents within texts within texts are followed this far, so that no payload exhausts the stack.
  private static let maximumTextDepth = 3
  private var textDepth = 0
  private var isTooDeep = false

  init(forms: Set<[UInt8]>, catalogue: AttributeCatalogue) {
    self.forms = forms
    self.catalogue = catalogue
  }

  /// The map without dropped members; `nil` when it stays as it is.
  mutating func map(_ map: ValueMap, part: DroppedItem.Part) -> ValueMap? {
    self.part = part
    let count = dropped.count
    let filtered = filter(map)
    return dropped.count == count ? nil : filtered
  }

  /// Whether a member goes; puts it on the list.
  private mutating func drops(_ name: String) -> Bool {
    guard forms.contains(Array(AttributeCatalogue.matchedForm(name).utf8)) else { return false }
    dropped.append(DroppedItem(part: part, path: path + [name], group: catalogue[name]))
    return true
  }

  private mutating func filter(_ map: ValueMap) -> ValueMap {
    var result = map
    for entry in map.entries {
      if let name = entry.key.text, drops(name) {
        result[entry.key] = nil
        continue
      }
      path.append(entry.key.text ?? "key")
      let filtered = filter(entry.value)
      if filtered != entry.value { result[entry.key] = filtered }
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

  /// The payload without dropped members; `nil` when it cannot be read.
  mutating func payload(_ raw: RawPayload) -> RawPayload? {
    part = .raw
    guard let json = try? JSON(bytes: raw.bytes) else {
      dropped.append(DroppedItem(part: .rawPayload, path: [], group: nil))
      return nil
    }
    let count = dropped.count
    let filtered = filter(json)
    if isTooDeep {
      dropped.removeSubrange(count...)
      dropped.append(DroppedItem(part: .rawPayload, path: [], group: nil))
      return nil
    }
    return dropped.count == count ? raw : RawPayload(mediaType: raw.mediaType, bytes: filtered.jsonBytes)
  }

  private mutating func filter(_ json: JSON) -> JSON {
    switch json {
    case .object(let object):
      var members: [JSONObject.Element] = []
      members.reserveCapacity(object.count)
      for member in object where !drops(member.key) {
        path.append(member.key)
        members.append((key: member.key, value: filter(member.value)))
        path.removeLast()
      }
      return .object(JSONObject(members))
    case .array(let elements):
      var result: [JSON] = []
      result.reserveCapacity(elements.count)
      for (index, element) in elements.enumerated() {
        path.append(String(index))
        result.append(filter(element))
        path.removeLast()
      }
      return .array(result)
    case .string(let text): return filter(text: text).map(JSON.string) ?? json
    case .null, .bool, .number: return json
    }
  }

  /// A text that is itself a JSON object or array, without dropped members; `nil` when it stays as it is.
  private mutating func filter(text: String) -> String? {
    let first = text.utf8.first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
    guard first == 0x7B || first == 0x5B, let json = try? JSON(text: text) else { return nil }
    guard textDepth < Self.maximumTextDepth else {
      isTooDeep = true
      return nil
    }
    textDepth += 1
    defer { textDepth -= 1 }
    let count = dropped.count
    let filtered = filter(json)
    return dropped.count == count ? nil : filtered.jsonText
  }
}
