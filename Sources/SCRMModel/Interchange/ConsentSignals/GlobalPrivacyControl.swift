/// Global Privacy Control (W3C Privacy Working Group): a browser's request not to sell or share the user's data.
public enum GlobalPrivacyControl {
  /// The name of the request header.
  public static let header = "Sec-GPC"

  /// Whether a value of the header expresses the preference.
  ///
  /// Only `1` does. No header, or any other value, says nothing: it is neither consent nor refusal.
  public static func isRefusal(header value: String?) -> Bool {
    guard let value else { return false }
    var bytes = Array(value.utf8)[...]
    while let first = bytes.first, first == 0x20 || first == 0x09 { bytes.removeFirst() }
    while let last = bytes.last, last == 0x20 || last == 0x09 { bytes.removeLast() }
    return Array(bytes) == [0x31]
  }

  /// The purposes that are refused: handing data over, building a profile, and decisions without a human.
  public static let refusedPurposes: [Purpose] = [.sharing, .profiling, .automatedDecision]

  /// The statements for the consent ledger; empty when the header says nothing.
  ///
  /// A refusal does not run out; it is withdrawn by a later grant only.
  public static func statements(header value: String?) -> [ConsentStatement] {
    guard isRefusal(header: value) else { return [] }
    return refusedPurposes.map { ConsentStatement(.denied, $0, evidence: "Sec-GPC: 1") }
  }
}
