/// What an industry wants to know and where it meets people: the basis of coverage, recommendation and minimisation.
///
/// The source of the idea: own and social platforms belong to every industry, the other two classes depend on it; only
/// knowledge that matters to the industry has value, so in finance education, job, income and marriage count and music
/// or taste do not. ``standard(for:)`` holds defaults of this project's own; a host edits them or derives them from data.
public struct IndustryProfile: Sendable, Hashable, Codable {
  /// The industry.
  public var industry: Industry
  /// The classes of platforms it wants.
  ///
  /// A class that is not listed is not wanted.
  public var platformClasses: Relevances<PlatformClass>
  /// The knowledge it wants.
  ///
  /// A group that is not listed counts as useful: leaving something out has to be decided.
  public var attributeGroups: Relevances<AttributeGroup>

  /// Creates a profile; own and social platforms are required unless the lists say otherwise.
  public init(
    _ industry: Industry,
    platformClasses: Relevances<PlatformClass> = Relevances(required: [.own, .social]),
    attributeGroups: Relevances<AttributeGroup> = Relevances()
  ) {
    self.industry = industry
    self.platformClasses = platformClasses
    self.attributeGroups = attributeGroups
  }

  /// How much a class of platforms is wanted.
  public func relevance(of platformClass: PlatformClass) -> Relevance {
    platformClasses[platformClass] ?? .irrelevant
  }

  /// How much a group of attributes is wanted.
  public func relevance(of group: AttributeGroup) -> Relevance {
    attributeGroups[group] ?? .useful
  }
}

extension IndustryProfile {
  /// The default profile of an industry; for one that is not named, own and social platforms and all attributes.
  public static func standard(for industry: Industry) -> IndustryProfile {
    guard let row = rows.first(where: { $0.industry == industry }) else { return IndustryProfile(industry) }
    let wanted = row.required + row.irrelevant
    return IndustryProfile(
      industry,
      platformClasses: Relevances(
        required: [.own, .social] + row.classes,
        useful: row.usefulClasses,
        irrelevant: PlatformClass.allCases.filter {
          $0 != .own && $0 != .social && !row.classes.contains($0) && !row.usefulClasses.contains($0)
        }),
      attributeGroups: Relevances(
        required: row.required, useful: AttributeGroup.named.filter { !wanted.contains($0) },
        irrelevant: row.irrelevant))
  }

  private struct Row {
    let industry: Industry
    var classes: [PlatformClass] = []
    var usefulClasses: [PlatformClass] = []
    let required: [AttributeGroup]
    let irrelevant: [AttributeGroup]
  }

  private static let rows: [Row] = [
    Row(
      industry: .finance, classes: [.promotion], usefulClasses: [.partner],
      required: [.education, .occupation, .income, .marriage], irrelevant: [.taste, .health]),
    Row(
      industry: .fmcg, classes: [.partner, .promotion], required: [.demographics, .purchase, .interests],
      irrelevant: [.education, .health, .marriage]),
    Row(
      industry: .publishing, classes: [.partner], usefulClasses: [.promotion],
      required: [.interests, .education, .mediaUse], irrelevant: [.income, .marriage, .health]),
    Row(
      industry: .eCommerce, classes: [.partner, .promotion], required: [.purchase, .interests, .location],
      irrelevant: [.marriage, .health]),
    Row(
      industry: .entertainment, classes: [.promotion], usefulClasses: [.partner],
      required: [.interests, .taste, .mediaUse], irrelevant: [.income, .marriage, .health]),
    Row(
      industry: .education, classes: [.promotion], usefulClasses: [.partner],
      required: [.education, .occupation, .household, .demographics], irrelevant: [.taste, .health]),
    Row(
      industry: .medical, classes: [.promotion], required: [.demographics, .health, .location],
      irrelevant: [.taste, .education, .brandAffinity]),
    Row(
      industry: .food, classes: [.partner], usefulClasses: [.promotion], required: [.location, .taste, .purchase],
      irrelevant: [.education, .marriage]),
    Row(
      industry: .realEstate, classes: [.promotion], usefulClasses: [.partner],
      required: [.income, .marriage, .household, .location], irrelevant: [.taste, .health]),
    Row(
      industry: .internet, classes: [.promotion], usefulClasses: [.partner],
      required: [.interests, .mediaUse, .socialActivity], irrelevant: [.marriage, .health, .income]),
  ]
}
