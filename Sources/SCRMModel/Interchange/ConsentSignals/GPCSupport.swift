public import SCRMExpressions
public import StrictJSON

/// The resource `/.well-known/gpc.json`: whether a site says that it honours Global Privacy Control.
///
/// It is a statement of a site, never of a person, so it is no evidence of anyone's consent.
public struct GPCSupport: Sendable, Hashable {
  /// Whether the site honours the signal; `nil` when it does not say.
  public var isHonoured: Bool?
  /// When the statement was last changed.
  public var lastUpdate: CivilDate?

  /// Creates a statement.
  public init(isHonoured: Bool?, lastUpdate: CivilDate? = nil) {
    self.isHonoured = isHonoured
    self.lastUpdate = lastUpdate
  }
}

extension GPCSupport: JSONCodable {
  /// Reads `{"gpc":…,"lastUpdate":"2026-01-15"}`; the date may be a date-time, whose local date counts.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    self.init(isHonoured: try object.optionalBool("gpc"))
    guard let text = try object.optionalString("lastUpdate") else { return }
    if text.utf8.count == 10, let date = CivilDate(text) {
      lastUpdate = date
    } else if let instant = try? Instant(rfc3339: text) {
      lastUpdate = CivilDate(instant, offset: Int(instant.utcOffset ?? 0))
    } else {
      throw JSONError(.invalidValue, "expected a date such as 2026-01-15", path: [.key("lastUpdate")])
    }
  }

  /// Writes the members that are set.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    if let isHonoured { writer.field("gpc", isHonoured) }
    writer.field("lastUpdate", lastUpdate?.description)
    writer.endObject()
  }
}
