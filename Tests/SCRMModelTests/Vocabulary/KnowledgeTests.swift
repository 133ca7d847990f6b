import EventTime
import Foundation
import SCRMModel
import Testing

@testable import SCRMModel

@Suite struct KnowledgeTests {
  @Test(arguments: [
    (1990, 3, 20, ZodiacSign.pisces), (1990, 3, 21, .aries), (1990, 4, 19, .aries), (1990, 4, 20, .taurus),
    (1990, 5, 20, .taurus), (1990, 5, 21, .gemini), (1990, 6, 21, .gemini), (1990, 6, 22, .cancer),
    (1990, 7, 22, .cancer), (1990, 7, 23, .leo), (1990, 8, 22, .leo), (1990, 8, 23, .virgo), (1990, 9, 22, .virgo),
    (1990, 9, 23, .libra), (1990, 10, 23, .libra), (1990, 10, 24, .scorpio), (1990, 11, 21, .scorpio),
    (1990, 11, 22, .sagittarius), (1990, 12, 21, .sagittarius), (1990, 12, 22, .capricorn), (1991, 1, 19, .capricorn),
    (1991, 1, 20, .aquarius), (1991, 2, 18, .aquarius), (1991, 2, 19, .pisces), (1992, 2, 29, .pisces),
  ])
  func signsChangeOnThePublishedDates(year: Int, month: Int, day: Int, sign: ZodiacSign) throws {
    let birthday = try #require(CivilDate(year: year, month: month, day: day))
    #expect(DerivedTraits(birthday: birthday).zodiacSign == sign)
  }

  @Test(arguments: [
    ("1966-01-20", ZodiacAnimal.snake), ("1966-01-21", .horse), ("1984-02-01", .pig), ("1984-02-02", .rat),
    ("1985-02-19", .rat), ("1985-02-20", .ox), ("1990-01-26", .snake), ("1990-01-27", .horse), ("2000-02-05", .dragon),
    ("2023-01-22", .rabbit), ("2024-02-09", .rabbit), ("2024-02-10", .dragon), ("2025-01-29", .snake),
    ("2026-02-17", .horse), ("1916-02-02", .rabbit), ("1916-02-03", .dragon),
  ])
  func animalsChangeAtTheLunarNewYear(date: String, animal: ZodiacAnimal) throws {
    #expect(ZodiacAnimal(try #require(CivilDate(date))) == animal)
  }

  @Test func newYearsAgreeWithTheChineseCalendarOfTheSystem() throws {
    var chinese = Calendar(identifier: .chinese)
    chinese.timeZone = try #require(TimeZone(secondsFromGMT: 8 * 3_600))
    // Before 1929 the almanacs went by Beijing's mean time, which the system's calendar does not follow.
    for year in 1929...2100 {
      let newYear = try #require(ZodiacAnimal.newYear(of: year))
      let noon = Date(timeIntervalSince1970: Double(newYear.daysSinceEpoch) * 86_400 + 4 * 3_600)
      let parts = chinese.dateComponents([.month, .day], from: noon)
      #expect(parts.month == 1 && parts.day == 1, "\(year)")
    }
    #expect(ZodiacAnimal.newYear(of: 1900) == nil && ZodiacAnimal.newYear(of: 2101) == nil)
    #expect(ZodiacAnimal(try #require(CivilDate("1901-02-18"))) == nil)
    #expect(ZodiacAnimal(try #require(CivilDate("1901-02-19"))) == .ox)
  }

