public import SCRMExpressions

/// An event in the envelope of CloudEvents 1.0 (CNCF), in its JSON format 1.0.2.
///
/// Reading enforces the rules for attributes; what an extension says is kept, in its order. A member that is `null` is
/// absent by the standard; its name is kept in ``unset``, so that writing gives back what was read.
///
/// ```swift
/// let event = try CloudEvent(json: JSON(bytes: body))
/// print(event.type, event.source)
/// ```
public struct CloudEvent: Sendable, Hashable, Redacted {
  /// The version of the standard this reads and writes.
  public static let specVersion = "1.0"

  /// The id; with the source it names the event.
  public var id: String
  /// Where it happened: a URI reference.
  public var source: String
  /// What kind of event it is.
  public var type: String
  /// What it is about, within the source.
  public var subject: String?
  /// When it happened.
  public var time: Instant?
  /// The media type of the data; absent means JSON.
  public var dataContentType: String?
  /// The schema of the data: an absolute URI.
  public var dataSchema: String?
  /// The attributes of extensions.
  public var extensions: [CloudEventExtension]
  /// The data.
  public var data: CloudEventData?
  /// The names of members that were `null`.
  public var unset: [String]
  // The spelling of the time, where it is not ours.
  var timeText: String?

  /// Creates an event.
  public init(
    id: String, source: String, type: String, subject: String? = nil, time: Instant? = nil,
    dataContentType: String? = nil, dataSchema: String? = nil, extensions: [CloudEventExtension] = [],
    data: CloudEventData? = nil
  ) {
    self.id = id
    self.source = source
    self.type = type
    self.subject = subject
    self.time = time
    self.dataContentType = dataContentType
    self.dataSchema = dataSchema
    self.extensions = extensions
    self.data = data
    unset = []
  }

  /// The value of an extension; `nil` when the event does not have it.
  public subscript(extension name: String) -> CloudEventExtension.Value? {
    extensions.first { $0.name.sameBytes(as: name) }?.value
  }

  /// The type of the event, without ids and data.
  public var redactedDescription: String { "event of the type \(type)" }
}
