import StrictJSON

/// What a message or an event of WeChat says was done.
struct WeChatParts {
  var kind: InteractionKind
  var object: ObjectReference?
  var text: String?
  var place: Place?
  var page: PageReference?
  var attachments: [Attachment] = []
  /// The scene of a QR code.
  var channelCode: String?

  private static let scenePrefix = "qrscene_"

  init(event: String, _ message: JSONObject) throws(JSONError) {
    let key = try message.foreignText("EventKey")
    switch event.lowercased() {
    case "subscribe":
      kind = .follow
      channelCode = key.map { $0.hasPrefix(Self.scenePrefix) ? String($0.dropFirst(Self.scenePrefix.count)) : $0 }
    case "unsubscribe": kind = "unfollow"
    case "scan":
      kind = "scan"
      channelCode = key
    case "scancode_push", "scancode_waitmsg":
      kind = "scan"
      object = key.map { ObjectReference(type: "menu", id: $0) }
    case "location":
      kind = "location"
      place = try Self.place(message, "Latitude", "Longitude", accuracy: "Precision")
    case "view":
      kind = .click
      object = key.map { ObjectReference(type: "link", id: $0) }
      page = key.map { PageReference(url: $0) }
    case "click", "view_miniprogram", "pic_sysphoto", "pic_photo_or_album", "pic_weixin", "location_select":
      kind = .click
      object = key.map { ObjectReference(type: "menu", id: $0) }
    default:
      kind = .track
      object = ObjectReference(type: "event", id: event)
    }
  }

  init(messageType: String, _ message: JSONObject) throws(JSONError) {
    kind = .message
    switch messageType {
    case "text": text = try message.foreignText("Content")
    case "image": attachments = [Attachment(.image, url: try message.foreignText("PicUrl"))]
    case "voice":
      text = try message.foreignText("Recognition")
      attachments = [Attachment(.audio, text: text)]
    case "video", "shortvideo": attachments = [Attachment(.video)]
    case "location":
      place = try Self.place(message, "Location_X", "Location_Y", name: "Label")
    case "link":
      text = try message.foreignText("Title")
      attachments = [
        Attachment(.link, url: try message.foreignText("Url"), text: try message.foreignText("Description"))
      ]
    default: object = ObjectReference(type: "message", id: messageType)
    }
  }

  private static func place(
    _ message: JSONObject, _ latitude: String, _ longitude: String, accuracy: String? = nil, name: String? = nil
  ) throws(JSONError) -> Place? {
    guard let north = try message.foreignNumber(latitude), let east = try message.foreignNumber(longitude) else {
      throw JSONError(.missing, "required member is missing or empty", path: [.key(latitude)])
    }
    let radius = try accuracy.map { (name) throws(JSONError) in try message.foreignNumber(name) } ?? nil
    let label = try name.map { (name) throws(JSONError) in try message.foreignText(name) } ?? nil
    guard let place = Place(latitude: north, longitude: east, accuracy: radius, name: label) else {
      throw JSONError(.invalidValue, "a latitude, longitude or precision is out of range", path: [.key(latitude)])
    }
    return place
  }
}
