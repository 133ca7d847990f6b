import SCRMModel
import Testing

@Suite struct CoverageTests {
  @Test func aReportTellsWhatIsMissing() throws {
    let report = CoverageReport(
      profile: .standard(for: .finance), channelsInUse: ["weibo", "app", "weibo", "moon_base"],
      knownTraits: ["job_title", "Salary", "music", "favourite_colour", "music"])
    #expect(report.missingClasses == [.promotion])
    #expect(report.missingGroups == [.education, .marriage])
    #expect(report.irrelevantGroups == [.taste])
    #expect(report.unknownChannels == ["moon_base"])
    #expect(report.unassignedTraits == ["favourite_colour"])
    #expect(!report.isComplete)
    #expect(report.groups.first { $0.group == .taste }?.traits == ["music"])
    #expect(report.groups.first { $0.group == .interests }?.relevance == .useful)
    try expectRoundTrip(report)
    let complete = CoverageReport(
      profile: .standard(for: .finance), channelsInUse: ["weibo", "app", "baidu"],
      knownTraits: ["job_title", "salary", "school", "marital_status"])
    #expect(complete.isComplete && complete.irrelevantGroups.isEmpty)
  }

  @Test func unwantedClassesAppearOnlyWhenInUse() {
    let medical = IndustryProfile.standard(for: .medical)
    let without = CoverageReport(profile: medical, channelsInUse: [], knownTraits: [])
    #expect(without.classes.map(\.platformClass) == [.own, .promotion, .social])
    let with = CoverageReport(profile: medical, channelsInUse: ["taobao"], knownTraits: [])
    #expect(with.classes.first { $0.platformClass == .partner }?.relevance == .irrelevant)
    #expect(with.missingClasses == [.own, .promotion, .social])
  }

  @Test func platformsAreRankedByMeasuredTraffic() throws {
    let traffic = [
      ChannelTraffic(channel: "weibo", interactions: 800, people: 400, conversions: 8),
      ChannelTraffic(channel: "website", interactions: 150, people: 100, conversions: 20),
      ChannelTraffic(channel: "baidu", interactions: 50, people: 2, conversions: 2),
      ChannelTraffic(channel: "taobao", interactions: 9_000, people: 900, conversions: 100),
      ChannelTraffic(channel: "moon_base", interactions: 1, people: 1, conversions: 1),
    ]
    var profile = IndustryProfile.standard(for: .finance)
    profile.platformClasses[.partner] = .irrelevant
    let result = PlatformRecommendation(traffic: traffic, profile: profile)
    #expect(result.ranking.map(\.channel) == ["weibo", "website", "baidu"])
    // By hand, with the lower ends 0.0102, 0.1333 and 0.3424 of the conversion rates.
    for (entry, expected) in zip(result.ranking, [0.43197, 0.41441, 0.23746]) {
      #expect(abs(entry.score - expected) < 0.0001)
    }
    #expect(result.excluded.map(\.channel) == ["moon_base", "taobao"])
    #expect(result.excluded.map(\.reason) == [.unknownChannel, .unwantedClass])
    for entry in result.ranking {
      #expect((0...1).contains(entry.score))
      #expect(abs(entry.reasons.reduce(0) { $0 + $1.contribution } - entry.score) < 1e-12)
      #expect(entry.reasons.map(\.measure) == PlatformRecommendation.Reason.Measure.allCases)
    }
    let weibo = try #require(result.ranking.first { $0.channel == "weibo" })
    #expect(weibo.reasons[0].relative == 0.8 && weibo.reasons[0].measured == 800)
    try expectRoundTrip(result)
    #expect(PlatformRecommendation(traffic: traffic.reversed(), profile: profile) == result)
  }

  /// Published: Wilson's interval for 20 of 100 is 0.1333 … 0.2888 (Newcombe 1998 uses the same formula).
  @Test func theCertainRateIsWilsonsLowerEnd() throws {
    var weights = PlatformRecommendation.Weights()
    weights.interactions = 0
    weights.people = 0
    weights.conversions = -3
    let result = PlatformRecommendation(
      traffic: [
        ChannelTraffic(channel: "website", interactions: 0, people: 100, conversions: 20),
        ChannelTraffic(channel: "app", interactions: 0, people: 1, conversions: 1),
      ], profile: IndustryProfile("any"), weights: weights)
    let site = try #require(result.ranking.first { $0.channel == "website" })
    #expect(abs(site.reasons[3].measured - 0.1333) < 0.0001)
    let app = try #require(result.ranking.first { $0.channel == "app" })
    #expect(abs(app.reasons[3].measured - 0.2065) < 0.0001)
    #expect(app.score == 1)
  }

  @Test func badMeasurementsDoNotCrash() {
    let profile = IndustryProfile("any")
    let traffic = [
      ChannelTraffic(channel: "app", interactions: .max, people: .max, conversions: .max),
      ChannelTraffic(channel: "app", interactions: .max, people: .max, conversions: .min),
      ChannelTraffic(channel: "weibo", interactions: -1, people: -1, conversions: 7),
    ]
    let result = PlatformRecommendation(traffic: traffic, profile: profile)
    #expect(result.ranking.map(\.channel) == ["app", "weibo"])
    #expect(result.ranking[1].score == 0)
    #expect(PlatformRecommendation(traffic: [], profile: profile).ranking.isEmpty)
    var weights = PlatformRecommendation.Weights()
    weights.people = .nan
    weights.interactions = .infinity
    #expect(PlatformRecommendation(traffic: traffic, profile: profile, weights: weights).ranking[0].score.isFinite)
  }
}
