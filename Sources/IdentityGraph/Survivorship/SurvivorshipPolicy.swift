public import SCRMModel

/// Which rule chooses the value of which trait.
public struct SurvivorshipPolicy: Sendable {
  /// The rules of traits by their name, compared by bytes.
  public var traits: [TraitName: SurvivorshipRule] = [:]
  /// The rule of every other trait.
  public var others: SurvivorshipRule

  /// The name of a trait.
  public struct TraitName: TextIdentifier {
    /// The text.
    public let rawValue: String
    /// Wraps a text.
    public init(_ rawValue: String) { self.rawValue = rawValue }
  }

  /// Creates a policy without rules of its own for any trait.
  public init(others: SurvivorshipRule = .mostConfident) { self.others = others }

  /// The rule of a trait.
  public func rule(of name: String) -> SurvivorshipRule { traits[TraitName(name)] ?? others }
}
