import Foundation
import SocialCRM

/// The settings of `scrm stitch --records`; `Documentation/CommandLine.md` is their schema.
struct StitchSettings {
  /// A column that holds an identifier.
  struct IdentifierColumn {
    let column: String
    let namespace: IdentifierNamespace
    let assertion: Identifier.Assertion
  }

  let source: SourceID
  let sourceColumn: String?
  let timeColumn: String?
  let identifiers: [IdentifierColumn]
  let descriptors: [(column: String, kind: IdentityDescriptor.Kind)]
  let defaultCountryCode: String?
  let idKey: [UInt8]
  let policy: IdentityPolicy

  /// Reads a file.
  /// - Throws: ``CommandFailure`` that names the file, the member and what was expected.
  init(file: String) throws {
    guard let data = try? Data(contentsOf: URL(fileURLWithPath: file)) else {
      throw CommandFailure("\(file): the settings cannot be read")
    }
    do throws(JSONError) { try self.init(json: try JSON(bytes: [UInt8](data))) } catch {
      throw CommandFailure("\(file): \(error)")
    }
  }

  init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    try object.expect(
      "source", "sourceColumn", "timeColumn", "identifiers", "name", "birthDate", "place", "defaultCountryCode",
      "idKey",
      "policy")
    source = try object.optional("source") ?? SourceID("input")
    sourceColumn = try object.optionalString("sourceColumn")
    timeColumn = try object.optionalString("timeColumn")
    identifiers = try object.list("identifiers") { (json) throws(JSONError) in
      let object = try json.objectValue()
      try object.expect("column", "namespace", "assertion")
      return IdentifierColumn(
        column: try object.name("column"), namespace: IdentifierNamespace(try object.name("namespace")),
        assertion: try object.optionalChoice("assertion", of: Identifier.Assertion.self) ?? .claimed)
    }
    guard !identifiers.isEmpty else {
      throw JSONError(.invalidValue, "expected at least one column", path: [.key("identifiers")])
    }
    var descriptors: [(column: String, kind: IdentityDescriptor.Kind)] = []
    if let name = try object.optionalString("name") { descriptors.append((name, .name)) }
    if let date = try object.optionalString("birthDate") { descriptors.append((date, .birthDate)) }
    if let place = try object.optionalString("place") { descriptors.append((place, .place)) }
    self.descriptors = descriptors
    defaultCountryCode = try object.optionalCountryCode("defaultCountryCode")
    idKey = Array((try object.optionalString("idKey") ?? "SocialCRM").utf8)
    policy =
      try object.optional("policy") { (json) throws(JSONError) in try IdentityPolicy(settings: json) }
      ?? IdentityPolicy()
  }
}
