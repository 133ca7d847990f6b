/// What was done: an open set of names, aligned with ActivityStreams 2.0 verbs and Segment events.
///
/// Hosts add their own kinds by name; unknown kinds are counted and can be used in conditions like any other.
public struct InteractionKind: TextIdentifier {
  /// The name, lower-case words joined by `_`.
  public let rawValue: String
  /// Wraps a name.
  public init(_ rawValue: String) { self.rawValue = rawValue }

  /// A post of one's own (ActivityStreams Create of a Note).
  public static let post: Self = "post"
  /// A comment or reply to something.
  public static let comment: Self = "comment"
  /// A share or repost (Announce).
  public static let share: Self = "share"
  /// A like.
  public static let like: Self = "like"
  /// A dislike.
  public static let dislike: Self = "dislike"
  /// Following an account.
  public static let follow: Self = "follow"
  /// A direct or chat message.
  public static let message: Self = "message"
  /// Seeing a page or content.
  public static let view: Self = "view"
  /// Opening a screen of an app.
  public static let screen: Self = "screen"
  /// A click.
  public static let click: Self = "click"
  /// A search.
  public static let search: Self = "search"
  /// A purchase, usually with an amount.
  public static let purchase: Self = "purchase"
  /// A refund, with the amount given back.
  public static let refund: Self = "refund"
  /// A review or rating.
  public static let review: Self = "review"
  /// A check-in at a place or event (Arrive).
  public static let checkIn: Self = "check_in"
  /// A registration or sign-up.
  public static let register: Self = "register"
  /// Joining a group, chat or programme (Join).
  public static let join: Self = "join"
  /// Leaving one (Leave).
  public static let leave: Self = "leave"
  /// A statement of who the actor is and their traits (Segment identify).
  public static let identify: Self = "identify"
  /// A statement that two identifiers are the same party (Segment alias).
  public static let alias: Self = "alias"
  /// A statement about an organisation or group and the actor's membership (Segment group).
  public static let group: Self = "group"
  /// A named event of the host (Segment track); the name is in the object.
  public static let track: Self = "track"
  /// A decision about consent.
  public static let consent: Self = "consent"
  /// Taking back an earlier interaction: unlike, unfollow, delete (Undo, Delete).
  public static let retract: Self = "retract"
}
