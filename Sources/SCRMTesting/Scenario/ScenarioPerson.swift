public import SocialCRM

/// A person of a scenario, with what is known of them beforehand.
public struct ScenarioPerson: Sendable {
  /// Something the person did before.
  struct Past: Sendable {
    var kind: InteractionKind
    var times: Int
    var ago: Duration
    var amount: Money?
  }

  let name: String
  private(set) var identifiers: [Identifier]
  private(set) var traits: ValueMap = [:]
  private(set) var consents: [ConsentStatement] = []
  private(set) var past: [Past] = []

  /// A person, named for the scenario, known by one identifier.
  public static func person(
    _ name: String, _ namespace: IdentifierNamespace, _ value: String
  ) -> ScenarioPerson {
    ScenarioPerson(name: name, identifiers: [Identifier(namespace, value)])
  }

  private init(name: String, identifiers: [Identifier]) {
    self.name = name
    self.identifiers = identifiers
  }

  private func changed(_ change: (inout ScenarioPerson) -> Void) -> ScenarioPerson {
    var copy = self
    change(&copy)
    return copy
  }

  /// Known by a further identifier, joined to the first.
  public func alsoKnown(as namespace: IdentifierNamespace, _ value: String) -> ScenarioPerson {
    changed { $0.identifiers.append(Identifier(namespace, value)) }
  }

  /// With a trait.
  public func with(_ trait: String, _ value: Value) -> ScenarioPerson { changed { $0.traits[trait] = value } }

  /// Having given consent.
  public func granting(_ purpose: Purpose, channel: String? = nil) -> ScenarioPerson {
    changed { $0.consents.append(ConsentStatement(.granted, purpose, channel: channel)) }
  }

  /// Having refused consent.
  public func denying(_ purpose: Purpose, channel: String? = nil) -> ScenarioPerson {
    changed { $0.consents.append(ConsentStatement(.denied, purpose, channel: channel)) }
  }

  /// Having done something, once or more often, some time ago.
  public func having(
    _ kind: InteractionKind, times: Int = 1, ago: Duration = .days(1), amount: Money? = nil
  ) -> ScenarioPerson {
    changed { $0.past.append(Past(kind: kind, times: max(times, 0), ago: ago, amount: amount)) }
  }
}
