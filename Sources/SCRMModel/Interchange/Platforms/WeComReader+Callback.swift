import SCRMExpressions
import StrictJSON

extension WeComReader {
  func callback(_ message: JSONObject) throws(JSONError) -> DocumentReading {
    let corporation = try message.requiredForeignText("ToUserName")
    guard let occurred = try message.foreignSeconds("CreateTime") else {
      throw JSONError(.missing, "required member is missing or empty", path: [.key("CreateTime")])
    }
    let frame = Frame(
      corporation: corporation, from: try message.requiredForeignText("FromUserName"), occurred: occurred,
      key: try key(of: message))
    let type = try message.requiredForeignText("MsgType")
    guard type == "event" else { return DocumentReading([try staffMessage(message, type, frame)]) }
    switch try message.requiredForeignText("Event") {
    case "change_external_contact": return DocumentReading([try contactChange(message, frame)])
    case "change_external_chat": return DocumentReading(try chatChange(message, frame))
    case "change_external_tag":
      let kind = try Self.change(message, of: "tag")
      let object = try message.foreignText("Id").map { ObjectReference(type: "tag", id: $0) }
      return DocumentReading([try interaction(message, frame, kind, actor: automation(frame), object: object)])
    case let event:
      let object = ObjectReference(type: "event", id: event)
      let actor = frame.from == "sys" ? automation(frame) : staff(frame.from, in: corporation)
      return DocumentReading([try interaction(message, frame, .track, actor: actor, object: object)])
    }
  }

  private struct Frame {
    var corporation: String
    var from: String
    var occurred: Instant
    var key: String
  }

  // The kinds of the platform as it documents them; the payload cannot make up others.
  private static func change(_ message: JSONObject, of thing: String) throws(JSONError) -> InteractionKind {
    let change = try message.requiredForeignText("ChangeType")
    let isKnown = ["create", "update", "delete", "dismiss", "shuffle"].contains { $0.sameBytes(as: change) }
    return InteractionKind((isKnown ? change : "change") + "_" + thing)
  }

  private static let keyMembers = ["Event", "ChangeType", "UserID", "ExternalUserID", "ChatId", "Id", "UpdateDetail"]
  private static let taken = ["ToUserName", "FromUserName", "CreateTime", "UserID", "ExternalUserID", "Content"]

  private func key(of message: JSONObject) throws(JSONError) -> String {
    if let id = try message.foreignText("MsgId") { return id }
    var key = try message.requiredForeignText("FromUserName") + "-" + message.requiredForeignText("CreateTime")
    for name in Self.keyMembers { if let part = try message.foreignText(name) { key += "-" + part } }
    return key
  }

  private func automation(_ frame: Frame) -> Party {
    defaults.party([Identifier(.weComCorporation, frame.corporation, .verified)], .automation)
  }

  private func interaction(
    _ message: JSONObject, _ frame: Frame, _ kind: InteractionKind, actor: Party, target: Party? = nil,
    object: ObjectReference? = nil, text: String? = nil, consents: [ConsentStatement] = [], keySuffix: String = ""
  ) throws(JSONError) -> Interaction {
    var context = InteractionContext(brand: defaults.brand, channel: "wecom")
    context.campaign = campaign(try message.foreignText("State"))
    context.group = try message.foreignText("ChatId")
    context.extra["wecom"] = .map(try message.without(Self.taken).plainValues())
    return Interaction(
      key: EventKey(defaults.source, frame.key + keySuffix), kind: kind, actor: actor, object: object, target: target,
      text: text.map { LocalizedText($0) }, consents: consents, context: context, at: frame.occurred,
      received: defaults.received)
  }

  // MARK: Customers

