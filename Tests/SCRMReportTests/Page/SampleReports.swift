import SCRMReport
import SocialCRM

/// Reports made by hand.
enum SampleReports {
  static let monday = Instant(secondsSinceEpoch: 1_714_348_800) ?? .epoch  // 2024-04-29
  static let person = PersonID(high: 0x0123_4567_89AB_CDEF, low: 1)
  static let other = PersonID(high: 0xFEDC_BA98_7654_3210, low: 2)

  static func day(_ number: Int) -> Instant { monday.advanced(by: .seconds(number * 86_400)) }

  /// Figures that can be followed by hand, with the given texts wherever data puts one.
  static func full(name: String = "refund", days: Int = 10, factor: Int = 1) -> RunReport {
    var report = RunReport(title: name)
    report.store.interactions = 55 * factor
    report.store.people = 20 * factor
    report.store.accounts = 30 * factor
    report.store.firstEvent = monday
    report.store.lastEvent = day(days - 1)
    report.store.time = day(days)
    report.intake.accepted = 55 * factor
    report.intake.late = 2 * factor
    report.intake.duplicates = 3 * factor
    report.intake.refusals = [RefusalFigures(code: "conflictingBody", count: 4 * factor, example: name)]
    report.intake.unreadable = [RefusalFigures(code: "syntax", count: factor, example: "line 3: " + name)]
    report.timeLine = TimeLine(unit: .day, starts: (0..<days).map(day), earlier: 1, later: 0)
    report.volume = [
      VolumeSeries(side: .customers, counts: (0..<days).map { ($0 + 1) * factor }),
      VolumeSeries(side: .brands, counts: (0..<days).map { _ in factor }),
    ]
    report.keywords = [
      KeywordFigures(
        rule: name, counts: (0..<days).map { $0 % 3 * factor }, total: 9 * factor,
        words: [.init(text: name, count: 6 * factor), .init(text: "退款", count: 3 * factor)])
    ]
    report.participation = [
      TierFigures(tier: .deep, people: 2 * factor, interactions: 27 * factor),
      TierFigures(tier: .occasional, people: 6 * factor, interactions: 18 * factor),
      TierFigures(tier: .silent, people: 12 * factor, interactions: 10 * factor),
    ]
    report.connected = [
      ConnectedPerson(id: person, audience: 9 * factor, influence: 93.6, tier: .deep, accounts: 3),
      ConnectedPerson(id: other, name: name, audience: 4 * factor),
    ]
    report.channels = [
      ChannelFigures(
        id: "weibo", name: DisplayName(zh: "微博", en: "Weibo"), platformClass: .social, people: 12 * factor,
        interactions: 40 * factor),
      ChannelFigures(id: name, people: 5 * factor, interactions: 10 * factor),
      ChannelFigures(id: nil, people: 1, interactions: 5 * factor),
    ]
    report.classes = [
      ClassFigures(platformClass: .social, people: 12 * factor, interactions: 40 * factor),
      ClassFigures(platformClass: nil, people: 6 * factor, interactions: 15 * factor),
    ]
    report.replies = ReplyFigures()
    report.replies.pairs = 10 * factor
    report.replies.answered = 9 * factor
    report.replies.open = 7 * factor
    report.replies.percentiles = .init(p50: 718, p75: 3_600, p90: 20_520, p95: 90_000, p99: 400_000)
    report.replies.histogram = [0, 1, 4, 2, 1, 1, 0, 0, 1].map { $0 * factor }
    report.brands = [BrandFigures(brand: name, replies: report.replies)]
    report.segments = [
      SegmentFigures(
        name: name, version: 1, members: 5 * factor, entered: 8 * factor, left: 3 * factor, examples: changes(name))
    ]
    var rule = RuleFigures(rule: name)
    rule.proposed = 6 * factor
    rule.cancelled = factor
    rule.suppressed = [.init(reason: .consent, count: 2 * factor), .init(reason: .cooldown, count: factor)]
    rule.cancellation = name
    rule.examples = [action(name, .proposed), action(name, .suppressed(.consent))]
    report.actions = [rule]
    report.merges.total = 4 * factor
    report.merges.peopleByAccounts = [12, 5, 2, 1, 0].map { $0 * factor }
    report.merges.examples = [merge(name)]
    return report
  }

  static func changes(_ name: String) -> [SegmentChange] {
    [true, false].map { isEntry in
      SegmentChange(
        segment: name, version: 1, person: person, isEntry: isEntry, time: day(1),
        judgement: Judgement(isEntry, evidence: [.init("orders = 2, at least 1 needed: " + name)], otherwise: name),
        counts: CountedFacts(PersonFacts(record: PersonRecord(id: person), now: monday)))
    }
  }

  static func action(_ name: String, _ disposition: ProposedAction.Disposition) -> ProposedAction {
    ProposedAction(
      id: ActionID(high: 1, low: 2), rule: name, ruleVersion: 1, person: other, kind: "reply", purpose: .service,
      trigger: EventKey("test", "1"), decided: day(2), position: LogPosition(3), disposition: disposition,
      explanation: Explanation(
        name + " proposes reply", evidence: [.init(name, weight: 12.34, event: EventKey("test", name))],
        otherwise: "consent"))
  }

  static func merge(_ name: String) -> MergeFigures.Example {
    MergeFigures.Example(
      record: MergeRecord(
        survivor: person, absorbed: other, accounts: [], cause: EventKey("test", name), evidence: [], time: day(3),
        position: LogPosition(4)), joined: [name], evidence: ["email", name])
  }
}
