import SocialCRM

/// A condition over the facts about a person, as it is written in `scrm.json`.
///
/// `Documentation/CommandLine.md` lists the forms. Its judgement names the figures it rests on.
indirect enum Condition: Sendable {
  /// How often something, or anything for `nil`, was done on the last days, or ever for `nil`.
  case count(InteractionKind?, days: Int?, Bounds)
  /// How deeply the person takes part.
  case tier(atLeast: ParticipationTier, atMost: ParticipationTier)
  /// Recency-weighted activity.
  case heat(Bounds)
  /// The published influence, 0 … 100.
  case influence(Bounds)
  /// The money spent in purchases less refunds on the last days.
  case spent(currency: String, days: Int, Bounds)
  /// The best known value of a trait.
  case trait(String, Value)
  /// Whether the person is in a segment.
  case member(String)
  case all([Condition])
  case any([Condition])
  case not(Condition)

  /// The names of the segments it asks for.
  var segments: [String] {
    switch self {
    case .member(let name): [name]
    case .all(let parts), .any(let parts): parts.flatMap(\.segments)
    case .not(let part): part.segments
    default: []
    }
  }

  /// Whether it holds for a person, and why.
  func judge(_ person: PersonFacts) -> Judgement {
    switch self {
    case .count(let kind, let days, let bounds):
      let count = Self.count(person, kind, days)
      let what = (kind?.rawValue ?? "interactions") + (days.map { " in \($0) days" } ?? " ever")
      return Self.judgement(bounds.contains(Double(count)), what, "\(count)", bounds.text)
    case .tier(let lowest, let highest):
      let wanted = lowest == highest ? lowest.rawValue : "\(lowest.rawValue) to \(highest.rawValue)"
      return Self.judgement((lowest...highest).contains(person.tier), "tier", person.tier.rawValue, wanted)
    case .heat(let bounds):
      return Self.judgement(bounds.contains(person.heat), "heat", String(person.heat), bounds.text)
    case .influence(let bounds):
      return Self.judgement(bounds.contains(person.influence), "influence", String(person.influence), bounds.text)
    case .spent(let currency, let days, let bounds):
      let money = person.spent(currency, days: days)
      let holds = money.map { bounds.contains($0.approximateAmount) } ?? false
      return Self.judgement(
        holds, "\(currency) spent in \(days) days", money?.decimal ?? "more than can be counted", bounds.text)
    case .trait(let name, let value):
      // Values of traits are personal, so the evidence does not quote them.
      let known = person.trait(name)
      let found = known == nil ? "unknown" : known == value ? "as wanted" : "another"
      return Self.judgement(known == value, "trait \(name)", found, "the value of the condition")
    case .member(let segment):
      let isMember = person.isIn(segment)
      return Self.judgement(isMember, "member of \(segment)", isMember ? "yes" : "no", "yes")
    case .all(let parts):
      let judgements = parts.map { $0.judge(person) }
      return Judgement(
        judgements.allSatisfy(\.holds), evidence: judgements.flatMap(\.evidence),
        otherwise: (judgements.first { !$0.holds } ?? judgements.first)?.otherwise)
    case .any(let parts):
      let judgements = parts.map { $0.judge(person) }
      let holding = judgements.filter(\.holds)
      return Judgement(
        !holding.isEmpty, evidence: (holding.isEmpty ? judgements : holding).flatMap(\.evidence),
        otherwise: (holding.first ?? judgements.first)?.otherwise)
    case .not(let part):
      let judgement = part.judge(person)
      return Judgement(!judgement.holds, evidence: judgement.evidence, otherwise: judgement.otherwise)
    }
  }

  private static func count(_ person: PersonFacts, _ kind: InteractionKind?, _ days: Int?) -> Int64 {
    switch (kind, days) {
    case (let kind?, let days?): Int64(person.count(kind, days: days))
    case (let kind?, nil): person.activity.count(kind)
    case (nil, let days?): Int64(person.count(days: days))
    case (nil, nil): person.activity.total
    }
  }

  private static func judgement(_ holds: Bool, _ what: String, _ found: String, _ wanted: String) -> Judgement {
    Judgement(
      holds, evidence: [.init("\(what) = \(found), wanted \(wanted)")],
      otherwise: "\(what) \(holds ? "not " : "")\(wanted)")
  }
}
