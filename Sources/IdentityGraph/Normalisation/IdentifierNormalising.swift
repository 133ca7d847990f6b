/// A host's own normal form of the identifiers of one kind of namespace.
///
/// It must be idempotent — the normal form of a key is the key — and give the same in every process. Its name and version
/// are part of the configuration; raise the version when the form changes, since stored keys of another version are to be
/// made again.
///
/// ```swift
/// struct CardNumbers: IdentifierNormalising {
///   let name = "club-cards"
///   let version = 1
///   func key(for raw: String) throws(NormalisationError) -> String { raw.uppercased().filter { $0 != " " } }
/// }
/// settings.normalisers["loyalty"] = CardNumbers()
/// ```
public protocol IdentifierNormalising: Sendable {
  /// Names the form.
  var name: String { get }
  /// The version of its rules.
  var version: Int { get }
  /// The normal form of a value as written, which is not empty and holds no U+0000.
  /// - Throws: ``NormalisationError`` when it is no identifier of the kind; without the value.
  func key(for raw: String) throws(NormalisationError) -> String
}

extension [String: any IdentifierNormalising] {
  /// Kinds, names and versions in byte order: part of a stage's fingerprint.
  var fingerprint: String {
    sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      .map { "\($0.key)=\($0.value.name)/\($0.value.version)" }.joined(separator: ",")
  }
}
