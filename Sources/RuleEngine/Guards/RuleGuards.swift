import SCRMExpressions
public import SCRMModel
public import StrictJSON

/// What holds proposals back, whatever the rules say.
///
/// JSON form: `{"caps":[…],"quiet":[…],"budgets":[…],"doNotContact":"do_not_contact","grants":["marketing"],"depth":3}`.
public struct RuleGuards: Sendable, Hashable {
  /// How often people may be contacted; all hold at once.
  public var caps: [FrequencyCap]
  /// When people are left in peace.
  public var quietHours: [QuietHours]
  /// What actions may cost.
  public var budgets: [BudgetCap]
  /// The trait of people who are not to be contacted: true for no channel at all, or a list of channels.
  public var doNotContactTrait: String
  /// What holds for a purpose about which a person said nothing.
  public var consentPolicy: ConsentPolicy
  /// How long a chain of rules may be that set off one another, 1 … 16.
  public var maximumDepth: Int

  /// Creates guards; without caps, quiet hours and budgets unless they are given.
  public init(
    caps: [FrequencyCap] = [], quietHours: [QuietHours] = [], budgets: [BudgetCap] = [],
    doNotContactTrait: String = "do_not_contact", consentPolicy: ConsentPolicy = ConsentPolicy(), maximumDepth: Int = 3
  ) {
    self.caps = caps
    self.quietHours = quietHours
    self.budgets = budgets
    self.doNotContactTrait = doNotContactTrait
    self.consentPolicy = consentPolicy
    self.maximumDepth = min(max(maximumDepth, 1), 16)
  }

  /// The budgets that everyone shares.
  var sharedBudgets: [BudgetCap] { budgets.filter { !$0.isPerPerson } }

  /// Refuses two guards of one name.
  func check() throws(SCRMError) {
    for (hashes, subject) in [(caps.map(\.hash), "frequency caps"), (budgets.map(\.hash), "budgets")]
    where Set(hashes).count != hashes.count {
      throw SCRMError(.duplicateName, subject: subject, "expected names without repetition")
    }
  }
}

extension RuleGuards: JSONCodable {
  /// Reads the form; a member that is left out has its default.
  /// - Throws: `JSONError` with the path to what was wrong.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    try object.expect(["caps", "quiet", "budgets", "doNotContact", "grants", "depth"])
    self.init(
      caps: try object.array("caps"), quietHours: try object.array("quiet"), budgets: try object.array("budgets"),
      doNotContactTrait: object["doNotContact"] == nil ? "do_not_contact" : try object.name("doNotContact"),
      consentPolicy: object["grants"] == nil
        ? ConsentPolicy() : ConsentPolicy(requiresGrant: Set(try object.strings("grants").map { Purpose($0) })),
      maximumDepth: try object.number("depth", in: 1...16) ?? 3)
  }

  /// Writes the form.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("caps", caps)
    writer.field("quiet", quietHours)
    writer.field("budgets", budgets)
    writer.field("doNotContact", doNotContactTrait)
    if consentPolicy != ConsentPolicy() {
      writer.key("grants")
      writer.beginArray()
      for purpose in consentPolicy.requiresGrant.sorted() { writer.string(purpose.rawValue) }
      writer.endArray()
    }
    writer.field("depth", maximumDepth)
    writer.endObject()
  }
}