  @Test func agesAreCompletedYears() throws {
    let leapling = DerivedTraits(birthday: try #require(CivilDate("2000-02-29")))
    #expect(leapling.age(on: try #require(CivilDate("2000-02-28"))) == nil)
    #expect(leapling.age(on: try #require(CivilDate("2000-02-29"))) == 0)
    #expect(leapling.age(on: try #require(CivilDate("2001-02-28"))) == 0)
    #expect(leapling.age(on: try #require(CivilDate("2001-03-01"))) == 1)
    #expect(leapling.age(on: try #require(CivilDate("2004-02-29"))) == 4)
    let traits = try #require(DerivedTraits(birthday: "1990-05-02"))
    let eve = try instant("2020-05-01T20:00:00Z")
    #expect(traits.age(at: eve) == 29)
    #expect(traits.age(at: eve, offset: 8 * 3_600) == 30)
    expectRedacted(traits, hides: "1990")
  }

  @Test func birthdaysAreReadFromTraits() throws {
    #expect(DerivedTraits(birthday: "1990-05-02T00:00:00Z")?.birthday == CivilDate("1990-05-02"))
    #expect(
      DerivedTraits(birthday: .timestamp(try instant("1990-05-02T03:00:00+08:00")))?.birthday == CivilDate("1990-05-02")
    )
    for value: Value? in [nil, "2 May 1990", 19_900_502, .null, "1990-02-30"] {
      #expect(DerivedTraits(birthday: value) == nil)
    }
  }

