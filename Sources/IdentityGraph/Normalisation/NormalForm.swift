/// The SDK's normal forms, one for each kind of value that people write; every one is idempotent.
///
/// Mail addresses, telephone numbers and handles go through their form without being asked. A host takes one where it wants
/// a key of its own, or chooses another form for a kind of namespace:
///
/// ```swift
/// settings.normalisers["email"] = NormalForm.mailbox
/// let name = try NormalForm.name.key(for: "Dr. Ana LÓPEZ")  // ana lopez
/// ```
public struct NormalForm: IdentifierNormalising {
  private enum Rule: Sendable {
    case email(providerRules: Bool)
    case phone(defaultCountryCode: String?)
    case handle
    case personName
    case opaque
  }

  private let rule: Rule

  /// Mail addresses: lower case, full width folded, `mailto:` and `Name <address>` understood; dots and tags stay.
  public static let email = NormalForm(rule: .email(providerRules: false))

  /// Mail addresses by the rules a provider has for its own mailboxes: of gmail.com and googlemail.com without dots and
  /// "+tag" in the local part.
  ///
  /// Google delivers all of these to one mailbox. The rules are the provider's to change and people hand out tagged
  /// addresses on purpose, so this is the host's choice.
  public static let mailbox = NormalForm(rule: .email(providerRules: true))

  /// Handles: case and width folded, "@" and the address of the profile dropped; look-alikes stay different, see
  /// ``HandleConfusables``.
  public static let handle = NormalForm(rule: .handle)

  /// Names: case, width, accents and punctuation folded, forms of address dropped, the words of a name in letters in one
  /// order, a Chinese name in its own order without spaces.
  ///
  /// A key to index names by; a name never joins people.
  public static let name = NormalForm(rule: .personName)

  /// Identifiers that only their issuer can read, byte for byte: openids, customer numbers, device ids.
  public static let opaque = NormalForm(rule: .opaque)

  /// Telephone numbers: ITU-T E.164 with "+", an extension behind it as RFC 3966 writes it: `+12125550100;ext=23`.
  ///
  /// - Parameter defaultCountryCode: the country code for numbers written without one, such as "86"; `nil` refuses them.
  public static func phone(defaultCountryCode: String?) -> NormalForm {
    NormalForm(rule: .phone(defaultCountryCode: defaultCountryCode))
  }

  /// Names the form, with what it was created with.
  public var name: String {
    switch rule {
    case .email(let providerRules): providerRules ? "mailbox" : "email"
    case .phone(let code): "phone:\(code ?? "-")"
    case .handle: "handle"
    case .personName: "name"
    case .opaque: "opaque"
    }
  }

  /// The version of its rules.
  public var version: Int {
    switch rule {
    case .email: EmailNormaliser.version
    case .phone: PhoneNormaliser.version
    case .handle: HandleNormaliser.version
    case .personName: NameNormaliser.version
    case .opaque: OpaqueNormaliser.version
    }
  }

  /// The normal form of a value as written; O(n), of a name O(n log n).
  /// - Throws: ``NormalisationError``, which names what was expected and never repeats the value.
  public func key(for raw: String) throws(NormalisationError) -> String {
    switch rule {
    case .email(let providerRules): try EmailNormaliser.key(for: raw, providerRules: providerRules)
    case .phone(let code): try PhoneNormaliser.key(for: raw, defaultCountryCode: code)
    case .handle: try HandleNormaliser.key(for: raw)
    case .personName: try NameNormaliser.key(for: raw)
    case .opaque: try OpaqueNormaliser.key(for: raw)
    }
  }
}
