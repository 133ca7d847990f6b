public import StrictJSON

/// The namespace of an identifier: its kind and, where the platform scopes ids, the scope.
///
/// A WeChat openid means nothing outside its app, so two openids of different apps never match; a unionid is the same
/// across the apps of one open-platform account.
public struct IdentifierNamespace: Sendable, Hashable, Comparable {
  /// The kind, such as `email` or `wechat.openid`; lower-case by convention.
  public let kind: String
  /// What the ids are unique within, such as an app id; empty when they are unique in the kind.
  public let scope: String

  /// Creates a host-defined namespace; what follows a colon in the kind belongs to the scope.
  public init(_ kind: String, scope: String = "") {
    // By bytes, as a combining mark after the colon would hide it from a search by characters.
    guard let colon = kind.utf8.firstIndex(of: 0x3A) else {
      self.kind = kind
      self.scope = scope
      return
    }
    let rest = kind[kind.utf8.index(after: colon)...]
    self.kind = String(kind[..<colon])
    self.scope = scope.isEmpty ? String(rest) : rest + ":" + scope
  }

  /// An e-mail address.
  public static let email = IdentifierNamespace("email")
  /// A telephone number, normalised to E.164.
  public static let phone = IdentifierNamespace("phone")
  /// A WeChat user of one app.
  public static func wechatOpenID(app: String) -> IdentifierNamespace { .init("wechat.openid", scope: app) }
  /// A WeChat user across the apps of one open-platform account.
  public static func wechatUnionID(account: String = "") -> IdentifierNamespace {
    .init("wechat.unionid", scope: account)
  }
  /// A customer of a corporation in WeCom (external_userid).
  public static func weComExternalUser(corporation: String) -> IdentifierNamespace {
    .init("wecom.external", scope: corporation)
  }
  /// An employee of a corporation in WeCom (userid).
  public static func weComUser(corporation: String) -> IdentifierNamespace { .init("wecom.user", scope: corporation) }
  /// A Weibo user id.
  public static let weibo = IdentifierNamespace("weibo.uid")
  /// A public handle on a platform, such as `twitter`.
  public static func handle(_ platform: String) -> IdentifierNamespace { .init("handle", scope: platform) }
  /// A user id given by a system of the host.
  public static func user(_ system: String = "") -> IdentifierNamespace { .init("user", scope: system) }
  /// An anonymous visitor id of a tracking library.
  public static func anonymous(_ system: String = "") -> IdentifierNamespace { .init("anonymous", scope: system) }
  /// A device or advertising id.
  public static let device = IdentifierNamespace("device")
  /// A loyalty or membership number of a programme.
  public static func loyalty(_ programme: String = "") -> IdentifierNamespace { .init("loyalty", scope: programme) }

  /// Whether `left` comes first: by kind, then scope, in byte order.
  public static func < (left: Self, right: Self) -> Bool {
    left.kind.sameBytes(as: right.kind)
      ? left.scope.byteOrder(right.scope) == .ascending : left.kind.byteOrder(right.kind) == .ascending
  }

  /// Whether kind and scope have the same bytes.
  public static func == (left: Self, right: Self) -> Bool {
    left.kind.sameBytes(as: right.kind) && left.scope.sameBytes(as: right.scope)
  }

  /// Hashes the bytes of kind and scope.
  public func hash(into hasher: inout Hasher) {
    kind.hashBytes(into: &hasher)
    scope.hashBytes(into: &hasher)
  }
}

extension IdentifierNamespace: CustomStringConvertible, JSONCodable {
  /// `kind` or `kind:scope`.
  public var description: String { scope.isEmpty ? kind : kind + ":" + scope }

  /// Reads `kind` or `kind:scope`.
  public init(json: JSON) throws(JSONError) { self.init(text: try json.stringValue()) }

  /// Reads `kind` or `kind:scope`; the scope may hold further colons.
  public init(text: String) { self.init(text) }

  /// Writes `kind` or `kind:scope`.
  public func write(to writer: inout JSONWriter) { writer.string(description) }
}
