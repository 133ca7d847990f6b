import Foundation
import SocialCRM

/// The content of `scrm.json`: how inputs are read and what is decided.
///
/// `Documentation/CommandLine.md` is its schema.
struct RunSettings: Sendable {
  /// The file, for messages.
  let file: String
  let workspace: WorkspaceID
  let source: SourceID
  let csv: CSVMapping?
  let segments: [SegmentDescription]
  /// The facts that segments as data may name; rules have them too.
  let facts: FactSchema
  let rules: RuleDocument
  let identity: EvidenceResolver.Settings
  let lateness: Duration?
  let consentPolicy: ConsentPolicy
  let publishesInfluence: Bool
  let zone: ZoneRules
  let interchange: InterchangeSettings
  private let segmentSpec: SegmentSpecSettings?

  /// Reads a file.
  /// - Throws: ``CommandFailure`` that names the file, the member and what was expected.
  init(file: String) throws {
    guard let data = try? Data(contentsOf: URL(fileURLWithPath: file)) else {
      throw CommandFailure("\(file): the configuration cannot be read")
    }
    do throws(JSONError) {
      try self.init(json: try JSON(bytes: [UInt8](data)), file: file)
    } catch { throw CommandFailure("\(file): \(error)") }
  }

  init(json: JSON, file: String) throws(JSONError) {
    let object = try json.objectValue()
    try object.expect(
      "workspace", "source", "csv", "segment", "interchange", "identity", "segments", "facts", "properties", "zones",
      "rules", "journeys", "guards", "lateness", "consent", "influence", "zone")
    self.file = file
    workspace = try object.optional("workspace") ?? "default"
    let source = try object.optional("source") ?? SourceID("input")
    self.source = source
    csv = try object.optional("csv") { (json) throws(JSONError) in
      var mapping = try json.objectValue()
      if mapping["source"] == nil { mapping["source"] = .string(source.rawValue) }
      return try CSVMapping(json: .object(mapping))
    }
    segmentSpec = try object.optional("segment") { (json) throws(JSONError) in try SegmentSpecSettings(json: json) }
    interchange =
      try object.optional("interchange") { (json) throws(JSONError) in try InterchangeSettings(json: json) }
      ?? InterchangeSettings()
    identity =
      try object.optional("identity") { (json) throws(JSONError) in try Self.identity(json) }
      ?? EvidenceResolver.Settings()
    segments = try object.list("segments") { (json) throws(JSONError) in try SegmentDescription(json: json) }
    lateness = try object.optionalDuration("lateness")
    consentPolicy =
      try object.optional("consent") { (json) throws(JSONError) in
        let object = try json.objectValue()
        try object.expect("requiresGrant")
        return ConsentPolicy(requiresGrant: Set(try object.array("requiresGrant", of: Purpose.self)))
      } ?? ConsentPolicy()
    rules = try Self.rules(object, consentPolicy)
    facts = try Self.schema(of: rules)
    publishesInfluence = try object.optionalBool("influence") ?? false
    zone = try object.optional("zone") { (json) throws(JSONError) in try Self.zone(json) } ?? .utc
    try checkNames()
  }

  /// The rules of a zone by its IANA name, from the time zone database of the machine.
  private static func zone(_ json: JSON) throws(JSONError) -> ZoneRules {
    let name = try json.stringValue()
    // A name is letters, digits and a few signs in parts; a path that leads elsewhere is none.
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    let isName = parts.allSatisfy { part in
      !part.isEmpty && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_-+".contains($0)) }
    }
    guard isName, let data = try? Data(contentsOf: URL(fileURLWithPath: "/usr/share/zoneinfo/" + name)) else {
      throw JSONError(.invalidValue, "expected the IANA name of a time zone, such as Asia/Shanghai")
    }
    do throws(ZoneError) { return try ZoneRules(name, tzif: [UInt8](data)) } catch {
      throw JSONError(.invalidValue, error.description)
    }
  }

  /// The members that a file of rules has too; `consent` stands for the grants of its guards.
  private static func rules(_ object: JSONObject, _ consent: ConsentPolicy) throws(JSONError) -> RuleDocument {
    let members = ["facts", "properties", "zones", "rules", "journeys", "guards"]
    var document = try RuleDocument(json: .object(JSONObject(object.filter { members.contains($0.key) })))
    if let guards = try object.optionalObject("guards"), guards["grants"] != nil, object["consent"] != nil {
      throw JSONError(
        .invalidValue, "expected the purposes that need a grant here or in consent, not in both",
        path: [.key("guards"), .key("grants")])
    }
    if object["consent"] != nil { document.guards.consentPolicy = consent }
    return document
  }

