import SCRMExpressions
import SCRMModel

/// What conditions of rules may ask about the occurrence itself.
enum EventFact: String, CaseIterable, Sendable {
  case type = "event.type"
  case text = "event.text"
  case language = "event.language"
  case role = "event.role"
  case author = "event.author"
  case source = "event.source"
  case channel = "event.channel"
  case brand = "event.brand"
  case thread = "event.thread"
  case session = "event.session"
  case object = "event.object"
  case objectType = "event.objectType"
  case amount = "event.amount"
  case currency = "event.currency"
  case occurred = "event.occurred"
  case properties = "event.properties"
  case campaign = "campaign.name"
  case campaignSource = "campaign.source"
  case campaignMedium = "campaign.medium"
  case caseID = "case.id"
  case caseStatus = "case.status"
  case caseCategory = "case.category"
  case caseSeverity = "case.severity"
  case entered = "change.entered"
  case left = "change.left"
  case score = "change.score"
  case scoreBefore = "change.before"
  case scoreAfter = "change.after"
  case tier = "activity.tier"
  case heat = "activity.heat"
  case total = "activity.total"
  case recent = "activity.recent"
  case now = "activity.now"

  var type: ExpressionType {
    switch self {
    case .amount, .scoreBefore, .scoreAfter, .heat: .double
    case .occurred, .now: .timestamp
    case .properties: .map(.string, .dyn)
    case .entered, .left: .list(.string)
    case .total, .recent: .int
    default: .string
    }
  }

  /// The record and the field within it.
  var path: (record: String, field: String) {
    let parts = rawValue.split(separator: ".", maxSplits: 1)
    return (String(parts[0]), String(parts[1]))
  }

  static let records = ["event", "campaign", "case", "change", "activity"]

  func value(in occurrence: RuleOccurrence) -> Value? {
    switch self {
    case .entered: .list(occurrence.changes.filter(\.isEntry).map { .string($0.segment) })
    case .left: .list(occurrence.changes.filter { !$0.isEntry }.map { .string($0.segment) })
    case .score: occurrence.scores.first.map { .string($0.name) }
    case .scoreBefore: occurrence.scores.first?.before.map { .double($0) }
    case .scoreAfter: occurrence.scores.first?.after.map { .double($0) }
    case .tier: .string(occurrence.person.tier.rawValue)
    case .heat: .double(occurrence.person.heat)
    case .total: .int(occurrence.person.activity.total)
    case .recent: .int(Int64(occurrence.person.count(days: 30)))
    case .now: .timestamp(occurrence.now)
    default: occurrence.interaction.flatMap { value(of: $0) }
    }
  }

  /// Whether its value hangs on the interaction alone.
  var isOfInteraction: Bool {
    switch self {
    case .entered, .left, .score, .scoreBefore, .scoreAfter, .tier, .heat, .total, .recent, .now: false
    default: true
    }
  }

  func value(of interaction: Interaction) -> Value? {
    func text(_ text: String?) -> Value? { text.map { .string($0) } }
    return switch self {
    case .type: .string(interaction.kind.rawValue)
    case .text: text(interaction.searchedText)
    case .language: text(interaction.text?.language)
    case .role: .string(interaction.actorRole.rawValue)
    case .author: text(interaction.actor.identifiers.first.map { "\($0.namespace):\($0.value)" })
    case .source: .string(interaction.key.source.rawValue)
    case .channel: text(interaction.context.channel)
    case .brand: text(interaction.context.brand)
    case .thread: text(interaction.context.thread)
    case .session: text(interaction.context.session)
    case .object: text(interaction.object?.id)
    case .objectType: text(interaction.object?.type)
    case .amount: interaction.amount.map { .double($0.approximateAmount) }
    case .currency: text(interaction.amount?.currency)
    case .occurred: .timestamp(interaction.occurred)
    case .properties: .map(interaction.properties)
    case .campaign: text(interaction.context.campaign?.name)
    case .campaignSource: text(interaction.context.campaign?.source)
    case .campaignMedium: text(interaction.context.campaign?.medium)
    case .caseID: interaction.caseProperty("case")
    case .caseStatus: interaction.caseProperty("status")
    case .caseCategory: interaction.caseProperty("category")
    case .caseSeverity: interaction.caseProperty("severity")
    default: nil
    }
  }
}

extension Interaction {
  /// What was said, and the texts of attachments behind it, a line each; `nil` without text.
  var searchedText: String? {
    let attached = attachments.compactMap(\.text)
    guard !attached.isEmpty else { return text?.text }
    return ((text.map { [$0.text] } ?? []) + attached).joined(separator: "\n")
  }

  /// A property of an interaction that reports how a case stands; `nil` for any other.
  func caseProperty(_ name: String) -> Value? {
    guard kind == RuleVocabulary.caseReport, case .string(let text)? = properties[name] else { return nil }
    return .string(text)
  }
}