  @Test func decayAgreesWithTheMathematicalLibrary() {
    var worst = 0.0
    for step in 0...40_000 {
      let x = -Double(step) * 0.0255
      let expected = pow(2, x)
      worst = max(worst, abs(ExponentialDecay.exp2(x) - expected) / expected)
    }
    print("largest relative difference of 2^x: \(worst)")
    #expect(worst < 1e-15)
    #expect(
      ExponentialDecay.exp2(0) == 1 && ExponentialDecay.exp2(-1) == 0.5
        && ExponentialDecay.exp2(-1_000) == pow(2, -1_000))
    #expect(ExponentialDecay.exp2(-1_022) == 0 && ExponentialDecay.exp2(-.infinity) == 0)
    #expect(ExponentialDecay.remaining(elapsed: .seconds(10), halfLifeSeconds: 10) == 0.5)
    #expect(ExponentialDecay.remaining(elapsed: .seconds(-10), halfLifeSeconds: 10) == 1)
    #expect(ExponentialDecay.remaining(elapsed: .seconds(1), halfLifeSeconds: -5) == 0.5)
  }

  @Test func interestsDecayAndGrow() throws {
    let june = try instant("2024-06-01T00:00:00Z")
    let july = june.advanced(by: .days(30))
    var running = Interest("running", halfLife: .days(30))
    #expect(running.strength(at: june) == 0)
    running.reinforce(at: june)
    running.reinforce(at: july)
    #expect(running.strength(at: july) == 1.5)
    #expect(running.strength(at: july.advanced(by: .days(30))) == 0.75)
    #expect(running.strength(at: june) == 1.5)
    for amount in [0, -1, .nan, .infinity] { running.reinforce(by: amount, at: july) }
    #expect(running.peak == 1.5)
    running.reinforce(by: .greatestFiniteMagnitude, at: july)
    running.reinforce(by: .greatestFiniteMagnitude, at: july)
    #expect(running.peak.isFinite)
    try expectRoundTrip(running)
    try expectRoundTrip(Interest("x", halfLife: .zero))
    expectRedacted(running, hides: "running")
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func theOrderOfObservationsDoesNotMatter(seed: UInt64) throws {
    var generator = Shuffler(state: seed)
    let start = try instant("2024-01-01T00:00:00Z")
    let observations = (0..<200).map { _ in
      (
        time: start.advanced(by: .seconds(Int64(generator.next() % 31_536_000))),
        amount: Double(generator.next() % 9 + 1)
      )
    }
    let end = start.advanced(by: .days(400))
    let exact = observations.reduce(0) { sum, item in
      sum + item.amount * pow(2, -Double(end.secondsSinceEpoch - item.time.secondsSinceEpoch) / 2_592_000)
    }
    var sorted = Interest("t")
    for item in observations.sorted(by: { $0.time < $1.time }) { sorted.reinforce(by: item.amount, at: item.time) }
    var shuffled = Interest("t")
    for item in observations.shuffled(using: &generator) { shuffled.reinforce(by: item.amount, at: item.time) }
    var (left, right) = (Interest("t"), Interest("t"))
    for (index, item) in observations.enumerated() {
      if index % 2 == 0 {
        left.reinforce(by: item.amount, at: item.time)
      } else {
        right.reinforce(by: item.amount, at: item.time)
      }
    }
    left.merge(right)
    left.merge(Interest("t"))
    for interest in [sorted, shuffled, left] {
      #expect(interest.lastObserved == sorted.lastObserved)
      #expect(abs(interest.strength(at: end) / exact - 1) < 1e-12)
    }
  }

  @Test func confidencesStayBetweenNoughtAndOne() throws {
    var need = Need(.painPoint, "slow network", evidence: [EventKey("weibo", "1")], observed: .epoch, confidence: 7)
    #expect(need.confidence == 1)
    need.confidence = .nan
    #expect(need.confidence == 0)
    need.confidence = -0.0
    #expect(need.confidence.sign == .plus)
    need.confidence = 0.25
    try expectRoundTrip(need)
    expectRedacted(need, hides: "slow")
    let text = String(decoding: try StrictJSONEncoder().encode(need), as: UTF8.self)
    #expect(refusal(Need.self, text.replacingOccurrences(of: "0.25", with: "1.5")) == "confidence invalidValue")
    #expect(
      refusal(Need.self, text.replacingOccurrences(of: #""id":"1""#, with: #""id":1"#)) == "evidence.0.id typeMismatch")
  }

  @Test func tagsAndPoolsHoldFromBeginningToBeforeEnd() throws {
    let (start, end) = (try instant("2024-01-01T00:00:00Z"), try instant("2024-02-01T00:00:00Z"))
    let before = start.advanced(by: .nanoseconds(-1))
    let tag = SCRMModel.Tag("vip", source: "form", since: start, expires: end, confidence: 0.5)
    #expect(!tag.isActive(at: before) && tag.isActive(at: start) && !tag.isActive(at: end))
    #expect(SCRMModel.Tag("vip", source: "form", since: start).isActive(at: .distantFuture))
    try expectRoundTrip(tag)
    expectRedacted(tag, hides: "vip")
    let pool = PoolMembership(
      account: AccountID(high: 1, low: 2), channel: "wecom", via: "li", code: "qr7", joined: start, left: end)
    #expect(!pool.isActive(at: before) && pool.isActive(at: start) && !pool.isActive(at: end))
    try expectRoundTrip(pool)
    expectRedacted(pool, hides: "qr7")
  }

  @Test func tiesKeepTheirEnds() throws {
    let tie = Tie(
      from: AccountID(high: 1, low: 2), to: AccountID(high: 3, low: 4), kind: .family, direction: .mutual, strength: 2,
      since: try instant("2024-01-01T00:00:00Z"), last: .epoch)
    #expect(tie.strength == 1 && tie.last == tie.since)
    try expectRoundTrip(tie)
    #expect(tie.description.hasPrefix("family 0000000000000001"))
  }

  @Test func interestsRefuseImpossibleNumbers() {
    #expect(refusal(Interest.self, #"{"topic":"a","halfLifeSeconds":0,"peak":0}"#) == "halfLifeSeconds invalidValue")
    #expect(refusal(Interest.self, #"{"topic":"a","halfLifeSeconds":1,"peak":-1}"#) == "peak invalidValue")
    #expect(refusal(Interest.self, #"{"topic":"a","halfLifeSeconds":1,"peak":1}"#) == "peak invalidValue")
    #expect(
      refusal(Interest.self, #"{"topic":"a","halfLifeSeconds":1,"peak":1,"lastObserved":"x"}"#)
        == "lastObserved invalidValue")
  }
}

/// SplitMix64 (Steele, Lea, Flood 2014).
struct Shuffler: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
