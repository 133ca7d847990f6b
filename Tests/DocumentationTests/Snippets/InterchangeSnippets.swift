import SCRMModel

// `DocumentLineParser`, Documentation/Interchange.md
func documentLinesSnippet(bytes: [UInt8], now: Instant) -> [ParsedInteraction] {
  var parser = DocumentLineParser(MastodonReader(InterchangeDefaults(source: "mastodon", received: now)))
  let results = parser.parse(bytes)
  return results
}

// `ActivityStreamsReader`
func activityStreamsSnippet(document: [UInt8], now: Instant) throws -> DocumentReading {
  let reader = ActivityStreamsReader(InterchangeDefaults(source: "fediverse", received: now))
  let reading = try reader.read(JSON(bytes: document))
  return reading
}

// `CloudEvent`
func cloudEventSnippet(body: [UInt8]) throws {
  let event = try CloudEvent(json: JSON(bytes: body))
  print(event.type, event.source)
}

// Documentation/Interchange.md
func cloudEventsSnippet(interaction: Interaction, defaults: InterchangeDefaults) throws -> [Interaction] {
  let event = try CloudEvent(interaction)
  let batch = CloudEvent.batch([event])  // application/cloudevents-batch+json
  let back = try CloudEventReader(defaults).read(JSON(bytes: batch)).interactions
  return back
}

// `CloudEventMapping`
func cloudEventMappingSnippet() -> CloudEventMapping {
  let opened = CloudEventMapping(
    type: "com.example.ticket.*", kind: "ticket", actor: .data(["customer", "email"]), namespace: .email)
  return opened
}

// `WeChatReader`
func weChatSnippet(dictionary: [UInt8], now: Instant) throws -> DocumentReading {
  let reader = WeChatReader(InterchangeDefaults(source: "wechat", received: now), app: "wx00")
  let reading = try reader.read(JSON(bytes: dictionary))
  return reading
}

// `MastodonReader`
func mastodonSnippet(now: Instant) -> MastodonReader {
  let reader = MastodonReader(InterchangeDefaults(source: "mastodon", received: now), server: "social.example")
  return reader
}

// `SubjectRequest`, Documentation/Interchange.md
func subjectRequestSnippet(body: [UInt8], people: [PersonRecord]) throws -> ErasureRequest {
  let request = try SubjectRequest(json: JSON(bytes: body))
  let subjects = request.subjects(people)  // for `Upkeep.erase` or `Upkeep.export`
  return subjects
}

// `TCFConsentString`, Documentation/Interchange.md
func consentStringSnippet() throws {
  let consent = try TCFConsentString("COrVd1pOrVd1pACABCENAHCAAAAAAAAAAAiQAAAAAAAA")
  print(consent.cmpID, consent.language)  // 2 EN
}
