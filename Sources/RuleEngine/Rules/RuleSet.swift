public import SCRMModel
import StateCoding

/// The registered rules: the rule stage of the loop.
///
/// An immutable value. For an interaction only the rules of its kind are looked at, and its text is read once for the
/// keywords of all of them.
public struct RuleSet: Sendable {
  /// The rules in registration order.
  public let rules: [Rule]
  /// What holds for a purpose about which a person said nothing.
  public let consentPolicy: ConsentPolicy
  let keywords: KeywordMatcher
  /// The place of each rule's words among the triggers of `keywords`.
  let triggers: [Int?]
  let hashes: [UInt64]
  /// How the explanation of a rule's proposal begins.
  let proposes: [String]
  /// Whether a rule can only match a text in which some keyword was found.
  let needsKeyword: [Bool]
  /// Whether a rule asks for a segment that is entered.
  let asksForEntry: [Bool]
  /// The rules of the vocabulary's kinds, by code, which need not be hashed, and those of other kinds.
  private let byCode: [[Int]]
  private let byOtherKind: [InteractionKind: [Int]]
  private let anyKind: [Int]

  /// Registers rules.
  /// - Throws: `SCRMError` with `duplicateName` when two names are the same or have the same 64-bit hash, or
  ///   `invalidValue` for an unusable keyword.
  public init(_ rules: [Rule] = [], consentPolicy: ConsentPolicy = ConsentPolicy()) throws(SCRMError) {
    self.rules = rules
    self.consentPolicy = consentPolicy
    keywords = try Self.matcher(of: rules)
    var count = 0
    triggers = rules.map { rule in
      defer { count += rule.keywords == nil ? 0 : 1 }
      return rule.keywords == nil ? nil : count
    }
    hashes = rules.map { nameHash($0.name) }
    proposes = rules.map { "\($0.name) version \($0.version) proposes " }
    needsKeyword = rules.map { rule in rule.keywords.map(\.needsWord) ?? false }
    asksForEntry = rules.map { !$0.entering.isEmpty }
    guard Set(hashes).count == hashes.count else {
      throw SCRMError(.duplicateName, subject: "rules", "expected rule names without repetition")
    }
    let anyKind = rules.indices.filter { rules[$0].kinds.isEmpty }
    var byKind: [InteractionKind: [Int]] = [:]
    for kind in Set(rules.flatMap(\.kinds)) {
      byKind[kind] = rules.indices.filter { rules[$0].kinds.isEmpty || rules[$0].kinds.contains(kind) }
    }
    self.anyKind = anyKind
    byCode = InteractionKind.vocabulary.map { byKind[$0] ?? anyKind }
    byOtherKind = byKind.filter { $0.key.code < 0 }
  }

  /// The words of all rules that have some; what is wrong names the rule.
  private static func matcher(of rules: [Rule]) throws(SCRMError) -> KeywordMatcher {
    do throws(SCRMError) { return try KeywordMatcher(rules.compactMap(\.keywords)) } catch {
      for rule in rules {
        guard let trigger = rule.keywords else { continue }
        do throws(SCRMError) { _ = try KeywordMatcher([trigger]) } catch {
          throw SCRMError(error.code, subject: "rule \(rule.name) keywords", error.reason)
        }
      }
      throw error
    }
  }

  func candidates(for kind: InteractionKind) -> [Int] {
    kind.code >= 0 ? byCode[Int(kind.code)] : byOtherKind[kind] ?? anyKind
  }

  /// What the trigger and condition of a rule say about an input; `nil` when the trigger does not match.
  func judge(_ index: Int, _ input: RuleInput, found: KeywordMatcher.Matching) -> (
    context: RuleContext, judgement: Judgement
  )? {
    var words: [String] = []
    if let trigger = triggers[index] {
      guard found.contains(trigger) else { return nil }
      words = keywords.words(of: trigger, in: found)
    }
    let context = RuleContext(
      interaction: input.interaction, person: input.person, changes: input.changes, keywords: words)
    return (context, rules[index].condition(context))
  }
}

extension RuleSet: RuleStage {
  /// Names, versions and policy.
  public var fingerprint: String {
    let grants = consentPolicy.requiresGrant.map(\.rawValue).sorted().joined(separator: ",")
    return "rules/1;" + rules.map(\.fingerprint).joined(separator: ";") + ";" + grants
  }

  /// `rules`.
  public var stateKind: StateKind { "rules" }

  /// Opens loaded states.
  public func begin(_ records: [StateRecord]) throws(SCRMError) -> any RuleSession {
    try RuleEvaluation(set: self, records: records)
  }
}
