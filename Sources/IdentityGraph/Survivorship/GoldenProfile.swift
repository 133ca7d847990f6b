import SCRMExpressions
public import SCRMModel

/// One value for each trait of a person, chosen by rules from what the sources say, with its provenance.
///
/// ```swift
/// var rules = SurvivorshipPolicy()
/// rules.traits["city"] = .mostTrusted(["crm", "shop"])
/// rules.traits["interests"] = .union
/// let profile = GoldenProfile(of: person.traits, by: rules)
/// ```
///
/// Nothing of the ledger is lost: another policy, or a split of the person, gives another profile of the same statements.
/// O(n²) in the statements of a trait, of which there is one per source and account.
public struct GoldenProfile: Sendable, Hashable, Redacted {
  /// The traits, ordered by name in byte order.
  public let traits: [GoldenTrait]

  /// Chooses the values of a person.
  public init(of ledger: TraitLedger, by policy: SurvivorshipPolicy = SurvivorshipPolicy()) {
    traits = ledger.traits.map { Self.choose($0.name, $0.values, policy.rule(of: $0.name)) }
  }

  /// A trait by its name; O(number of traits).
  public subscript(name: String) -> GoldenTrait? { traits.first { $0.name.sameBytes(as: name) } }

  /// The number of traits.
  public var redactedDescription: String { "\(traits.count) traits" }

  private static func choose(_ name: String, _ values: [TraitValue], _ rule: SurvivorshipRule) -> GoldenTrait {
    if case .union = rule {
      return GoldenTrait(name: name, value: union(values), rule: rule.name, winners: values, losers: [])
    }
    guard let winner = rule.winner(of: values), values.indices.contains(winner) else {
      return GoldenTrait(name: name, value: nil, rule: rule.name, winners: [], losers: values)
    }
    let value = values[winner].value
    // The chosen statement first, then the others that say the same.
    let agreeing = values.indices.filter { $0 != winner && values[$0].value == value }
    return GoldenTrait(
      name: name, value: value, rule: rule.name, winners: [values[winner]] + agreeing.map { values[$0] },
      losers: values.filter { $0.value != value })
  }

  private static func union(_ values: [TraitValue]) -> Value {
    let elements = values.flatMap { $0.value.listValue ?? [$0.value] }.map { (value: $0, bytes: $0.jsonBytes) }
      .sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
    var result: [Value] = []
    for element in elements where result.last != element.value { result.append(element.value) }
    return .list(result)
  }
}

extension SurvivorshipRule {
  /// The index of the chosen one of values that stand in the order of a draw.
  fileprivate func winner(of values: [TraitValue]) -> Int? {
    switch self {
    case .mostConfident, .union: values.isEmpty ? nil : 0
    case .mostRecent: Self.first(values) { $0.observed > $1.observed }
    case .mostTrusted(let sources):
      Self.first(values) { left, right in
        (sources.firstIndex(of: left.source) ?? sources.count) < (sources.firstIndex(of: right.source) ?? sources.count)
      }
    case .mostFrequent:
      Self.first(values) { left, right in
        values.count { $0.value == left.value } > values.count { $0.value == right.value }
      }
    case .longest: Self.first(values) { Self.length($0) > Self.length($1) }
    case .host(_, let choose): choose(values)
    }
  }

  /// The first value that no other precedes.
  private static func first(_ values: [TraitValue], _ precedes: (TraitValue, TraitValue) -> Bool) -> Int? {
    var best: Int?
    for index in values.indices {
      if let known = best, !precedes(values[index], values[known]) { continue }
      best = index
    }
    return best
  }

  private static func length(_ value: TraitValue) -> Int { value.value.stringValue?.unicodeScalars.count ?? -1 }
}
