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
  /// Names from the part down to what was removed; list indices as numbers.
  ///
  /// Empty when the part went as a whole.
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
  /// The interaction as it may be stored; see ``CollectionFilter/apply(to:)``.
  ///
  /// For many interactions make the filter once.
  public func apply(to interaction: Interaction) -> CollectedInteraction {
    CollectionFilter(self).apply(to: interaction)
  }
}
