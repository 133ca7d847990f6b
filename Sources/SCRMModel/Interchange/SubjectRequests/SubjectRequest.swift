public import SCRMExpressions
public import StrictJSON

/// A request of a person about their data in the form of OpenDSR (formerly OpenGDPR) 2.0: erasure, access, portability.
///
/// Identities that are given as they are become ``identifiers`` to look people up by; hashed ones are ``hashed`` and have
/// to be looked up by hash; those of unknown types are ``unmapped``. Nothing is dropped: a request is answered in full
/// when all three are dealt with.
///
/// ```swift
/// let request = try SubjectRequest(json: JSON(bytes: body))
/// let subjects = request.subjects(people)  // for `Upkeep.erase` or `Upkeep.export`
/// ```
public struct SubjectRequest: Sendable, Hashable, Redacted {
  /// What is asked for.
  public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    /// Erasing the person's data.
    case erasure
    /// Seeing it.
    case access
    /// Getting it in a form that can be handed on.
    case portability
  }

  /// The id of the request.
  public var id: String
  /// What is asked for.
  public var kind: Kind
  /// The law it refers to, such as `gdpr` or `ccpa`; the set is open, and version 1 does not state it.
  public var regulation: String?
  /// When the person made it.
  public var submitted: Instant
  /// The version of the API, if it is stated.
  public var version: String?
  /// Who the person is, as stated.
  public var identities: [SubjectIdentity]
  /// Where the host reports how it stands.
  public var callbacks: [String]
  /// Further members for single processors.
  public var extensions: JSONObject

  /// The scope of customer ids of the controller: the namespace `user:SYSTEM`.
  public var system: String

  /// The identities that can be looked up as they are, as identifiers that the person states.
  public var identifiers: [Identifier] {
    identities.compactMap { identity in
      identity.format == .raw ? identity.namespace(system: system).map { Identifier($0, identity.value) } : nil
    }
  }

  /// The identities that have to be looked up by hash: the host hashes what it has and compares.
  public var hashed: [SubjectIdentity] { identities.filter { $0.format != .raw } }

  /// The identities as they are whose type is not known here; the host has to look them up by its own rule.
  public var unmapped: [SubjectIdentity] {
    identities.filter { $0.format == .raw && $0.namespace(system: system) == nil }
  }

  /// The people found for the request, as erasing and exporting want them; an empty list gives an empty request.
  ///
  /// Every id that ever redirected to a person is that of one of the person's accounts.
  public func subjects(_ people: [PersonRecord]) -> ErasureRequest {
    var ids = Set<PersonID>()
    var accounts: [AccountID: IdentifierKey] = [:]
    for person in people {
      ids.insert(person.id)
      for link in person.accounts {
        ids.insert(link.account.person)
        accounts[link.account] = link.key
      }
    }
    let ordered = accounts.sorted { $0.key < $1.key }
    return ErasureRequest(people: ids.sorted(), accounts: ordered.map(\.key), keys: ordered.map(\.value))
  }

  /// What is asked for and the number of identities.
  public var redactedDescription: String { "request for \(kind.rawValue) with \(identities.count) identities" }
}

extension SubjectRequest {
  /// Reads a request.
  ///
  /// - Parameters:
  ///   - json: the body of the request.
  ///   - system: the scope of the controller's customer ids.
  /// - Throws: `JSONError` with the path of what is missing or malformed; an unknown type of request is refused.
  public init(json: JSON, system: String = "") throws(JSONError) {
    let object = try json.objectValue()
    let identities = try Self.identities(object)
    self.init(
      id: try object.requiredForeignText("subject_request_id"), kind: try object.requiredCase("subject_request_type"),
      regulation: try object.foreignText("regulation"), submitted: try object.required("submitted_time"),
      version: try object.foreignText("api_version"), identities: identities,
      callbacks: try Self.callbacks(object), extensions: try object.optionalObject("extensions") ?? JSONObject(),
      system: system)
  }

  private static func identities(_ object: JSONObject) throws(JSONError) -> [SubjectIdentity] {
    let identities: [SubjectIdentity] = try object.array("subject_identities")
    if identities.isEmpty {
      throw JSONError(.missing, "expected at least one identity", path: [.key("subject_identities")])
    }
    return identities
  }

  private static func callbacks(_ object: JSONObject) throws(JSONError) -> [String] {
    let callbacks = try object.strings("status_callback_urls")
    for (index, url) in callbacks.enumerated() where !IRIText.isAbsolute(url) {
      throw JSONError(.invalidValue, "expected an absolute URL", path: [.key("status_callback_urls"), .index(index)])
    }
    return callbacks
  }
}
