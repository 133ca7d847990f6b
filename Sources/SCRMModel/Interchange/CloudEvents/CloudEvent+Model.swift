import SCRMExpressions
import StateCoding
public import StrictJSON

extension CloudEvent {
  /// The name in `context.extra` under which a reader keeps the envelope.
  static let record = "cloudevents"

  /// An interaction as an event.
  ///
  /// The id is that of the event key; extensions that came with the interaction go out again.
  /// - Throws: `JSONError` when its JSON form nests deeper than documents may.
  public init(_ interaction: Interaction, names: CloudEventNames = .standard) throws(JSONError) {
    let id = interaction.key.id
    self.init(
      id: id.isEmpty || !Self.isText(id)
        ? "sha256-" + ActionID(digest: SHA256.digest(Array(id.utf8))).description : id,
      source: names.source("sources", interaction.key.source.rawValue), type: names.interaction,
      time: interaction.occurred, dataContentType: "application/json",
      extensions: Self.extensions(of: interaction), data: .json(try Self.document(interaction)))
  }

  /// A proposed action as an event: the id is that of the action, the subject the person.
  /// - Throws: `JSONError` when its JSON form nests deeper than documents may.
  public init(_ action: ProposedAction, names: CloudEventNames = .standard) throws(JSONError) {
    self.init(
      id: action.id.description, source: names.source("rules", action.rule), type: names.action,
      subject: action.person.description, time: action.decided, dataContentType: "application/json",
      data: .json(try Self.document(action)))
  }

  /// A segment change as an event: the subject is the person.
  ///
  /// The data is `{"segment","version","person","entered","time","explanation"}`. The id names version, person, time and
  /// direction, so that the same change has the same id.
  public init(_ change: SegmentChange, names: CloudEventNames = .standard) {
    let direction = change.isEntry ? "entered" : "left"
    self.init(
      id: "\(change.version)-\(change.person)-\(change.time.inUTC)-\(direction)",
      source: names.source("segments", change.segment), type: names.segmentChange,
      subject: change.person.description, time: change.time, dataContentType: "application/json",
      data: .json(change.document))
  }

  private static func document(_ value: some JSONCodable) throws(JSONError) -> JSON {
    try JSON(bytes: value.jsonBytes, limits: JSONLimits(maximumDepth: 512, maximumBytes: .max))
  }

  private static func extensions(of interaction: Interaction) -> [CloudEventExtension] {
    let kept = interaction.context.extra[record]?.mapValue?["extensions"]?.mapValue ?? [:]
    return kept.entries.compactMap { entry in
      guard case .string(let name) = entry.key, (try? checkName(name)) != nil else { return nil }
      switch entry.value {
      case .bool(let value): return CloudEventExtension(name, .bool(value))
      case .int(let value): return Int32(exactly: value).map { CloudEventExtension(name, .integer($0)) }
      case .string(let text): return isText(text) ? CloudEventExtension(name, .string(text)) : nil
      default: return nil
      }
    }
  }

  /// The attributes of extensions as values.
  var extensionValues: ValueMap {
    var map = ValueMap()
    for attribute in extensions {
      switch attribute.value {
      case .bool(let value): map[attribute.name] = .bool(value)
      case .integer(let value): map[attribute.name] = .int(Int64(value))
      case .string(let text): map[attribute.name] = .string(text)
      }
    }
    return map
  }
}

extension SegmentChange {
  /// The change as the data of an event.
  fileprivate var document: JSON {
    var object = JSONObject([
      (key: "segment", value: .string(segment)), (key: "version", value: .number(JSONNumber(Int64(version)))),
      (key: "person", value: .string(person.description)), (key: "entered", value: .bool(isEntry)),
      (key: "time", value: .string(time.description)),
    ])
    object["explanation"] = try? StrictJSONEncoder().tree(of: explanation)
    return .object(object)
  }
}
