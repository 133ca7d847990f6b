import Foundation
import SCRMModel
import Testing

/// Strings of the Transparency and Consent Framework with the fields they hold.
@Suite struct ConsentStringTests {
  // Published in the documentation of the format: nothing consented to.
  private static let empty = "COrVd1pOrVd1pACABCENAHCAAAAAAAAAAAiQAAAAAAAA"

  @Test func fieldsOfThePublishedExample() throws {
    let consent = try TCFConsentString(Self.empty)
    #expect(consent.cmpID == 2 && consent.cmpVersion == 1 && consent.language == "EN")
    #expect(consent.vendorListVersion == 7 && consent.policyVersion == 2)
    #expect(!consent.isServiceSpecific && consent.purposeConsents.isEmpty)
    #expect(consent.lastUpdated.description == "2019-12-10T02:01:46.500Z")
    #expect(consent.vendorConsents.isEmpty && consent.disclosedVendors == nil && consent.publisherPurposes == nil)
    #expect("\(consent)".contains("CMP 2") && !"\(consent)".contains(Self.empty))
  }

  @Test func samplesHoldTheFieldsStated() throws {
    guard let samples = try samples() else { return }
    #expect(samples.count == 8)
    for sample in samples {
      let consent = try TCFConsentString(sample.string("tc"))
      #expect(consent.cmpID == Int(try sample.int("cmpId")))
      #expect(consent.cmpVersion == Int(try sample.int("cmpVersion")))
      #expect(consent.language == (try sample.string("consentLanguage")))
      #expect(consent.vendorListVersion == Int(try sample.int("vendorListVersion")))
      #expect(consent.policyVersion == Int(try sample.int("tcfPolicyVersion")))
      #expect(consent.isServiceSpecific == (try sample.bool("isServiceSpecific")))
      #expect(consent.purposeConsents == (try numbers(sample, "purposesConsent")))
      #expect(consent.purposeLegitimateInterests == (try numbers(sample, "purposesLI")))
      #expect(consent.specialFeatures == (try numbers(sample, "specialFeatures")))
      #expect(consent.vendorConsents.ids == (try numbers(sample, "vendorConsents")))
      #expect(consent.vendorLegitimateInterests.ids == (try numbers(sample, "vendorLI")))
      #expect(consent.created.description.prefix(19) == (try sample.string("created")))
      #expect(consent.lastUpdated.description.prefix(19) == (try sample.string("lastUpdated")))
      if let country = try sample.optionalString("publisherCC") { #expect(consent.publisherCountry == country) }
      if let screen = try sample.optionalInt("consentScreen") { #expect(consent.consentScreen == Int(screen)) }
      let segments = try sample.string("tc").split(separator: ".").count
      #expect(
        (consent.disclosedVendors != nil) == (segments > 1) && (consent.publisherPurposes != nil) == (segments > 2))
    }
  }

  // There is no checksum, so a changed string may be another valid one; what is cut off is an error, or is the string
  // that ends at a segment or without its padding.
  @Test func whatIsCutOffOrChangedIsAnErrorOrAnotherString() throws {
    var strings = [Self.empty, Self.built()]
    for sample in try samples() ?? [] { strings.append(try sample.string("tc")) }
    let signs = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+ é".unicodeScalars)
    var random = InterchangeGenerator(seed: 11)
    var (refused, read) = (0, 0)
    for string in strings {
      let whole = try TCFConsentString(string)
      for length in 0..<string.utf8.count {
        guard let cut = try? TCFConsentString(String(string.utf8.prefix(length)) ?? "") else {
          refused += 1
          continue
        }
        read += 1
        #expect(cut.purposeConsents == whole.purposeConsents && cut.vendorConsents == whole.vendorConsents)
        #expect(cut.publisherRestrictions == whole.publisherRestrictions)
      }
      for _ in 0..<400 {
        var scalars = Array(string.unicodeScalars)
        for _ in 0...random.below(3) { scalars[random.below(scalars.count)] = random.pick(signs) }
        if random.chance(20) { scalars.insert(random.pick(signs), at: random.below(scalars.count)) }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        if let other = try? TCFConsentString(String(view)) {
          read += 1
          #expect(other.purposeConsents.allSatisfy { (1...24).contains($0) })
          #expect(other.vendorConsents.ranges.allSatisfy { $0.lowerBound >= 1 && $0.upperBound <= 65_535 })
        } else {
          refused += 1
        }
      }
    }
    print("consent strings: \(refused) refused, \(read) read")
    #expect(refused > 400 && read > 0)
  }

  // MARK: Segments, ranges and restrictions, from a string made bit by bit

  /// A core with a range of vendors and three restrictions, disclosed vendors and publisher purposes.
  private static func built(purposes: Set<Int> = [1, 2, 3, 4, 5, 6, 7, 8, 9], omitsPurposeOne: Bool = false) -> String {
    var core = BitWriter()
    core.write(2, 6)
    core.write(17_000_000_000, 36)
    core.write(17_000_000_010, 36)
    core.write(300, 12)
    core.write(4, 12)
    core.write(1, 6)
    core.write(25, 6)
    core.write(7, 6)
    core.write(120, 12)
    core.write(5, 6)
    core.write(1, 1)
    core.write(0, 1)
    core.write(0, 12)
    for purpose in 1...24 { core.write(purposes.contains(purpose) ? 1 : 0, 1) }
    core.write(0, 24)
    core.write(omitsPurposeOne ? 1 : 0, 1)
    core.write(3, 6)
    core.write(4, 6)
    core.writeRanges([(10, 12), (40, 40), (11, 15)], highest: 65_535)
    core.write(0, 17)
    core.write(3, 12)
    for (purpose, kind, vendor) in [(3, 0, 11), (4, 1, 12), (2, 2, 14)] {
      core.write(purpose, 6)
      core.write(kind, 2)
      core.write(1, 12)
      core.write(0, 1)
      core.write(vendor, 16)
    }
    var disclosed = BitWriter()
    disclosed.write(1, 3)
    disclosed.writeRanges([(1, 39)], highest: 39)
    var publisher = BitWriter()
    publisher.write(3, 3)
    for purpose in 1...24 { publisher.write([1, 7, 8, 9].contains(purpose) ? 1 : 0, 1) }
    publisher.write(0, 24)
    publisher.write(2, 6)
    publisher.write(0b1001, 4)
    return [core, disclosed, publisher].map(\.text).joined(separator: ".")
  }

  @Test func rangesSegmentsAndRestrictions() throws {
    let consent = try TCFConsentString(Self.built())
    #expect(consent.vendorConsents.ranges == [10...15, 40...40] && consent.vendorConsents.count == 7)
    #expect(consent.vendorConsents.contains(13) && !consent.vendorConsents.contains(16))
    #expect(consent.disclosedVendors?.count == 39)
    #expect(consent.publisherRestrictions.map(\.kind) == [.notAllowed, .consentRequired, .legitimateInterestRequired])
    #expect(consent.publisherPurposes?.customConsents == [1])
    #expect(consent.publisherPurposes?.customLegitimateInterests == [2])
    #expect(consent.language == "ZH" && consent.publisherCountry == "DE")
    #expect(throws: SCRMError.self) { try TCFConsentString(Self.built() + ".") }
    #expect(throws: SCRMError.self) { try TCFConsentString(Self.built() + Self.built()) }
    // A vendor above the highest.
    var reader = BitWriter()
    reader.write(1, 3)
    reader.writeRanges([(5, 8)], highest: 7)
    #expect(throws: SCRMError.self) { try TCFConsentString(Self.empty + "." + reader.text) }
  }

  @Test func purposesAreGrantedInTheMostCarefulReading() throws {
    func decisions(_ consent: TCFConsentString, _ party: TCFConsentString.Party) -> [String] {
      consent.statements(for: party).map { "\($0.purpose) \($0.decision.rawValue)" }
    }
    let granted = ["marketing granted", "profiling granted", "analytics granted"]
    let consent = try TCFConsentString(Self.built())
    #expect(decisions(consent, .vendor(10)) == granted)
    // Purpose 3 is forbidden to 11; 12 needs consent and has it; 14 may not rely on consent for purpose 2.
    #expect(decisions(consent, .vendor(11)) == ["marketing denied", "profiling denied", "analytics granted"])
    #expect(decisions(consent, .vendor(12)) == granted)
    #expect(decisions(consent, .vendor(14)) == ["marketing denied", "profiling granted", "analytics granted"])
    // Not consented to; consented to but never shown.
    let denied = ["marketing denied", "profiling denied", "analytics denied"]
    #expect(decisions(consent, .vendor(16)) == denied)
    #expect(decisions(consent, .vendor(40)) == denied)
    #expect(decisions(consent, .publisher) == ["marketing denied", "profiling denied", "analytics granted"])
    // Purpose 1 is needed, unless it was not asked about.
    let others: Set<Int> = [2, 3, 4, 5, 6, 7, 8, 9]
    #expect(decisions(try TCFConsentString(Self.built(purposes: others)), .vendor(10)) == denied)
    #expect(
      decisions(try TCFConsentString(Self.built(purposes: others, omitsPurposeOne: true)), .vendor(10)) == granted)
    // Nothing was said about the publisher.
    #expect(try TCFConsentString(Self.empty).statements(for: .publisher).isEmpty)
    let statement = try #require(consent.statements(for: .vendor(10)).first)
    #expect(statement.evidence == consent.text)
    #expect(statement.expires == consent.lastUpdated.advanced(by: .seconds(390 * 86_400)))
  }