  private func contactChange(_ message: JSONObject, _ frame: Frame) throws(JSONError) -> Interaction {
    let external = try message.requiredForeignText("ExternalUserID")
    let user = try message.requiredForeignText("UserID")
    let customer = customer(external, in: frame.corporation, union: try message.foreignText("UnionId"))
    let staff = staff(user, in: frame.corporation)
    switch try message.requiredForeignText("ChangeType") {
    case "add_external_contact":
      return try interaction(message, frame, "add_contact", actor: customer, target: staff)
    // The customer added the employee, who has not added the customer yet.
    case "add_half_external_contact": return try interaction(message, frame, .follow, actor: customer, target: staff)
    case "del_follow_user": return try interaction(message, frame, "unfollow", actor: customer, target: staff)
    case "edit_external_contact":
      return try interaction(message, frame, "edit_contact", actor: staff, target: customer)
    case "del_external_contact":
      return try interaction(message, frame, "remove_contact", actor: staff, target: customer)
    case "transfer_fail":
      let isRefusal = try message.foreignText("FailReason") == "customer_refused"
      return isRefusal
        ? try interaction(message, frame, "refuse_transfer", actor: customer, target: staff)
        : try interaction(message, frame, "transfer_fail", actor: staff, target: customer)
    case "msg_audit_approved":
      let consent = ConsentStatement(
        .granted, "message_archive", channel: "wecom", evidence: "WeCom msg_audit_approved")
      return try interaction(message, frame, .consent, actor: customer, target: staff, consents: [consent])
    case let change:
      return try interaction(
        message, frame, .track, actor: staff, target: customer, object: ObjectReference(type: "event", id: change))
    }
  }

  // MARK: Group chats

  /// Who joined or left, where the callback lists them; else the change itself.
  private func chatChange(_ message: JSONObject, _ frame: Frame) throws(JSONError) -> [Interaction] {
    let chat = ObjectReference(type: "group", id: try message.requiredForeignText("ChatId"))
    let change = try Self.change(message, of: "chat")
    let detail = try message.foreignText("UpdateDetail")
    let kind: InteractionKind? =
      switch detail {
      case "add_member"?: .join
      case "del_member"?: .leave
      default: nil
      }
    if change == "update_chat", let kind {
      let members = try members(message)
      if !members.isEmpty {
        return try members.map { (member) throws(JSONError) in
          try interaction(
            message, frame, kind, actor: party(member, in: frame.corporation), object: chat, keySuffix: "-" + member)
        }
      }
    }
    return [try interaction(message, frame, change, actor: automation(frame), object: chat)]
  }

  // <MemChangeList><Item>…</Item><Item>…</Item></MemChangeList>
  private func members(_ message: JSONObject) throws(JSONError) -> [String] {
    guard let list = message["MemChangeList"], !list.isNull, list != .string("") else { return [] }
    do throws(JSONError) {
      let items: JSON
      if case .object(let object) = list { items = object["Item"] ?? .array([]) } else { items = list }
      if case .string(let single) = items { return single.isEmpty ? [] : [single] }
      return try items.arrayValue().map { (item) throws(JSONError) in try item.stringValue() }
    } catch { throw error.prefixed(by: .key("MemChangeList")) }
  }

  // Ids of customers begin with wo or wm, those of employees are chosen by the corporation.
  private func party(_ member: String, in corporation: String) -> Party {
    let isCustomer = (member.hasPrefix("wo") || member.hasPrefix("wm")) && member.utf8.count >= 28
    return isCustomer ? customer(member, in: corporation) : staff(member, in: corporation)
  }

  // MARK: Messages of employees to an app of the corporation

  private func staffMessage(_ message: JSONObject, _ type: String, _ frame: Frame) throws(JSONError) -> Interaction {
    let parts = try WeChatParts(messageType: type, message)
    var result = try interaction(
      message, frame, parts.kind, actor: staff(frame.from, in: frame.corporation),
      target: defaults.party([Identifier(.weComCorporation, frame.corporation, .verified)], .brand),
      object: parts.object, text: parts.text)
    result.attachments = parts.attachments
    result.place = parts.place
    return result
  }
}
