/// The types of the Activity Vocabulary (W3C, 23 May 2017) and what they mean here.
enum ActivityVocabulary {
  /// The activities and the kinds they become; those whose kind depends on the object are decided by the mapper.
  static let kinds: [String: InteractionKind] = [
    "Create": .post, "Announce": .share, "Like": .like, "Dislike": .dislike, "Follow": .follow, "Join": .join,
    "Leave": .leave, "View": .view, "Read": .view, "Listen": "listen", "Arrive": .checkIn, "Travel": "travel",
    "Question": "question", "Flag": "flag", "Block": "block", "Ignore": "ignore", "Offer": "offer", "Invite": "invite",
    "Accept": "accept", "TentativeAccept": "tentative_accept", "Reject": "reject",
    "TentativeReject": "tentative_reject",
    "Add": "add", "Remove": "remove", "Move": "move", "Update": "update", "Delete": .retract, "Undo": .retract,
    "Activity": "activity", "IntransitiveActivity": "activity",
  ]

  /// The types of actors, with the role in which they act unless the host knows better.
  static let actors: [String: ActorRole] = [
    "Person": .customer, "Group": .brand, "Organization": .brand, "Application": .automation, "Service": .automation,
  ]

  static let collections = ["Collection", "OrderedCollection", "CollectionPage", "OrderedCollectionPage"]
  static let pages = ["CollectionPage", "OrderedCollectionPage"]
  static let orderedCollections = ["OrderedCollection", "OrderedCollectionPage"]
  static let unorderedCollections = ["Collection", "CollectionPage"]
  static let links = ["Link", "Mention"]
  static let objects = [
    "Object", "Relationship", "Article", "Document", "Audio", "Image", "Video", "Note", "Page", "Event", "Place",
    "Profile", "Tombstone",
  ]
  /// Objects that are said rather than had.
  static let posts = ["Note", "Article", "Page", "Question"]
  static let media: [String: Attachment.Kind] = [
    "Image": .image, "Video": .video, "Audio": .audio, "Document": .document,
  ]

  /// Whether a name is one of the vocabulary.
  static func knows(_ type: String) -> Bool {
    kinds[type] != nil || actors[type] != nil || collections.contains(type) || links.contains(type)
      || objects.contains(type)
  }

  /// A type as it is written in the vocabulary, without the prefix or the address of the namespace.
  static func shortened(_ type: String) -> String {
    for prefix in ["as:"] + namespaces.map({ $0 + "#" }) where type.hasPrefix(prefix) {
      return String(type.dropFirst(prefix.count))
    }
    return type
  }

  /// Whether a context names the vocabulary.
  static func isContext(_ address: String) -> Bool {
    namespaces.contains { address == $0 || address == $0 + "#" }
  }

  private static let namespaces = ["https://www.w3.org/ns/activitystreams", "http://www.w3.org/ns/activitystreams"]
}
