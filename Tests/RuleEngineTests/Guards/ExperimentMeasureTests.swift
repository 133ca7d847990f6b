import RuleEngine
import SCRMModel
import Testing

/// What rules achieved against those they left alone.
@Suite struct ExperimentMeasureTests {
  /// Table II of Newcombe (1998), method 10.
  @Test(arguments: [
    ((56, 70), (48, 80), 0.0524, 0.3339), ((9, 10), (3, 10), 0.1705, 0.8090), ((6, 7), (2, 7), 0.0582, 0.8062),
    ((5, 56), (0, 29), -0.0381, 0.1926), ((0, 10), (0, 20), -0.1611, 0.2775), ((10, 10), (0, 20), 0.6791, 1),
  ])
  func `published intervals`(_ first: (Int, Int), _ second: (Int, Int), _ lower: Double, _ upper: Double) throws {
    let result = ExperimentResult(
      experiment: "x", treated: .init(people: first.1, converted: first.0),
      control: .init(people: second.1, converted: second.0))
    let interval = try #require(result.interval)
    #expect(abs(interval.lowerBound - lower) < 0.000_06 && abs(interval.upperBound - upper) < 0.000_06, "\(interval)")
  }

  @Test func `people are measured from their first decision on, in the arm and stratum it names`() throws {
    var desk = try Desk([
      #"""
      {"name":"offer","on":["comment"],"then":[{"do":"offer","with":{"offer":"tea"}}],"campaign":"spring",
       "control":{"share":0.5,"strata":["person.city"]}}
      """#
    ])
    var measure = ExperimentMeasure()
    var arms: [Bool: (people: Int, converted: Int)] = [:]
    for number in 0..<60 {
      desk.memory = RuleMemory()
      let id = PersonID(high: UInt64(number), low: 1)
      let person = known(["city": number % 2 == 0 ? "上海" : "北京"], id)
      measure.add(try desk.take("x", person: person, suppression: .backfill).actions[0])
      for time in [10, 20] {
        let action = try #require(try desk.take("x", at: minute(time), person: person).actions.first)
        measure.add(action)
        guard time == 10 else { continue }
        let isHeldOut = try #require(action.experiment).isHeldOut
        arms[isHeldOut, default: (0, 0)].people += 1
        if number % 3 == 0 { arms[isHeldOut, default: (0, 0)].converted += 1 }
      }
    }
    for number in 0..<60 {
      let id = PersonID(high: UInt64(number), low: 1)
      // Before they were in it nothing counts; twice counts once.
      measure.addConversion(of: id, at: minute(5))
      if number % 3 == 0 { for time in [15, 16] { measure.addConversion(of: id, at: minute(time)) } }
    }
    measure.addConversion(of: PersonID(high: 999, low: 1), at: minute(15))
    let results = measure.results()
    #expect(results.map(\.stratum) == [nil, ["上海"], ["北京"]])
    let (treated, control) = (try #require(arms[false]), try #require(arms[true]))
    #expect(results[0].treated == .init(people: treated.people, converted: treated.converted))
    #expect(results[0].control == .init(people: control.people, converted: control.converted))
    #expect(results[1...].reduce(0) { $0 + $1.treated.people + $1.control.people } == 60)
    #expect(results[0].description.hasPrefix("spring: "))
    #expect(ExperimentResult(experiment: "e", treated: .init(), control: .init()).interval == nil)
  }
}