  /// The standard facts and those declared beside them.
  private static func schema(of rules: RuleDocument) throws(JSONError) -> FactSchema {
    var schema = FactSchema.standard
    for (place, fact) in rules.facts.enumerated() {
      do throws(SCRMError) { try schema.declare(fact) } catch {
        throw JSONError(.invalidValue, error.description, path: [.key("facts"), .index(place)])
      }
    }
    return schema
  }

  private static func identity(_ json: JSON) throws(JSONError) -> EvidenceResolver.Settings {
    let object = try json.objectValue()
    try object.expect("defaultCountryCode", "idKey", "nonLinking", "policy")
    var settings = EvidenceResolver.Settings()
    settings.defaultCountryCode = try object.optionalCountryCode("defaultCountryCode")
    if let key = try object.optionalString("idKey") { settings.idKey = Array(key.utf8) }
    if let policy = try object.optional(
      "policy", { (json) throws(JSONError) in try IdentityPolicy(settings: json) })
    {
      settings.policy = policy
    }
    // A kind that never joins is one all of whose values are blocked.
    for kind in try object.strings("nonLinking") {
      var rule = settings.policy.namespaces[kind] ?? settings.policy.others
      rule.blocked.append(.prefix(""))
      settings.policy.namespaces[kind] = rule
    }
    return settings
  }

  // A condition on a segment that does not exist would never hold, without anyone noticing.
  private func checkNames() throws(JSONError) {
    let known = Set(segments.map(\.name))
    func check(_ names: [String], _ path: [JSONError.PathElement]) throws(JSONError) {
      guard let unknown = names.first(where: { !known.contains($0) }) else { return }
      throw JSONError(.invalidValue, "there is no segment \(unknown)", path: path)
    }
    for (index, segment) in segments.enumerated() {
      try check(segment.asked, [.key("segments"), .index(index)])
    }
    for (index, rule) in rules.rules.enumerated() {
      for (place, trigger) in rule.triggers.enumerated() {
        switch trigger {
        case .entered(let name), .left(let name):
          try check([name], [.key("rules"), .index(index), .key("on"), .index(place)])
        default: continue
        }
      }
    }
  }

  /// The format the configuration describes.
  /// - Throws: ``CommandFailure`` when it describes two.
  func defaultFormat() throws -> InputFormat {
    switch (csv != nil, segmentSpec != nil) {
    case (true, true): throw CommandFailure("\(file): the configuration describes csv and segment; give --format")
    case (true, false): .csv
    case (false, true): .segment
    case (false, false): .ndjson
    }
  }

  /// What the Segment reader adds to messages.
  func segmentDefaults(received: Instant) throws -> SegmentDefaults {
    (segmentSpec ?? SegmentSpecSettings()).defaults(source: source, received: received)
  }

  /// The loop.
  /// - Throws: ``CommandFailure`` for repeated names and for rules that cannot be compiled.
  func loopConfiguration() throws -> SocialCRM.Configuration {
    do {
      let zones = try ZoneFiles.rules(of: rules, in: file)
      var configuration = SocialCRM.Configuration(
        identity: EvidenceResolver(identity), segments: try segmentStage(),
        rules: try rules.book(zones: zones))
      if let lateness { configuration.lateness = lateness }
      return configuration
    } catch let failure as CommandFailure { throw failure } catch { throw CommandFailure("\(file): \(error)") }
  }

  /// The segment engine where segments are data, with the short forms beside them.
  private func segmentStage() throws(SCRMError) -> any SegmentStage {
    let short = try SegmentSet(segments.compactMap(\.definition), timeZone: zone)
    let data = segments.compactMap(\.segment)
    if data.isEmpty { return short }
    let catalogue: SegmentCatalogue
    do throws(SegmentError) { catalogue = try SegmentCatalogue(data, facts: facts, zone: ZoneFiles.rules) } catch {
      throw SCRMError(.invalidValue, subject: error.segment.map { "segments.\($0)" } ?? "segments", error.reason)
    }
    return try LiveSegmentStage(catalogue, beside: short)
  }
}
