import SCRMExpressions
public import StrictJSON

/// Reads events in the envelope of CloudEvents: single ones and batches.
///
/// - Events of the SDK's own type hold an interaction in its JSON form.
/// - Events whose content type is that of ActivityStreams are read by ``ActivityStreamsReader``.
/// - Events of other types are read by the first mapping that names their type.
/// - Any other is set aside with the reason.
///
/// What the envelope says is kept in `context.extra["cloudevents"]`.
public struct CloudEventReader: InteractionDocumentReader {
  /// What the host adds; the source is used for ActivityStreams only, since events name their own.
  public var defaults: InterchangeDefaults
  /// The names of the SDK's own types.
  public var names: CloudEventNames
  /// The mappings of foreign types, in the order in which they are asked.
  public var mappings: [CloudEventMapping]

  /// `application/cloudevents+json`.
  public var mediaType: String { "application/cloudevents+json" }

  /// Creates a reader.
  public init(
    _ defaults: InterchangeDefaults, names: CloudEventNames = .standard, mappings: [CloudEventMapping] = []
  ) {
    self.defaults = defaults
    self.names = names
    self.mappings = mappings
  }

  /// What an event, or the events of a batch, hold.
  /// - Throws: `JSONError` with the path of what breaks the rules of the standard.
  public func read(_ document: JSON) throws(JSONError) -> DocumentReading {
    guard case .array(let elements) = document else { return try read(CloudEvent(json: document), document) }
    var reading = DocumentReading()
    for (index, element) in elements.enumerated() {
      do throws(JSONError) {
        let part = try read(CloudEvent(json: element), element)
        reading.interactions += part.interactions
        reading.setAside += part.setAside.map { entry in
          SetAside(path: "[\(index)]" + (entry.path.isEmpty ? "" : "." + entry.path), reason: entry.reason)
        }
      } catch { reading.refused.append(error.prefixed(by: .index(index))) }
    }
    if elements.isEmpty { reading.setAside = [SetAside(reason: "a batch without events")] }
    return reading
  }

  private func read(_ event: CloudEvent, _ document: JSON) throws(JSONError) -> DocumentReading {
    var reading: DocumentReading
    if event.type.sameBytes(as: names.interaction) {
      reading = DocumentReading([try ownInteraction(event)])
    } else if isActivity(event) {
      reading = try activities(event)
    } else if let mapping = mappings.first(where: { $0.matches(event.type) }) {
      reading = DocumentReading([
        try mapping.interaction(from: event, envelope: envelope(event), defaults: defaults)
      ])
    } else {
      let isOwn = event.type.sameBytes(as: names.action) || event.type.sameBytes(as: names.segmentChange)
      return DocumentReading(
        notAnInteraction: isOwn
          ? "an output of the SDK, expected the type of an interaction"
          : "a type that is not the SDK's own and that no mapping names", at: "type")
    }
    if let payload = defaults.payload(document, mediaType) {
      for index in reading.interactions.indices { reading.interactions[index].raw = payload }
    }
    return reading
  }

  private func ownInteraction(_ event: CloudEvent) throws(JSONError) -> Interaction {
    guard let data = try event.dataDocument() else {
      throw JSONError(.missing, "an event of an interaction needs data", path: [.key("data")])
    }
    var interaction: Interaction
    do { interaction = try Interaction(json: data) } catch { throw error.prefixed(by: .key("data")) }
    if !event.extensions.isEmpty {
      var record = interaction.context.extra[CloudEvent.record]?.mapValue ?? [:]
      record["extensions"] = .map(event.extensionValues)
      interaction.context.extra[CloudEvent.record] = .map(record)
    }
    return interaction
  }

  // application/activity+json, and application/ld+json with the profile of ActivityStreams.
  private func isActivity(_ event: CloudEvent) -> Bool {
    guard let type = event.dataContentType else { return false }
    let essence = MediaTypeText.essence(type)
    return essence == "application/activity+json"
      || (essence == "application/ld+json" && type.contains("https://www.w3.org/ns/activitystreams"))
  }

  private func activities(_ event: CloudEvent) throws(JSONError) -> DocumentReading {
    guard let data = try event.dataDocument() else {
      throw JSONError(.missing, "an event of an activity needs data", path: [.key("data")])
    }
    var defaults = defaults
    defaults.received = event.time ?? defaults.received
    var reading: DocumentReading
    do { reading = try ActivityStreamsReader(defaults).read(data) } catch { throw error.prefixed(by: .key("data")) }
    for index in reading.interactions.indices {
      reading.interactions[index].context.extra[CloudEvent.record] = .map(envelope(event))
      reading.interactions[index].received = self.defaults.received
    }
    reading.setAside = reading.setAside.map { entry in
      SetAside(path: "data" + (entry.path.isEmpty ? "" : "." + entry.path), reason: entry.reason)
    }
    return reading
  }

  /// The attributes as values.
  private func envelope(_ event: CloudEvent) -> ValueMap {
    var map: ValueMap = ["id": .string(event.id), "source": .string(event.source), "type": .string(event.type)]
    if let subject = event.subject { map["subject"] = .string(subject) }
    if let schema = event.dataSchema { map["dataschema"] = .string(schema) }
    if !event.extensions.isEmpty { map["extensions"] = .map(event.extensionValues) }
    return map
  }
}
