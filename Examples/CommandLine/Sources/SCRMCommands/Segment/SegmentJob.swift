import Foundation
import SocialCRM

/// Evaluates what was read and writes the result.
struct SegmentJob {
  let input: SegmentInput
  let time: Instant
  let threads: Int

  static var cores: Int { ProcessInfo.processInfo.activeProcessorCount }

  private var catalogue: SegmentCatalogue { input.catalogue }

  private func grouped() throws -> Population {
    do throws(SCRMError) {
      var builder = PopulationBuilder(facts: catalogue.facts)
      for row in input.facts { try builder.add(row) }
      for (person, event) in input.events { try builder.add(event, of: person) }
      return try builder.finish()
    } catch { throw CommandFailure("\(error)") }
  }

  /// Memberships as `segment,person`.
  func writeMemberships(to path: String, on console: Console, _ phases: inout PhaseTimings) async throws {
    let population = try phases.measure("group") { try grouped() }
    let memberships = try phases.measure("evaluate") {
      try BatchSegments(catalogue).memberships(in: population, at: time, threads: threads)
    }
    try await phases.measure("write") {
      try await OutputFile.write(to: path, on: console) { file in
        file.row(["segment", "person"])
        for (segment, members) in zip(catalogue.segments, memberships) {
          for person in members {
            file.row([segment.name.rawValue, input.names[Int(person)]])
            try file.flushIfLarge()
          }
        }
      }
    }
  }

  /// Estimates from a sample.
  func writePreview(
    _ size: Int, seed: UInt64, to path: String, on console: Console, _ phases: inout PhaseTimings
  ) async throws {
    let population = try phases.measure("group") { try grouped() }
    let previews = try phases.measure("evaluate") {
      try BatchSegments(catalogue).preview(in: population, at: time, sampling: size, seed: seed, threads: threads)
    }
    try await phases.measure("write") {
      try await OutputFile.write(to: path, on: console) { file in
        file.row(["segment", "sampled", "found", "population", "estimate", "low", "high"])
        for preview in previews {
          let interval = preview.interval
          file.row([
            preview.segment.rawValue, "\(preview.sampled)", "\(preview.found)", "\(preview.population)",
            "\(Int(preview.estimate.rounded()))", "\(interval.lowerBound)", "\(interval.upperBound)",
          ])
        }
      }
    }
  }

  /// Changes in the order of time, as `time,segment,person,change`.
  func writeChanges(to path: String, on console: Console, _ phases: inout PhaseTimings) async throws {
    let end = time.millisecondsSinceEpoch
    let order = input.events.indices.filter { input.events[$0].event.time <= end }
      .sorted { (input.events[$0].event.time, $0) < (input.events[$1].event.time, $1) }
    let start = order.first.map { input.events[$0].event.time - 1 } ?? end
    guard let begin = Instant(millisecondsSinceEpoch: start) else {
      throw CommandFailure("an interaction lies before the year 1")
    }
    var live = try LiveSegments(catalogue, at: begin)
    try await OutputFile.write(to: path, on: console) { file in
      file.row(["time", "segment", "person", "change"])
      func write(_ file: inout OutputFile) throws {
        for change in live.takeChanges() {
          let moment = Instant(millisecondsSinceEpoch: change.time).map { "\($0)" } ?? "\(change.time)"
          file.row([
            moment, catalogue.segments[change.segment].name.rawValue, input.names[change.person],
            change.isEntry ? "entered" : "left",
          ])
        }
        try file.flushIfLarge()
      }
      try phases.measure("replay") {
        for (number, id) in input.ids.enumerated() { _ = live.person(id, facts: input.facts[number]) }
        try write(&file)
        for place in order {
          live.record(input.events[place].event, for: Int(input.events[place].person))
          try write(&file)
        }
        live.advance(to: end)
        try write(&file)
      }
    }
  }

  /// Why somebody is in each segment or not, one JSON object a line.
  func writeExplanations(
    of name: String, to path: String, on console: Console, _ phases: inout PhaseTimings
  ) async throws {
    guard let number = input.number(of: name) else { throw CommandFailure("no profile has the id \(name)") }
    let (live, person) = try phases.measure("replay") {
      let end = time.millisecondsSinceEpoch
      let events = input.events.filter { $0.person == number && $0.event.time <= end }.map(\.event)
        .sorted { $0.time < $1.time }
      let start = Instant(millisecondsSinceEpoch: events.first.map { $0.time - 1 } ?? end) ?? time
      var live = try LiveSegments(catalogue, at: start)
      let person = live.person(PersonID(high: 0, low: UInt64(number)), facts: input.facts[number])
      for event in events { live.record(event, for: person) }
      live.advance(to: end)
      return (live, person)
    }
    try await phases.measure("explain") {
      try await OutputFile.write(to: path, on: console) { file in
        for segment in catalogue.segments {
          guard let explanation = live.explain(segment.name, of: person) else { continue }
          file.append(explanation.jsonBytes + [0x0A])
          try file.flushIfLarge()
        }
      }
    }
  }
}
