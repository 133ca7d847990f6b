import SCRMExpressions

/// The types and sources under which the SDK's own values travel as events.
///
/// With the prefix `socialcrm`: `socialcrm.interaction.v1`, `socialcrm.action.v1` and `socialcrm.segment-change.v1`, from
/// `/socialcrm/sources/…`, `/socialcrm/rules/…` and `/socialcrm/segments/…`. The standard advises a domain name in reverse
/// as the prefix, so give yours, such as `com.example.crm`.
public struct CloudEventNames: Sendable, Hashable {
  /// What types begin with: letters, digits, points and hyphens.
  public let prefix: String

  /// Names with the prefix `socialcrm`.
  public static let standard = CloudEventNames()

  private init() { prefix = "socialcrm" }

  /// Names with a prefix of letters, digits, points and hyphens; `nil` for any other.
  public init?(prefix: String) {
    let isValid = prefix.utf8.allSatisfy { byte in
      (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == 0x2E || byte == 0x2D
    }
    guard isValid, !prefix.isEmpty else { return nil }
    self.prefix = prefix
  }

  /// The type of an interaction; its data is the JSON form of ``Interaction``.
  public var interaction: String { prefix + ".interaction.v1" }
  /// The type of a proposed action; its data is the JSON form of ``ProposedAction``.
  public var action: String { prefix + ".action.v1" }
  /// The type of a segment change.
  public var segmentChange: String { prefix + ".segment-change.v1" }

  /// The source of what comes from `name`: the prefix, the kind of origin and the name, percent-encoded.
  func source(_ kind: String, _ name: String) -> String {
    "/" + prefix + "/" + kind + "/" + IRIText.percentEncoded(name)
  }
}
