import SocialCRM

/// What `scrm.json` says about messages of the Segment spec.
struct SegmentSpecSettings: Sendable {
  private var system = ""
  private var userAssertion = Identifier.Assertion.verified
  private var previousNamespace: IdentifierNamespace?
  private var currency = "USD"

  init() {}

  init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    try object.expect("system", "userAssertion", "previousNamespace", "currency")
    if let system = try object.optionalString("system") { self.system = system }
    if let assertion = try object.optionalChoice("userAssertion", of: Identifier.Assertion.self) {
      userAssertion = assertion
    }
    previousNamespace = try object.optional("previousNamespace")
    if let currency = try object.optionalString("currency") { self.currency = currency }
  }

  func defaults(source: SourceID, received: Instant) -> SegmentDefaults {
    SegmentDefaults(
      source: source, received: received, system: system, userAssertion: userAssertion,
      previousNamespace: previousNamespace, currency: currency)
  }
}
