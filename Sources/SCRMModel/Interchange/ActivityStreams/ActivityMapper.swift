import SCRMExpressions
import StrictJSON

/// Makes the interactions of one activity, one for each actor.
struct ActivityMapper {
  let reader: ActivityStreamsReader
  let activity: ActivityObject
  let languages: ActivityLanguages

  func interactions() throws(JSONError) -> [Interaction] {
    let actors = activity.all("actor").compactMap(party)
    if actors.isEmpty { return [] }
    let subject = subject
    let extra = try extra()
    let occurred = activity.time("published") ?? activity.time("updated") ?? reader.defaults.received
    let key = ActivityKey.id(of: activity, reader.defaults)
    var interactions: [Interaction] = []
    for (position, actor) in actors.enumerated() {
      // The identifiers of a party name one party, so two actors are two interactions.
      let suffix = position == 0 ? "" : "#actor=" + (actor.identifiers.first?.value ?? String(position))
      var context = InteractionContext(brand: reader.defaults.brand, extra: extra)
      context.thread = thread
      context.group = group
      context.inReplyTo = inReplyTo.map { EventKey(reader.defaults.source, $0) }
      let kind = kind(of: actor)
      interactions.append(
        Interaction(
          key: EventKey(reader.defaults.source, key + suffix), kind: kind, actor: actor,
          object: reference(to: subject), target: target, text: text(kind), place: place,
          attachments: attachments, properties: properties, traits: kind == .identify ? traits : [:],
          context: context, revision: revision(kind, suffix), at: occurred, received: reader.defaults.received,
          raw: reader.defaults.payload(.object(activity.json.without(Self.hidden)), reader.mediaType)))
    }
    return interactions
  }

  /// Addressees that must not be passed on (Vocabulary, bto and bcc).
  static let hidden = ["bto", "bcc"]

  /// The type of the vocabulary that decides what was done.
  private var verb: String { activity.types.first { ActivityVocabulary.kinds[$0] != nil } ?? "Activity" }

  /// The object that was posted, liked, followed and so on; of a question the question itself.
  var subject: JSON? { verb == "Question" ? .object(activity.json) : activity.first("object") }

  private var embedded: ActivityObject? {
    if case .object(let json)? = subject { ActivityObject(json) } else { nil }
  }

  // MARK: What was done

  private func kind(of actor: Party) -> InteractionKind {
    let kind = ActivityVocabulary.kinds[verb] ?? "activity"
    switch verb {
    case "Create":
      if let embedded, embedded.isAny(of: ["Relationship"]) { return "relate" }
      if let embedded, embedded.isAny(of: Self.things) { return "create" }
      return inReplyTo == nil ? .post : .comment
    case "Update":
      if isActorItself(actor) { return .identify }
      guard let embedded, hasContent(embedded) else { return kind }
      return inReplyTo == nil ? .post : .comment
    case "Delete": return isActorItself(actor) ? "delete_account" : kind
    default: return kind
    }
  }

  private static let things =
    Array(ActivityVocabulary.actors.keys) + ActivityVocabulary.collections + ["Event", "Place", "Profile"]

  private func isActorItself(_ actor: Party) -> Bool {
    guard let address = activity.address("object") else { return false }
    return actor.identifiers.contains { $0.value.sameBytes(as: address) }
  }

  private func hasContent(_ object: ActivityObject) -> Bool {
    ["content", "contentMap", "name", "nameMap", "summary", "attachment"].contains { object.json[$0] != nil }
  }

  private func revision(_ kind: InteractionKind, _ suffix: String) -> Interaction.Revision? {
    switch verb {
    case "Undo":
      guard let subject else { return nil }
      if case .object(let json) = subject {
        let undone = ActivityObject(json)
        // What is undone is named by the key it got when it arrived.
        return .retracts(ActivityKey.id(of: undone, reader.defaults) + suffix)
      }
      return ActivityObject.address(of: subject).map { .retracts($0 + suffix) }
    case "Delete" where kind == .retract: return activity.address("object").map { .retracts($0) }
    case "Update" where kind == .post || kind == .comment: return activity.address("object").map { .replaces($0) }
    default: return nil
    }
  }

  // MARK: Who

  func party(_ json: JSON) -> Party? {
    switch json {
    case .string(let address): return party(address, nil)
    case .object(let members):
      let object = ActivityObject(members)
      // Known by name alone is someone, but no one who can be found again.
      return ActivityObject.address(of: json).flatMap { party($0, object) }
    default: return nil
    }
  }

  private func party(_ address: String, _ object: ActivityObject?) -> Party? {
    guard IRIText.isAbsolute(address) else { return nil }
    return reader.defaults.party(
      [Identifier(.activityActor, address, reader.actorAssertion)], object.map(role) ?? .customer,
      name: object?.text("name", languages)?.text)
  }

  private func role(_ object: ActivityObject) -> ActorRole {
    object.types.lazy.compactMap { ActivityVocabulary.actors[$0] }.first ?? .customer
  }

  /// To whom it was done: the account followed, the one mentioned, the one offered something, the author of the post.
  private var target: Party? {
    switch verb {
    case "Follow", "Block", "Ignore": return subject.flatMap(party)
    case "Flag", "Remove", "Undo", "Delete":
      return embedded.flatMap { object in
        object.types.contains { ActivityVocabulary.actors[$0] != nil } ? subject.flatMap(party) : author(of: object)
      }
    case "Offer", "Invite": return activity.first("target").flatMap(party) ?? activity.first("to").flatMap(party)
    case "Accept", "TentativeAccept", "Reject", "TentativeReject":
      return embedded.flatMap { $0.first("actor") }.flatMap(party)
    case "Create" where embedded?.isAny(of: ["Relationship"]) ?? false:
      return embedded?.first("object").flatMap(party)
    case "Create", "Update", "Question":
      return mentioned ?? embedded?.object("inReplyTo").flatMap { author(of: $0) }
    default: return embedded.flatMap { author(of: $0) }
    }
  }

  private var mentioned: Party? {
    for tag in (embedded ?? activity).all("tag") {
      guard case .object(let json) = tag, ActivityObject(json).isAny(of: ["Mention"]) else { continue }
      if let party = party(tag) { return party }
    }
    return nil
  }

  private func author(of object: ActivityObject) -> Party? { object.first("attributedTo").flatMap(party) }

  private var traits: ValueMap {
    guard let embedded else { return [:] }
    var traits = ValueMap()
    if let name = embedded.text("name", languages) { traits["name"] = .string(name.text) }
    if let summary = embedded.text("summary", languages) {
      traits["description"] = .string(HTMLText.plain(summary.text))
    }
    if let username = embedded.plainText("preferredUsername") { traits["username"] = .string(username) }
    if let url = embedded.address("url") { traits["website"] = .string(url) }
    return traits
  }
}
