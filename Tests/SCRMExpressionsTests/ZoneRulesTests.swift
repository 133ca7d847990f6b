import Foundation
import SCRMExpressions
import Testing

/// Zones against Foundation's, which reads the same database by other means, and by rules one can follow by hand.
struct ZoneRulesTests {
  private static let folder = "/usr/share/zoneinfo/"

  private func rules(_ name: String) throws -> ZoneRules? {
    guard let data = FileManager.default.contents(atPath: Self.folder + name) else {
      print("skipped: the rules of \(name), as the machine has no time zone database")
      return nil
    }
    return try ZoneRules(name, tzif: [UInt8](data))
  }

  static let names = [
    "Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Kathmandu",
    "Pacific/Apia", "Africa/Casablanca", "America/St_Johns", "Antarctica/Troll", "Etc/UTC", "Europe/Dublin",
  ]

  @Test(arguments: names)
  func offsetsAreThoseOfFoundation(name: String) throws {
    guard let zone = try rules(name), let oracle = TimeZone(identifier: name) else { return }
    // Every 41 hours from 1970 to 2060, a step that meets all hours of the day and both sides of changes.
    for second in stride(from: Int64(0), to: 2_840_140_800, by: 147_600) {
      let expected = oracle.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(second)))
      let instant = try #require(Instant(secondsSinceEpoch: second))
      #expect(Int(zone.offset(at: instant)) == expected, "\(name) at \(instant)")
    }
  }

  @Test(arguments: names)
  func aDayStartsWhereTheOneBeforeEnds(name: String) throws {
    guard let zone = try rules(name) else { return }
    for day in stride(from: Int32(10_000), to: 24_000, by: 3) {
      let start = zone.start(ofDay: day)
      #expect(zone.day(of: start) >= day)
      let before = try #require(Instant(secondsSinceEpoch: start.secondsSinceEpoch - 1))
      #expect(zone.day(of: before) < day, "\(name) \(day)")
    }
  }

  @Test
  func aFixedOffsetNeedsNoFile() throws {
    let zone = ZoneRules("Beijing", offset: 8 * 3_600)
    let late = try Instant(rfc3339: "2024-05-01T17:00:00Z")
    #expect(zone.day(of: late) == late.utcDay + 1)
    #expect(zone.start(ofDay: zone.day(of: late)).description == "2024-05-01T16:00:00Z")
    #expect(ZoneRules.utc.day(of: late) == late.utcDay)
    #expect(ZoneRules("far", offset: .max).offset(at: late) == 86_399)
  }

  @Test
  func everyCutOfAFileIsAnError() throws {
    guard let data = FileManager.default.contents(atPath: Self.folder + "Europe/Berlin") else { return }
    let bytes = [UInt8](data)
    for length in 0..<bytes.count {
      #expect(throws: ZoneError.self) { try ZoneRules("cut", tzif: Array(bytes[..<length])) }
    }
    for place in stride(from: 0, to: bytes.count, by: 3) {
      var changed = bytes
      changed[place] ^= 0xFF
      // It may still be readable; it must not trap.
      _ = try? ZoneRules("changed", tzif: changed).offset(at: .distantFuture)
    }
  }
}