  @Test func statementsDecideInTheLedger() throws {
    let consent = try TCFConsentString(Self.built())
    let account = AccountID(high: 1, low: 1)
    var ledger = ConsentLedger()
    func add(_ statements: [ConsentStatement], at time: Instant, _ id: String) {
      for statement in statements {
        ledger.add(ConsentRecord(statement: statement, account: account, time: time, event: EventKey("web", id)))
      }
    }
    add(consent.statements(for: .vendor(10)), at: consent.lastUpdated, "1")
    let soon = consent.lastUpdated.advanced(by: .seconds(60))
    #expect(ledger.decide(.profiling, channel: nil, at: soon).isAllowed)
    #expect(!ledger.decide(.sharing, channel: nil, at: soon).isAllowed)
    #expect(
      ledger.decide(.marketing, channel: nil, at: soon.advanced(by: .seconds(400 * 86_400))).basis == .noStatement)
    add(GlobalPrivacyControl.statements(header: "1"), at: soon, "2")
    let later = soon.advanced(by: .seconds(1))
    #expect(ledger.decide(.profiling, channel: nil, at: later).basis == .denied)
    #expect(ledger.decide(.automatedDecision, channel: nil, at: later).basis == .denied)
    #expect(ledger.decide(.marketing, channel: nil, at: later).isAllowed)
  }

  // MARK: Samples

  private func samples() throws -> [JSONObject]? {
    guard let url = InterchangeData.file("social/standards/tcf2_strings.jsonl") else { return nil }
    var splitter = LineSplitter()
    let lines = splitter.push(Array(try Data(contentsOf: url))) + splitter.finish()
    return try lines.map { try JSON(bytes: try $0.content.get()).objectValue() }
  }

  private func numbers(_ sample: JSONObject, _ name: String) throws -> [Int] {
    try (sample[name] ?? .array([])).arrayValue().map { Int(try $0.int64Value()) }
  }
}

/// Writes numbers bit by bit, in base64url.
private struct BitWriter {
  private var bits: [UInt8] = []

  mutating func write(_ value: Int, _ count: Int) {
    for shift in (0..<count).reversed() { bits.append(UInt8(value >> shift & 1)) }
  }

  mutating func writeRanges(_ ranges: [(Int, Int)], highest: Int) {
    write(highest, 16)
    write(1, 1)
    write(ranges.count, 12)
    for (first, last) in ranges {
      write(first == last ? 0 : 1, 1)
      write(first, 16)
      if first != last { write(last, 16) }
    }
  }

  var text: String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    var padded = bits
    while padded.count % 24 != 0 { padded.append(0) }
    return stride(from: 0, to: padded.count, by: 6).map { start in
      String(alphabet[padded[start..<(start + 6)].reduce(0) { $0 << 1 | Int($1) }])
    }.joined()
  }
}
