import SCRMExpressions
public import StrictJSON

/// Reads callbacks of WeCom and the answer of `externalcontact/get`, as dictionaries.
///
/// The members are those of the decrypted XML document, as texts or numbers; reading XML and decrypting are the host's.
/// Customers are known by `external_userid` in the scope of the corporation, employees by `userid` as staff. The channel
/// code (`State`) becomes the campaign of the context. Changes of chats and tags name no one who acted: they are
/// interactions of the corporation itself, in the role of an automation.
///
/// A repeated delivery has the same key: `MsgId`, else `FromUserName` and `CreateTime`. As callbacks all come from `sys`,
/// the members that say what changed are part of the key, or two customers of one second would be one.
public struct WeComReader: InteractionDocumentReader {
  /// What the host adds.
  public var defaults: InterchangeDefaults
  /// The corporation; callbacks name it (`ToUserName`), answers do not.
  public var corporation: String?
  /// The open-platform account, which is the scope of unionids; empty when the host has one.
  public var account: String

  /// `application/json`.
  public var mediaType: String { "application/json" }

  /// Creates a reader.
  public init(_ defaults: InterchangeDefaults, corporation: String? = nil, account: String = "") {
    self.defaults = defaults
    self.corporation = corporation
    self.account = account
  }

  /// What a callback or an answer holds.
  /// - Throws: `JSONError` with the member that is missing or malformed.
  public func read(_ document: JSON) throws(JSONError) -> DocumentReading {
    let object = try document.foreignObject()
    var reading: DocumentReading
    if object["external_contact"] != nil || object["errcode"] != nil {
      reading = DocumentReading([try contact(object)])
    } else {
      reading = try callback(object)
    }
    for index in reading.interactions.indices {
      reading.interactions[index].raw = defaults.payload(document, mediaType)
    }
    return reading
  }

  // MARK: Parties

  func customer(_ id: String, in corporation: String, union: String? = nil) -> Party {
    var identifiers = [Identifier(.weComExternalUser(corporation: corporation), id, .verified)]
    if let union { identifiers.append(Identifier(.wechatUnionID(account: account), union, .verified)) }
    return defaults.party(identifiers, .customer)
  }

  func staff(_ id: String, in corporation: String) -> Party {
    defaults.party([Identifier(.weComUser(corporation: corporation), id, .verified)], .staff)
  }

  func campaign(_ state: String?) -> CampaignReference? {
    state.map { CampaignReference(name: $0, source: "wecom", medium: "channel_code") }
  }
}
