import Foundation
import SocialCRM

/// A file of rules with what it needs of the machine: the rules of its time zones.
struct RuleFile: Sendable {
  let path: String
  let document: RuleDocument
  let zones: [ZoneRules]

  /// - Throws: ``CommandFailure`` that names the file, the member and what was expected.
  init(_ path: String) throws {
    self.path = path
    let json = try Self.json(path)
    do throws(JSONError) { document = try RuleDocument(json: json) } catch { throw CommandFailure("\(path): \(error)") }
    zones = try ZoneFiles.rules(of: document, in: path)
  }

  /// The compiled book.
  /// - Throws: ``CommandFailure`` for the first rule that cannot be compiled.
  func book() throws -> RuleBook {
    do { return try document.book(zones: zones) } catch { throw CommandFailure("\(path): \(error)") }
  }

  /// A whole document.
  /// - Throws: ``CommandFailure``.
  static func json(_ path: String) throws -> JSON {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw CommandFailure("\(path): the file cannot be read")
    }
    do throws(JSONError) { return try JSON(bytes: [UInt8](data)) } catch { throw CommandFailure("\(path): \(error)") }
  }
}

extension RunSettings {
  /// The settings of a file, or of none.
  init(optional file: String?) throws {
    if let file {
      self = try RunSettings(file: file)
    } else {
      self = try RunSettings(json: .object(JSONObject()), file: "the configuration")
    }
  }

  /// The loop with a book in place of the rules of the settings.
  func loopConfiguration(with book: RuleBook) throws -> SocialCRM.Configuration {
    var configuration = try loopConfiguration()
    configuration.rules = book
    return configuration
  }
}
