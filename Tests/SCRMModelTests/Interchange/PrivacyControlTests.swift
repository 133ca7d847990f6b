import Foundation
import SCRMModel
import Testing

/// Global Privacy Control and requests of people about their data.
@Suite struct PrivacyControlTests {
  @Test(arguments: [
    ("1", true), (" 1\t", true), ("0", false), ("", false), ("true", false), ("11", false), ("1;a=b", false),
    ("１", false),
  ])
  func onlyOneIsASignal(value: String, isRefusal: Bool) {
    #expect(GlobalPrivacyControl.isRefusal(header: value) == isRefusal)
    #expect(GlobalPrivacyControl.statements(header: value).count == (isRefusal ? 3 : 0))
  }

  @Test func noHeaderSaysNothing() {
    #expect(GlobalPrivacyControl.statements(header: nil).isEmpty)
    #expect(GlobalPrivacyControl.statements(header: "1").allSatisfy { $0.decision == .denied && $0.expires == nil })
  }

  @Test func theWellKnownResource() throws {
    let support = try GPCSupport(json: JSON(text: #"{"gpc": true, "lastUpdate": "2026-01-15", "version": 1}"#))
    #expect(support == GPCSupport(isHonoured: true, lastUpdate: CivilDate(year: 2026, month: 1, day: 15)))
    #expect(support.jsonText == #"{"gpc":true,"lastUpdate":"2026-01-15"}"#)
    #expect(try GPCSupport(json: JSON(text: "{}")) == GPCSupport(isHonoured: nil))
    let dated = try GPCSupport(json: JSON(text: #"{"lastUpdate":"2026-01-15T23:30:00-02:00"}"#))
    #expect(dated.lastUpdate?.day == 15)
    for bad in [#"{"gpc":"yes"}"#, #"{"lastUpdate":"2026-13-01"}"#, #"{"lastUpdate":"2026-01-15T"}"#, "[]"] {
      #expect(throws: JSONError.self) { try GPCSupport(json: JSON(text: bad)) }
    }
  }

  // MARK: OpenDSR

  private static let sha256 = "71d4f55f72fa128dfb468a1a3901507c804b74316488744d769d7f4b16696476"

  private static let request = """
    {"regulation":"ccpa","subject_request_id":"r-1","subject_request_type":"erasure","submitted_time":"2026-10-02T15:00:00Z",
     "subject_identities":[
      {"identity_type":"email","identity_value":"ann@example.org","identity_format":"raw"},
      {"identity_type":"email","identity_value":"\(sha256)","identity_format":"sha256"},
      {"identity_type":"controller_customer_id","identity_value":"77","identity_format":"raw"},
      {"identity_type":"ios_advertising_id","identity_value":"d41d8cd98f00b204e9800998ecf8427e","identity_format":"md5"},
      {"identity_type":"fax","identity_value":"5","identity_format":"raw"}],
     "api_version":"2.0","status_callback_urls":["https://controller.example/cb"],"extensions":{"p":{"k":1}}}
    """

  @Test func identitiesAreToldApart() throws {
    let request = try SubjectRequest(json: JSON(text: Self.request), system: "shop")
    #expect(request.kind == .erasure && request.id == "r-1" && request.regulation == "ccpa")
    #expect(request.identifiers == [Identifier(.email, "ann@example.org"), Identifier(.user("shop"), "77")])
    #expect(request.hashed.map(\.format) == [.sha256, .md5])
    #expect(request.unmapped.map(\.type) == ["fax"])
    #expect(request.identifiers.count + request.hashed.count + request.unmapped.count == request.identities.count)
    // printf ann@example.com | sha256sum
    #expect(request.hashed[0].isHash(of: "ann@example.com") == true)
    #expect(request.hashed[0].isHash(of: "ann@example.org") == false)
    #expect(request.hashed[1].isHash(of: "x") == nil)
    #expect(request.extensions["p"] != nil && request.callbacks == ["https://controller.example/cb"])
    #expect(!"\(request) \(request.identities)".contains("ann@"))
  }

  @Test func theSubjectsOfARequestNameAllTheirAccounts() throws {
    let (one, two) = (AccountID(high: 0, low: 1), AccountID(high: 0, low: 2))
    var person = PersonRecord(id: two.person)
    person.accounts = [one, two].map { account in
      AccountLink(
        account: account, key: IdentifierKey(.email, key: "\(account.low)"), rawValue: "\(account.low)",
        normaliserVersion: 1, assertion: .claimed, firstSeen: .testNow, firstEvent: EventKey("s", "1"))
    }
    let request = try SubjectRequest(json: JSON(text: Self.request))
    let subjects = request.subjects([person, person])
    #expect(subjects.people == [one.person, two.person] && subjects.accounts == [one, two])
    #expect(subjects.keys.map(\.key) == ["1", "2"])
    #expect(request.subjects([]) == ErasureRequest(people: [], accounts: [], keys: []))
  }

  @Test(arguments: [
    (#""subject_request_type":"erasure""#, #""subject_request_type":"rectification""#, "$.subject_request_type"),
    (#""subject_request_id":"r-1","#, "", "$.subject_request_id"),
    ("2026-10-02T15:00:00Z", "yesterday", "$.submitted_time"),
    ("\"identity_format\":\"md5\"", "\"identity_format\":\"sha1\"", "$.subject_identities[3].identity_value"),
    ("\"identity_format\":\"md5\"", "\"identity_format\":\"crc\"", "$.subject_identities[3].identity_format"),
    ("https://controller.example/cb", "cb", "$.status_callback_urls[0]"),
    ("ann@example.org", "", "$.subject_identities[0].identity_value"),
  ])
  func malformedRequestsAreRefused(part: String, other: String, path: String) throws {
    let text = Self.request.replacingOccurrences(of: part, with: other)
    #expect(text != Self.request)
    do {
      _ = try SubjectRequest(json: JSON(text: text))
      Issue.record("read")
    } catch { #expect("\(error)".hasPrefix(path + ":"), "\(error)") }
  }

  @Test func withoutIdentitiesThereIsNobody() throws {
    let text =
      #"{"regulation":"gdpr","subject_request_id":"1","subject_request_type":"access","#
      + #""submitted_time":"2026-10-02T15:00:00Z","subject_identities":[]}"#
    #expect(throws: JSONError.self) { try SubjectRequest(json: JSON(text: text)) }
  }

  @Test func payloadsOfTheDataFolder() throws {
    for (name, kind) in [("erasure", SubjectRequest.Kind.erasure), ("portability", .portability)] {
      guard let url = InterchangeData.file("social/platform_payloads/opendsr_\(name)_request.json") else { return }
      let request = try SubjectRequest(json: JSON(bytes: Array(Data(contentsOf: url))))
      #expect(request.kind == kind && request.version == "2.0" && request.regulation == "gdpr")
      #expect(request.identifiers == [Identifier(.email, "person@example.com")])
      #expect(request.submitted.description == "2026-10-02T15:00:00Z")
    }
    guard let url = InterchangeData.file("social/platform_payloads/gpc_well_known.json") else { return }
    let support = try GPCSupport(json: JSON(bytes: Array(Data(contentsOf: url))))
    #expect(support == GPCSupport(isHonoured: true, lastUpdate: CivilDate(year: 2026, month: 1, day: 15)))
  }
}
