import Foundation
import SocialCRM

/// The time zones of the system.
enum ZoneFiles {
  private static let folder = "/usr/share/zoneinfo/"

  /// The rules of a zone by its IANA name; `nil` when there is none.
  static func rules(_ name: String) -> ZoneRules? {
    // A name is a path below the folder and nowhere else.
    guard !name.split(separator: "/").contains(".."), !name.hasPrefix("/"),
      let data = FileManager.default.contents(atPath: folder + name)
    else { return nil }
    return try? ZoneRules(name, tzif: [UInt8](data))
  }

  /// The rules of the zones that a file of rules names.
  /// - Throws: ``CommandFailure`` for a name that is none.
  static func rules(of document: RuleDocument, in file: String) throws(CommandFailure) -> [ZoneRules] {
    var zones: [ZoneRules] = []
    for name in document.zones {
      guard let zone = rules(name) else {
        throw CommandFailure("\(file): $.zones: there is no time zone \(name), expected a name such as Asia/Shanghai")
      }
      zones.append(zone)
    }
    return zones
  }
}
