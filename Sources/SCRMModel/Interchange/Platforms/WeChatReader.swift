import SCRMExpressions
public import StrictJSON

/// Reads messages and events that WeChat delivers to an official account, as dictionaries.
///
/// The members are those of the XML document, as texts or numbers; reading XML is the host's. A delivery that WeChat
/// repeats has the same key: `MsgId`, else `FromUserName` and `CreateTime`, which is WeChat's own rule. The scene of a
/// QR code (`EventKey`, without `qrscene_`) becomes the campaign of the context.
///
/// ```swift
/// let reader = WeChatReader(InterchangeDefaults(source: "wechat", received: now), app: "wx00")
/// let reading = try reader.read(JSON(bytes: dictionary))
/// ```
public struct WeChatReader: InteractionDocumentReader {
  /// What the host adds.
  public var defaults: InterchangeDefaults
  /// The app id, which is the scope of openids; without it `ToUserName` is.
  public var app: String?
  /// The open-platform account, which is the scope of unionids; empty when the host has one.
  public var account: String
  /// The channel of the context.
  public var channel: String

  /// `application/json`.
  public var mediaType: String { "application/json" }

  /// Creates a reader.
  public init(
    _ defaults: InterchangeDefaults, app: String? = nil, account: String = "",
    channel: String = "wechat_official_account"
  ) {
    self.defaults = defaults
    self.app = app
    self.account = account
    self.channel = channel
  }

  /// What a message or an event holds.
  /// - Throws: `JSONError` with the member that is missing or malformed.
  public func read(_ document: JSON) throws(JSONError) -> DocumentReading {
    let message = try document.foreignObject()
    let from = try message.requiredForeignText("FromUserName")
    let to = try message.requiredForeignText("ToUserName")
    let type = try message.requiredForeignText("MsgType")
    guard let occurred = try message.foreignSeconds("CreateTime") else {
      throw JSONError(.missing, "required member is missing or empty", path: [.key("CreateTime")])
    }
    let isEvent = type == "event"
    var parts: WeChatParts
    if isEvent {
      let event = try message.requiredForeignText("Event")
      if Self.reports.contains(event.lowercased()) {
        return DocumentReading(
          notAnInteraction: "a report on a job of the account, not something a person did", at: "Event")
      }
      parts = try WeChatParts(event: event, message)
    } else {
      parts = try WeChatParts(messageType: type, message)
    }
    let time = try message.requiredForeignText("CreateTime")
    let id = try message.foreignText("MsgId") ?? from + "-" + time
    var identifiers = [Identifier(.wechatOpenID(app: app ?? to), from, .verified)]
    for name in ["UnionId", "unionid"] {
      if let union = try message.foreignText(name) {
        identifiers.append(Identifier(.wechatUnionID(account: account), union, .verified))
        break
      }
    }
    var context = InteractionContext(brand: defaults.brand, channel: channel, page: parts.page)
    if let code = parts.channelCode {
      context.campaign = CampaignReference(name: code, source: channel, medium: "qr_code")
    }
    context.extra["wechat"] = .map(try message.without(Self.taken).plainValues())
    let interaction = Interaction(
      key: EventKey(defaults.source, id), kind: parts.kind, actor: defaults.party(identifiers, .customer),
      object: parts.object, target: defaults.party([Identifier(.wechatAccount, to, .verified)], .brand),
      text: parts.text.map { LocalizedText($0) }, place: parts.place, attachments: parts.attachments,
      context: context, at: occurred, received: defaults.received, raw: defaults.payload(document, mediaType))
    return DocumentReading([interaction])
  }

  private static let taken = ["FromUserName", "ToUserName", "CreateTime", "Content", "UnionId", "unionid"]

  // What the account itself had sent, and publishing.
  private static let reports = [
    "templatesendjobfinish", "masssendjobfinish", "publishjobfinish", "subscribe_msg_sent_event",
  ]
}
