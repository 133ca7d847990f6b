import SCRMExpressions

extension TCFConsentString {
  /// Whose choices are asked for.
  public enum Party: Sendable, Hashable {
    /// A vendor of the Global Vendor List, by its number.
    case vendor(Int)
    /// The publisher itself.
    case publisher
  }

  /// The TCF purposes that must all be consented to for a purpose of the SDK, besides purpose 1.
  ///
  /// - `marketing`: 2 (select advertising with limited data), 3 (create advertising profiles), 4 (use them).
  /// - `profiling`: 3 and 4, 5 (create content profiles), 6 (use them).
  /// - `analytics`: 7 (measure advertising), 8 (measure content), 9 (statistics about audiences).
  ///
  /// No TCF purpose is consent to handing data over, to decisions without a human or to service: nothing is stated about
  /// these.
  public static let requiredPurposes: [(purpose: Purpose, required: [Int])] = [
    (.marketing, [2, 3, 4]), (.profiling, [3, 4, 5, 6]), (.analytics, [7, 8, 9]),
  ]

  /// The purposes a party may rely on consent for.
  ///
  /// For a vendor: the purposes consented to, if the vendor was consented to (and shown, where the string lists those
  /// shown), without those the publisher forbids or wants based on legitimate interest. For the publisher: those of the
  /// publisher's segment; `nil` without it, as then nothing was said about the publisher.
  public func consents(for party: Party) -> [Int]? {
    switch party {
    case .publisher: return publisherPurposes?.consents
    case .vendor(let vendor):
      guard vendorConsents.contains(vendor), disclosedVendors?.contains(vendor) ?? true else { return [] }
      return purposeConsents.filter { purpose in
        !publisherRestrictions.contains { restriction in
          restriction.purpose == purpose && restriction.kind != .consentRequired
            && restriction.vendors.contains(vendor)
        }
      }
    }
  }

  /// The choices as statements for the consent ledger, in the most careful reading.
  ///
  /// A purpose is granted only if every TCF purpose in ``requiredPurposes`` was consented to, and purpose 1 (storing on
  /// and reading from the device) unless it was not asked about; otherwise it is denied. Legitimate interest is no consent
  /// and counts for nothing. The evidence is the string. Take ``lastUpdated`` as the time of the statements.
  /// - Parameters:
  ///   - party: whose choices are asked for.
  ///   - validity: how long a grant counts after ``lastUpdated``; by default 390 days, since the policy wants consent
  ///     asked for again after 13 months at the latest. A refusal does not run out.
  public func statements(
    for party: Party, validity: Duration = .seconds(390 * 86_400)
  ) -> [ConsentStatement] {
    guard let consents = consents(for: party) else { return [] }
    let mayUseDevice = omitsPurposeOne || consents.contains(1)
    return Self.requiredPurposes.map { entry in
      let isGranted = mayUseDevice && entry.required.allSatisfy(consents.contains)
      return ConsentStatement(
        isGranted ? .granted : .denied, entry.purpose, evidence: text,
        expires: isGranted ? lastUpdated.advanced(by: validity) : nil)
    }
  }
}
