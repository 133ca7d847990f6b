import SocialCRM

/// What `scrm.json` says about documents of foreign formats: ActivityStreams, CloudEvents and the platforms.
struct InterchangeSettings: Sendable {
  private var brand: String?
  private var roles: [IdentifierKey: ActorRole] = [:]
  private var retainsCounts = true
  private var retainsPayload = false
  private var app: String?
  private var account = ""
  private var corporation: String?
  private var server: String?
  private var languages: [String] = []
  private var actorAssertion = Identifier.Assertion.claimed
  private var names = CloudEventNames.standard
  private var mappings: [CloudEventMapping] = []

  init() {}

  init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    try object.expect(
      "brand", "roles", "counts", "payload", "app", "account", "corporation", "server", "languages", "actorAssertion",
      "prefix", "mappings")
    brand = try object.optionalString("brand")
    roles = try object.optional("roles") { (json) throws(JSONError) in try Self.roles(json) } ?? [:]
    retainsCounts = try object.optionalBool("counts") ?? true
    retainsPayload = try object.optionalBool("payload") ?? false
    app = try object.optionalString("app")
    account = try object.optionalString("account") ?? ""
    corporation = try object.optionalString("corporation")
    server = try object.optionalString("server")
    languages = try object.strings("languages")
    if let assertion = try object.optionalChoice("actorAssertion", of: Identifier.Assertion.self) {
      actorAssertion = assertion
    }
    if let prefix = try object.optionalString("prefix") {
      guard let names = CloudEventNames(prefix: prefix) else {
        throw JSONError(.invalidValue, "expected letters, digits, points and hyphens", path: [.key("prefix")])
      }
      self.names = names
    }
    mappings = try object.list("mappings") { (json) throws(JSONError) in try CloudEventMapping(json: json) }
  }

  // {"brand":[{"ns":…,"value":…}],"staff":[…],"automation":[…]}
  private static func roles(_ json: JSON) throws(JSONError) -> [IdentifierKey: ActorRole] {
    let object = try json.objectValue()
    try object.expect("customer", "staff", "automation", "brand")
    var roles: [IdentifierKey: ActorRole] = [:]
    for role in ActorRole.allCases {
      for identifier in try object.array(role.rawValue, of: Identifier.self) {
        let key = IdentifierKey(identifier.namespace, key: identifier.value)
        guard roles.updateValue(role, forKey: key) == nil else {
          throw JSONError(.invalidValue, "an identifier is named twice", path: [.key(role.rawValue)])
        }
      }
    }
    return roles
  }

  func defaults(source: SourceID, received: Instant) -> InterchangeDefaults {
    InterchangeDefaults(
      source: source, received: received, brand: brand, roles: roles, retainsPayload: retainsPayload,
      retainsCounts: retainsCounts)
  }

  /// The reader of a format.
  func reader(_ format: DocumentFormat, _ defaults: InterchangeDefaults) -> any InteractionDocumentReader {
    switch format {
    case .activitystreams:
      ActivityStreamsReader(defaults, actorAssertion: actorAssertion, languages: languages)
    case .cloudevents: CloudEventReader(defaults, names: names, mappings: mappings)
    case .mastodon: MastodonReader(defaults, server: server)
    case .weibo: WeiboReader(defaults)
    case .wechat: WeChatReader(defaults, app: app, account: account)
    case .wecom: WeComReader(defaults, corporation: corporation, account: account)
    }
  }
}
