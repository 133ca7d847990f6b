import SCRMExpressions
import StrictJSON

extension SegmentReader {
  // MARK: Context

  mutating func readContext() throws(JSONError) {
    guard let object = try takeObject("context") else { return }
    for member in object {
      switch (member.key, member.value) {
      case ("campaign", .object(let parts)): try readCampaign(parts)
      case ("page", .object(let parts)): try readPage(parts)
      case ("device", .object(let parts)): try readDevice(parts)
      case ("locale", .string(let text)): context.locale = text
      case ("timezone", .string(let text)): context.timeZone = text
      case ("groupId", .string(let id)) where context.group == nil && !id.isEmpty: context.group = id
      case ("traits", .object(let parts)) where record.call != .identify:
        if parts.count == 0 { record.empty.append("context.traits") }
        traits = try plain.map(parts, at: "context", "traits")
      case (SegmentRecord.name, let json):
        record.context[member.key] = try plain.value(json, at: "context", member.key)
      default: context.extra[member.key] = try plain.value(member.value, at: "context", member.key)
      }
    }
    readPlace()
    readExternalIDs()
  }

  // Takes the named texts; what is left is kept under the name of the whole.
  private mutating func take(
    _ names: [String], of parts: JSONObject, _ whole: String
  ) throws(JSONError) -> [String: String] {
    var left = parts
    var texts: [String: String] = [:]
    for name in names {
      guard case .string(let text)? = parts[name] else { continue }
      texts[name] = text
      left[name] = nil
    }
    if left.count > 0 || texts.isEmpty { context.extra[whole] = .map(try plain.map(left, at: "context", whole)) }
    return texts
  }

  private mutating func readCampaign(_ parts: JSONObject) throws(JSONError) {
    let texts = try take(["name", "source", "medium", "term", "content"], of: parts, "campaign")
    if texts.isEmpty { return }
    context.campaign = CampaignReference(
      name: texts["name"], source: texts["source"], medium: texts["medium"], term: texts["term"],
      content: texts["content"])
  }

  private mutating func readPage(_ parts: JSONObject) throws(JSONError) {
    let texts = try take(["url", "path", "title", "referrer", "search"], of: parts, "page")
    if texts.isEmpty { return }
    context.page = PageReference(
      url: texts["url"], path: texts["path"], title: texts["title"], referrer: texts["referrer"],
      search: texts["search"])
  }

  private mutating func readDevice(_ parts: JSONObject) throws(JSONError) {
    let texts = try take(["id", "advertisingId", "type", "manufacturer", "model", "name"], of: parts, "device")
    if texts.isEmpty { return }
    context.device = DeviceReference(
      id: texts["id"], advertisingID: texts["advertisingId"], type: texts["type"],
      manufacturer: texts["manufacturer"], model: texts["model"], name: texts["name"])
  }

  /// The page of a page call is described by its properties where the context does not name one.
  mutating func addPage(_ properties: ValueMap) {
    guard record.call == .page, context.page == nil, context.extra["page"]?.mapValue == nil else { return }
    let page = PageReference(
      url: properties["url"]?.stringValue, path: properties["path"]?.stringValue,
      title: properties["title"]?.stringValue, referrer: properties["referrer"]?.stringValue,
      search: properties["search"]?.stringValue)
    guard page != PageReference() else { return }
    context.page = page
    record.derived.append("page")
  }

  private mutating func readPlace() {
    guard let location = context.extra["location"]?.mapValue, let latitude = location["latitude"]?.doubleValue,
      let longitude = location["longitude"]?.doubleValue
    else { return }
    place = Place(latitude: latitude, longitude: longitude, name: location["city"]?.stringValue)
  }

  /// Further identifiers of the person: `context.externalIds` of Segment's Unify.
  private mutating func readExternalIDs() {
    for entry in context.extra["externalIds"]?.listValue ?? [] {
      guard let map = entry.mapValue, let id = map["id"]?.stringValue, let type = map["type"]?.stringValue,
        map["encoding"]?.stringValue ?? "none" == "none", map["collection"]?.stringValue ?? "users" == "users"
      else { continue }
      switch type {
      case "user_id": add(.user(defaults.system), id)
      case "anonymous_id": add(.anonymous(defaults.system), id)
      default: add(IdentifierNamespace(text: type), id)
      }
    }
  }

  // MARK: Time and money

  /// The times by the rule of the spec: `timestamp`, else `receivedAt − (sentAt − originalTimestamp)`, which corrects the
  /// clock of the device, else `originalTimestamp`, else the receive time.
  mutating func readTimes() throws(JSONError) -> (occurred: Instant, received: Instant) {
    let given = try takeTime("receivedAt")
    if given == nil { record.supplied.append("receivedAt") }
    let received = given ?? defaults.received
    if let occurred = try takeTime("timestamp") { return (occurred, received) }
    record.supplied.append("timestamp")
    guard let device = try time("originalTimestamp") else { return (received, received) }
    guard let given, let sent = try time("sentAt") else { return (device, received) }
    return (given.advanced(by: device.duration(since: sent)), received)
  }

  private func time(_ name: String) throws(JSONError) -> Instant? {
    guard let json = rest[name], !json.isNull else { return nil }
    do { return try Instant(json: json) } catch { throw error.prefixed(by: .key(name)) }
  }

  private mutating func takeTime(_ name: String) throws(JSONError) -> Instant? {
    guard let instant = try time(name) else { return nil }
    if case .string(let text)? = rest[name], text != instant.description { record.times[name] = .string(text) }
    rest[name] = nil
    return instant
  }

  /// The amount of a track event: `revenue`, and for orders and refunds else `total`; read by its digits.
  func amount(_ kind: InteractionKind) -> Money? {
    guard case .object(let properties)? = original["properties"] else { return nil }
    var names = ["revenue"]
    if kind == .purchase { names = ["revenue", "total"] }
    if kind == .refund { names = ["total", "revenue"] }
    var currency = defaults.currency
    if case .string(let code)? = properties["currency"], !code.isEmpty { currency = code }
    for name in names {
      var digits: String
      switch properties[name] {
      case .number(let number)?: digits = number.text
      case .string(let text)?: digits = text
      default: continue
      }
      // Some senders write a refund as a negative amount; a refund is what was given back.
      if kind == .refund, digits.utf8.first == 0x2D { digits.removeFirst() }
      if let money = try? Money(digits, currency: currency) { return money }
    }
    return nil
  }
}
