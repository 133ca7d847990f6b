public import SCRMModel

/// What an action does: the kinds the engine knows with their parameters, and any that the host defines.
public struct ActionKind: TextIdentifier {
  /// The name.
  public let rawValue: String
  /// Wraps a name; one that is not known is defined by the host and takes any parameters.
  public init(_ rawValue: String) { self.rawValue = rawValue }

  /// Answer the interaction: `text`.
  public static let reply: Self = "reply"
  /// Send the person a message: `text`, optional `subject`.
  public static let message: Self = "message"
  /// Put a tag on the person: `tag`.
  public static let tag: Self = "tag"
  /// Take a tag off the person: `tag`.
  public static let untag: Self = "untag"
  /// Hand the thread or case to someone: `to`.
  public static let assign: Self = "assign"
  /// Open a case: `category`, optional `severity`.
  public static let openCase: Self = "openCase"
  /// Close the person's case: optional `case`, optional `reason`.
  public static let closeCase: Self = "closeCase"
  /// Invite the person: `event`, optional `text`.
  public static let invite: Self = "invite"
  /// Make an offer: `offer`, optional `text`.
  public static let offer: Self = "offer"
  /// Tell the staff: `text`, optional `severity`.
  public static let alert: Self = "alert"
  /// State a trait of the person: `trait`, `value`.
  public static let changeTrait: Self = "changeTrait"
  /// Start a journey: `journey`.
  public static let startJourney: Self = "startJourney"
  /// Stop a journey: `journey`.
  public static let stopJourney: Self = "stopJourney"

  /// A parameter of a kind.
  struct Parameter: Sendable {
    var name: String
    var isRequired = true
    /// Whether only text fits; other parameters take any value.
    var isText = true
  }

  /// The parameters of the kind; `nil` for kinds the host defines, which take any.
  var parameters: [Parameter]? {
    func optional(_ name: String) -> Parameter { Parameter(name: name, isRequired: false) }
    return switch self {
    case .reply: [Parameter(name: "text")]
    case .message: [Parameter(name: "text"), optional("subject")]
    case .tag, .untag: [Parameter(name: "tag")]
    case .assign: [Parameter(name: "to")]
    case .openCase: [Parameter(name: "category"), optional("severity")]
    case .closeCase: [optional("case"), optional("reason")]
    case .invite: [Parameter(name: "event"), optional("text")]
    case .offer: [Parameter(name: "offer"), optional("text")]
    case .alert: [Parameter(name: "text"), optional("severity")]
    case .changeTrait: [Parameter(name: "trait"), Parameter(name: "value", isText: false)]
    case .startJourney, .stopJourney: [Parameter(name: "journey")]
    default: nil
    }
  }

  /// Whether the person notices it, so that frequency caps, quiet hours and do-not-contact hold for it.
  ///
  /// Kinds the host defines count as contacts.
  public var isContact: Bool {
    switch self {
    case .tag, .untag, .assign, .openCase, .closeCase, .alert, .changeTrait, .startJourney, .stopJourney: false
    default: true
    }
  }
}
