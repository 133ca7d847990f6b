/// A place where a brand and people meet, such as a WeChat official account or a shop.
public struct Channel: Sendable, Hashable, Codable {
  /// The id used in `InteractionContext.channel` and in consent, such as `weibo`; compared by bytes.
  public var id: String
  /// The name to show.
  public var name: DisplayName
  /// What the platform is to the brand.
  public var platformClass: PlatformClass
  /// The identifiers under which the channel knows people.
  public var identifiers: [SpokenNamespace]

  /// Creates a channel.
  public init(id: String, name: DisplayName, platformClass: PlatformClass, identifiers: [SpokenNamespace] = []) {
    self.id = id
    self.name = name
    self.platformClass = platformClass
    self.identifiers = identifiers
  }

  /// Whether the channel knows people by identifiers of this namespace, with the scope its rule requires.
  public func speaks(_ namespace: IdentifierNamespace) -> Bool {
    identifiers.contains { $0.admits(namespace) }
  }
}

/// A kind of identifier a channel uses, with the rule for its scope.
///
/// The rule tells what two equal values mean: an openid is unique within one app only, a unionid within the apps of one
/// open-platform account, an external user id within one corporation.
public struct SpokenNamespace: Sendable, Hashable, Codable {
  /// What the values are unique within.
  public enum Uniqueness: String, Sendable, Hashable, Codable, CaseIterable {
    /// The kind itself; there is no scope.
    case kind
    /// One platform; the scope is its name, given in ``SpokenNamespace/platform``.
    case platform
    /// One app; the scope is required.
    case app
    /// One open-platform account; the scope may be empty when the host has only one.
    case account
    /// One corporation; the scope is required.
    case corporation
    /// One system of the host; the scope may be empty when there is only one.
    case system
  }

  /// The kind of the namespace, such as `wechat.openid`.
  public var kind: String
  /// What the values are unique within.
  public var uniqueness: Uniqueness
  /// The scope of a namespace that is unique per platform.
  public var platform: String?

  /// Creates a rule.
  public init(_ kind: String, uniqueIn uniqueness: Uniqueness, platform: String? = nil) {
    self.kind = kind
    self.uniqueness = uniqueness
    self.platform = platform
  }

  /// Whether a namespace is of this kind and has a scope as required.
  public func admits(_ namespace: IdentifierNamespace) -> Bool {
    guard namespace.kind.sameBytes(as: kind) else { return false }
    return switch uniqueness {
    case .kind: namespace.scope.isEmpty
    case .platform: namespace.scope.sameBytes(as: platform ?? "")
    case .app, .corporation: !namespace.scope.isEmpty
    case .account, .system: true
    }
  }
}

extension SpokenNamespace {
  /// An e-mail address.
  public static let email = SpokenNamespace("email", uniqueIn: .kind)
  /// A telephone number.
  public static let phone = SpokenNamespace("phone", uniqueIn: .kind)
  /// A device or advertising id.
  public static let device = SpokenNamespace("device", uniqueIn: .kind)
  /// A WeChat openid: never the same person's across apps.
  public static let wechatOpenID = SpokenNamespace("wechat.openid", uniqueIn: .app)
  /// A WeChat unionid: the same across the apps of one open-platform account.
  public static let wechatUnionID = SpokenNamespace("wechat.unionid", uniqueIn: .account)
  /// A customer of a corporation in WeCom.
  public static let weComExternalUser = SpokenNamespace("wecom.external", uniqueIn: .corporation)
  /// An employee of a corporation in WeCom.
  public static let weComUser = SpokenNamespace("wecom.user", uniqueIn: .corporation)
  /// A Weibo user id.
  public static let weibo = SpokenNamespace("weibo.uid", uniqueIn: .kind)
  /// A public handle on a platform.
  public static func handle(_ platform: String) -> SpokenNamespace {
    SpokenNamespace("handle", uniqueIn: .platform, platform: platform)
  }
  /// A user id that is the same for everyone who asks the platform, as in ``IdentifierNamespace/user(_:)`` with its name.
  public static func platformUser(_ platform: String) -> SpokenNamespace {
    SpokenNamespace("user", uniqueIn: .platform, platform: platform)
  }
  /// A user id a platform gives out per app (openid, app-scoped id): never the same person's across apps.
  public static func appUser(_ platform: String) -> SpokenNamespace {
    SpokenNamespace(platform + ".openid", uniqueIn: .app)
  }
  /// A user id given by a system of the host.
  public static let user = SpokenNamespace("user", uniqueIn: .system)
  /// An anonymous visitor id of a tracking library.
  public static let anonymous = SpokenNamespace("anonymous", uniqueIn: .system)
  /// A loyalty or membership number.
  public static let loyalty = SpokenNamespace("loyalty", uniqueIn: .system)
}
