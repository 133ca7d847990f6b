import SCRMModel
import Testing

@Suite struct IndustryProfileTests {
  @Test(arguments: Industry.named)
  func everyNamedIndustryHasAUsableProfile(industry: Industry) throws {
    let profile = IndustryProfile.standard(for: industry)
    #expect(profile.industry == industry)
    #expect(profile.relevance(of: PlatformClass.own) == .required)
    #expect(profile.relevance(of: PlatformClass.social) == .required)
    for platformClass in PlatformClass.allCases { #expect(profile.platformClasses[platformClass] != nil) }
    let groups = profile.attributeGroups
    #expect(!groups.required.isEmpty && !groups.irrelevant.isEmpty)
    #expect((groups.required + groups.useful + groups.irrelevant).sorted() == AttributeGroup.named.sorted())
    #expect(industry.displayName.zh != industry.rawValue && industry.displayName.en != industry.rawValue)
    try expectRoundTrip(profile)
  }

  @Test func thereAreTenNamedIndustries() {
    #expect(Set(Industry.named).count == 10)
    for group in AttributeGroup.named { #expect(group.displayName.zh != group.rawValue) }
    #expect(AttributeGroup("shoe_size").displayName.en == "shoe_size")
  }

  @Test func financeWantsEducationJobIncomeAndMarriageButNotTaste() {
    let finance = IndustryProfile.standard(for: .finance)
    #expect(finance.attributeGroups.required == [.education, .income, .marriage, .occupation])
    #expect(finance.relevance(of: AttributeGroup.taste) == .irrelevant)
    #expect(AttributeCatalogue.standard["music"] == .taste)
  }

  @Test func anUnknownIndustryWantsOwnAndSocialPlatformsAndEverything() {
    let profile = IndustryProfile.standard(for: "space_travel")
    #expect(profile.platformClasses.required == [.own, .social])
    #expect(profile.relevance(of: PlatformClass.partner) == .irrelevant)
    #expect(profile.relevance(of: AttributeGroup.taste) == .useful)
  }

  @Test func aSubjectHasOneRelevance() throws {
    var lists = Relevances<AttributeGroup>(
      required: [.income, .income], useful: [.income, .taste], irrelevant: [.taste])
    #expect(lists.required == [.income] && lists.useful == [.taste] && lists.irrelevant.isEmpty)
    lists[.income] = .irrelevant
    #expect(lists.required.isEmpty && lists.irrelevant == [.income])
    lists[.income] = nil
    #expect(lists[.income] == nil)
    let text = #"{"irrelevant":["b","a","c"],"required":["c"]}"#
    let read = try StrictJSONDecoder().decode(Relevances<AttributeGroup>.self, from: Array(text.utf8))
    #expect(read == Relevances(required: ["c"], irrelevant: ["a", "b"]))
  }

  @Test func namesMatchWhateverTheirCase() throws {
    var catalogue = AttributeCatalogue.standard
    for name in ["maritalStatus", "marital_status", "Marital-Status", "MARITAL STATUS"] {
      #expect(catalogue[name] == .marriage)
    }
    #expect(catalogue["婚姻"] == .marriage)
    #expect(catalogue["title"] == nil)
    catalogue["shoeSize"] = "body"
    #expect(catalogue["shoe_size"] == "body")
    catalogue["SHOE_SIZE"] = nil
    #expect(catalogue == .standard)
    try expectRoundTrip(catalogue)
    #expect(
      refusal(AttributeCatalogue.self, #"{"entries":[{"name":"a","group":"b"},{"name":"a"}]}"#)
        == "entries.1.group missing")
  }
}
