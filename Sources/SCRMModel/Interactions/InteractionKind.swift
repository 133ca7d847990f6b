import SCRMExpressions

/// What was done: an open set of names, aligned with ActivityStreams 2.0 verbs and Segment events.
///
/// Hosts add their own kinds by name; unknown kinds are counted and can be used in conditions like any other.
public struct InteractionKind: TextIdentifier {
  /// The name, lower-case words joined by `_`.
  public let rawValue: String
  /// The number of a kind of the vocabulary, from 0; −1 for others.
  ///
  /// Makes comparing and counting cheap.
  package let code: Int16

  /// Wraps a name.
  public init(_ rawValue: String) {
    self.rawValue = rawValue
    code = Self.codes[rawValue] ?? -1
  }

  private init(_ rawValue: String, code: Int16) {
    self.rawValue = rawValue
    self.code = code
  }

  /// A post of one's own (ActivityStreams Create of a Note).
  public static let post = Self("post", code: 0)
  /// A comment or reply to something.
  public static let comment = Self("comment", code: 1)
  /// A share or repost (Announce).
  public static let share = Self("share", code: 2)
  /// A like.
  public static let like = Self("like", code: 3)
  /// A dislike.
  public static let dislike = Self("dislike", code: 4)
  /// Following an account.
  public static let follow = Self("follow", code: 5)
  /// A direct or chat message.
  public static let message = Self("message", code: 6)
  /// Seeing a page or content.
  public static let view = Self("view", code: 7)
  /// Opening a screen of an app.
  public static let screen = Self("screen", code: 8)
  /// A click.
  public static let click = Self("click", code: 9)
  /// A search.
  public static let search = Self("search", code: 10)
  /// A purchase, usually with an amount.
  public static let purchase = Self("purchase", code: 11)
  /// A refund, with the amount given back.
  public static let refund = Self("refund", code: 12)
  /// A review or rating.
  public static let review = Self("review", code: 13)
  /// A check-in at a place or event (Arrive).
  public static let checkIn = Self("check_in", code: 14)
  /// A registration or sign-up.
  public static let register = Self("register", code: 15)
  /// Joining a group, chat or programme (Join).
  public static let join = Self("join", code: 16)
  /// Leaving one (Leave).
  public static let leave = Self("leave", code: 17)
  /// A statement of who the actor is and their traits (Segment identify).
  public static let identify = Self("identify", code: 18)
  /// A statement that two identifiers are the same party (Segment alias).
  public static let alias = Self("alias", code: 19)
  /// A statement about an organisation or group and the actor's membership (Segment group).
  public static let group = Self("group", code: 20)
  /// A named event of the host (Segment track); the name is in the object.
  public static let track = Self("track", code: 21)
  /// A decision about consent.
  public static let consent = Self("consent", code: 22)
  /// Taking back an earlier interaction: unlike, unfollow, delete (Undo, Delete).
  public static let retract = Self("retract", code: 23)

  /// The kinds of the vocabulary in the order of their codes.
  ///
  /// Stored state names them by code: only append.
  package static let vocabulary: [Self] = [
    .post, .comment, .share, .like, .dislike, .follow, .message, .view, .screen, .click, .search, .purchase, .refund,
    .review, .checkIn, .register, .join, .leave, .identify, .alias, .group, .track, .consent, .retract,
  ]

  private static let codes: [String: Int16] = {
    var codes: [String: Int16] = [:]
    for kind in vocabulary { codes[kind.rawValue] = kind.code }
    return codes
  }()

  /// Whether both are the same kind, by bytes.
  public static func == (left: Self, right: Self) -> Bool {
    left.code == right.code && (left.code >= 0 || left.rawValue.sameBytes(as: right.rawValue))
  }

  /// Hashes the code, or the bytes of a name outside the vocabulary.
  public func hash(into hasher: inout Hasher) {
    if code >= 0 { hasher.combine(code) } else { rawValue.hashBytes(into: &hasher) }
  }

  /// Whether `left` is written first in stored state: the vocabulary by code, then other names by bytes.
  package static func isStoredBefore(_ left: Self, _ right: Self) -> Bool {
    switch (left.code >= 0, right.code >= 0) {
    case (true, true): left.code < right.code
    case (false, false): left < right
    case (let known, _): known
    }
  }
}
