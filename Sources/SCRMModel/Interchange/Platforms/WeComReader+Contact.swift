import SCRMExpressions
import StrictJSON

extension WeComReader {
  /// The answer of `externalcontact/get` as a statement of who the customer is.
  ///
  /// Its key is a hash of the content, so that the same answer counts once and a changed one is a new statement.
  func contact(_ answer: JSONObject) throws(JSONError) -> Interaction {
    if let code = try answer.foreignInteger("errcode"), code != 0 {
      throw JSONError(.invalidValue, "the answer is an error, expected errcode 0", path: [.key("errcode")])
    }
    guard let corporation else {
      throw JSONError(.missing, "an answer does not name the corporation, expected it with the reader")
    }
    let contact = try answer.object("external_contact")
    let follows = try answer.foreignObjects("follow_user")
    do throws(JSONError) {
      return try interaction(contact, try earliest(follows), follows, corporation, answer)
    } catch {
      guard case .key(let name)? = error.path.first, contact[name] != nil || name == "external_userid" else {
        throw error
      }
      throw error.prefixed(by: .key("external_contact"))
    }
  }

  private func interaction(
    _ contact: JSONObject, _ first: JSONObject?, _ follows: [JSONObject], _ corporation: String, _ answer: JSONObject
  ) throws(JSONError) -> Interaction {
    let external = try contact.requiredForeignText("external_userid")
    var actor = customer(external, in: corporation, union: try contact.foreignText("unionid"))
    actor.displayName = try contact.foreignText("name")
    // Numbers an employee noted for the customer are hearsay.
    for follow in follows {
      for mobile in try follow.strings("remark_mobiles") where !mobile.isEmpty {
        let phone = Identifier(.phone, mobile, .claimed)
        if !actor.identifiers.contains(phone) { actor.identifiers.append(phone) }
      }
    }
    var context = InteractionContext(brand: defaults.brand, channel: "wecom")
    context.campaign = campaign(try first?.foreignText("state"))
    context.extra["wecom"] = .map([
      "follow_user": .list(try follows.map { (follow) throws(JSONError) in .map(try follow.plainValues()) })
    ])
    let content = answer.without(["errcode", "errmsg", "next_cursor"])
    return Interaction(
      key: defaults.fallbackKey(.object(content)), kind: .identify, actor: actor,
      target: try first.map { (follow) throws(JSONError) in
        staff(try follow.requiredForeignText("userid"), in: corporation)
      },
      properties: try properties(follows), traits: try traits(contact), context: context, at: defaults.received,
      received: defaults.received)
  }

  // The employee with whom the contact was made first.
  private func earliest(_ follows: [JSONObject]) throws(JSONError) -> JSONObject? {
    var earliest: (time: Int64, follow: JSONObject)?
    for follow in follows {
      let time = try follow.foreignInteger("createtime") ?? .max
      if earliest.map({ time < $0.time }) ?? true { earliest = (time, follow) }
    }
    return earliest?.follow
  }

  private func properties(_ follows: [JSONObject]) throws(JSONError) -> ValueMap {
    var properties = ValueMap()
    var staff: [Value] = []
    var tags: [Value] = []
    for follow in follows {
      if let user = try follow.foreignText("userid") { staff.append(.string(user)) }
      for tag in try follow.foreignObjects("tags") {
        if let name = try tag.foreignText("tag_name") { tags.append(.string(name)) }
      }
    }
    if !staff.isEmpty { properties["staff"] = .list(staff) }
    if !tags.isEmpty { properties["tags"] = .list(tags) }
    return properties
  }

  private func traits(_ contact: JSONObject) throws(JSONError) -> ValueMap {
    var traits = ValueMap()
    traits.set("name", try contact.foreignText("name"))
    traits.set("avatar", try contact.foreignText("avatar"))
    traits.set("title", try contact.foreignText("position"))
    traits.set("company", try contact.foreignText("corp_name"))
    traits.set("company", try contact.foreignText("corp_full_name"))
    switch try contact.foreignInteger("gender") {
    case 1?: traits["gender"] = "male"
    case 2?: traits["gender"] = "female"
    default: break
    }
    // 1: a WeChat user, 2: a user of another WeCom corporation.
    traits.set("wecom_type", try contact.foreignInteger("type"))
    return traits
  }
}
