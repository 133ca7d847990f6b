/// The six calls of the Segment spec.
enum SegmentCall: String, CaseIterable {
  case identify, track, page, screen, group, alias

  /// The names, for messages.
  static let names = allCases.map(\.rawValue).joined(separator: ", ")

  /// The call an interaction that did not come from Segment is written as.
  init(for interaction: Interaction) {
    switch interaction.kind {
    case .identify: self = .identify
    case .alias: self = .alias
    case .screen: self = .screen
    case .group: self = interaction.groupID == nil ? .track : .group
    case .view:
      let object = interaction.object?.type
      self = object == "page" || (object == nil && interaction.context.page != nil) ? .page : .track
    default: self = .track
    }
  }
}

/// Names of track events with a fixed meaning, and the kinds they stand for.
enum SegmentEvents {
  /// The kind of a named track event; `track` for names without a fixed meaning.
  static func kind(of event: String) -> InteractionKind { kinds[event] ?? .track }

  /// The name a kind is written under, when it has no event name of its own.
  static func name(for kind: InteractionKind, object: ObjectReference?) -> String {
    switch kind {
    case .purchase: "Order Completed"
    case .refund: "Order Refunded"
    case .view: object?.type == "product" ? "Product Viewed" : "Content Viewed"
    case .click: object?.type == "product" ? "Product Clicked" : "Content Clicked"
    case .search: "Products Searched"
    case .review: "Product Reviewed"
    case .share: object?.type == "product" ? "Product Shared" : "Content Shared"
    case .register: "Signed Up"
    default: titled(kind.rawValue)
    }
  }

  /// The property that holds what was said, by event.
  static func textProperty(of event: String) -> String? { texts[event] }

  private static let kinds: [String: InteractionKind] = [
    "Order Completed": .purchase, "Completed Order": .purchase, "Order Refunded": .refund,
    "Product Viewed": .view, "Viewed Product": .view, "Product List Viewed": .view, "Viewed Product Category": .view,
    "Product Clicked": .click, "Promotion Clicked": .click, "Email Link Clicked": .click,
    "Products Searched": .search, "Product Reviewed": .review,
    "Product Shared": .share, "Cart Shared": .share, "Signed Up": .register,
    "Product Added": "add_to_cart", "Added Product": "add_to_cart",
    "Product Removed": "remove_from_cart", "Removed Product": "remove_from_cart",
    "Live Chat Message Sent": .message,
  ]

  private static let texts: [String: String] = [
    "Product Reviewed": "review_body", "Product Shared": "share_message", "Cart Shared": "share_message",
    "Live Chat Message Sent": "message_body",
  ]

  // check_in -> Check In
  private static func titled(_ name: String) -> String {
    name.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: " ")
  }
}

extension Interaction {
  /// The group a group interaction is about.
  var groupID: String? { context.group ?? (object?.type == "group" ? object?.id : nil) }
}
