import SCRMExpressions

extension TCFConsentString {
  /// Reads a string.
  /// - Throws: ``SCRMError`` that names the segment and the field; never quotes the string.
  public init(_ text: String) throws(SCRMError) {
    let segments = text.split(separator: ".", omittingEmptySubsequences: false)
    guard let first = segments.first, segments.count <= 4 else {
      throw SCRMError(.invalidValue, subject: "tcf", "expected one to four segments")
    }
    var reader = try TCFBitReader(first, segment: "core")
    guard try reader.number(6, "version") == 2 else {
      throw SCRMError(.invalidValue, subject: "tcf.core.version", "expected version 2")
    }
    self.text = text
    created = try reader.time("created")
    lastUpdated = try reader.time("lastUpdated")
    cmpID = try reader.number(12, "cmpId")
    cmpVersion = try reader.number(12, "cmpVersion")
    consentScreen = try reader.number(6, "consentScreen")
    language = try reader.letters("consentLanguage")
    vendorListVersion = try reader.number(12, "vendorListVersion")
    policyVersion = try reader.number(6, "tcfPolicyVersion")
    isServiceSpecific = try reader.bit("isServiceSpecific")
    usesNonStandardTexts = try reader.bit("useNonStandardTexts")
    specialFeatures = try reader.positions(12, "specialFeatureOptIns")
    purposeConsents = try reader.positions(24, "purposesConsent")
    purposeLegitimateInterests = try reader.positions(24, "purposesLITransparency")
    omitsPurposeOne = try reader.bit("purposeOneTreatment")
    publisherCountry = try reader.letters("publisherCC")
    vendorConsents = try reader.vendors("vendorConsents")
    vendorLegitimateInterests = try reader.vendors("vendorLegitimateInterests")
    publisherRestrictions = try reader.restrictions()
    try reader.finish()
    let optional = try OptionalSegments(segments.dropFirst())
    disclosedVendors = optional.disclosed
    allowedVendors = optional.allowed
    publisherPurposes = optional.publisher
  }

  private struct OptionalSegments {
    var disclosed: TCFVendors?
    var allowed: TCFVendors?
    var publisher: TCFPublisherPurposes?

    init(_ segments: ArraySlice<Substring>) throws(SCRMError) {
      for segment in segments {
        var reader = try TCFBitReader(segment, segment: "optional")
        switch try reader.number(3, "segmentType") {
        case 1 where disclosed == nil: disclosed = try reader.vendors("disclosedVendors")
        case 2 where allowed == nil: allowed = try reader.vendors("allowedVendors")
        case 3 where publisher == nil: publisher = try reader.publisherPurposes()
        default:
          throw SCRMError(
            .invalidValue, subject: "tcf.optional.segmentType",
            "expected disclosed vendors, allowed vendors or publisher purposes, each once")
        }
        try reader.finish()
      }
    }
  }
}

extension TCFBitReader {
  /// A time in tenths of seconds since 1970.
  fileprivate mutating func time(_ field: String) throws(SCRMError) -> Instant {
    guard let time = Instant(millisecondsSinceEpoch: Int64(try number(36, field)) * 100) else {
      throw SCRMError(.timeOutOfRange, subject: "tcf.\(segment).\(field)", "expected a time of the years 1970 to 9999")
    }
    return time
  }

  fileprivate mutating func restrictions() throws(SCRMError) -> [TCFPublisherRestriction] {
    var restrictions: [TCFPublisherRestriction] = []
    for _ in 0..<(try number(12, "numPubRestrictions")) {
      let purpose = try number(6, "publisherRestrictions")
      guard (1...24).contains(purpose),
        let kind = TCFPublisherRestriction.Kind(rawValue: try number(2, "publisherRestrictions"))
      else {
        throw SCRMError(
          .invalidValue, subject: "tcf.\(segment).publisherRestrictions", "expected a purpose 1 to 24 and a type 0 to 2"
        )
      }
      restrictions.append(
        TCFPublisherRestriction(
          purpose: purpose, kind: kind, vendors: try ranges("publisherRestrictions", highest: 65_535)))
    }
    return restrictions
  }

  fileprivate mutating func publisherPurposes() throws(SCRMError) -> TCFPublisherPurposes {
    let consents = try positions(24, "pubPurposesConsent")
    let interests = try positions(24, "pubPurposesLITransparency")
    let count = try number(6, "numCustomPurposes")
    return TCFPublisherPurposes(
      consents: consents, legitimateInterests: interests,
      customConsents: try positions(count, "customPurposesConsent"),
      customLegitimateInterests: try positions(count, "customPurposesLITransparency"))
  }
}
