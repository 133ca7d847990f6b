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
}
