import SCRMExpressions
import SCRMModel
import StrictJSON

/// Which actions a cap counts.
///
/// JSON form: a member of the cap, `"rule":"spring-sale"`, `"tag":"promotion"` or `"channel":"sms"`; none for all actions.
public enum GuardScope: Sendable {
  /// Every action.
  case everything
  /// The actions of a rule.
  case rule(String)
  /// The actions of the rules with a tag.
  case tag(String)
  /// The actions on a channel.
  case channel(String)

  /// Whether it counts an action of a rule.
  func covers(_ rule: RuleDefinition, _ channel: String?) -> Bool {
    switch self {
    case .everything: true
    case .rule(let name): name.sameBytes(as: rule.name)
    case .tag(let tag): rule.tags.contains { $0.sameBytes(as: tag) }
    case .channel(let name): channel.map { $0.sameBytes(as: name) } ?? false
    }
  }

  static let members = ["rule", "tag", "channel"]

  init(_ object: JSONObject) throws(JSONError) {
    let named = Self.members.filter { object[$0] != nil }
    guard let name = named.first else {
      self = .everything
      return
    }
    guard named.count == 1 else {
      throw JSONError(.invalidValue, "expected one of rule, tag and channel", path: [.key(named[1])])
    }
    let text = try object.name(name)
    self = name == "rule" ? .rule(text) : name == "tag" ? .tag(text) : .channel(text)
  }

  func write(into writer: inout JSONWriter) {
    switch self {
    case .everything: break
    case .rule(let name): writer.field("rule", name)
    case .tag(let tag): writer.field("tag", tag)
    case .channel(let name): writer.field("channel", name)
    }
  }
}

extension GuardScope: Hashable {
  /// Whether both count the same actions, texts by bytes.
  public static func == (left: Self, right: Self) -> Bool {
    switch (left, right) {
    case (.everything, .everything): true
    case (.rule(let l), .rule(let r)), (.tag(let l), .tag(let r)), (.channel(let l), .channel(let r)):
      l.sameBytes(as: r)
    default: false
    }
  }

  /// Hashes the text.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .everything: hasher.combine(0)
    case .rule(let text), .tag(let text), .channel(let text): text.hashBytes(into: &hasher)
    }
  }
}
