import Foundation
import SocialCRM

/// Evaluates what was read and writes the result.
struct SegmentJob {
  let input: SegmentInput
  let rankings: [RankDefinition]
  let time: Instant
  let threads: Int
  /// Whether each row says why.
  let isExplained: Bool

  static var cores: Int { ProcessInfo.processInfo.activeProcessorCount }

  private var catalogue: SegmentCatalogue { input.catalogue }

  func grouped() throws -> Population {
    do throws(SCRMError) {
      var builder = PopulationBuilder(facts: catalogue.facts)
      for row in input.facts { try builder.add(row) }
      for (person, event) in input.events { try builder.add(event, of: person) }
      return try builder.finish()
    } catch { throw CommandFailure("\(error)") }
  }

  /// Memberships as `segment,person`, and `explanation` if wanted.
  func writeMemberships(to path: String, on console: Console, _ phases: inout PhaseTimings) async throws {
    let population = try phases.measure("group") { try grouped() }
    let snapshots = try phases.measure("rank") {
      try RankingSchedule(rankings, by: time).standing(in: population, input.ids, catalogue)
    }
    let memberships = try phases.measure("evaluate") {
      try BatchSegments(catalogue).memberships(
        in: population, at: time, snapshots: Self.members(snapshots), threads: threads)
    }
    let explained =
      isExplained
      ? try phases.measure("explain") {
        var live = try LiveSegments(catalogue, at: time)
        for snapshot in snapshots { live.publish(snapshot) }
        try live.backfill(population, ids: input.ids)
        return live
      } : nil
    try await phases.measure("write") {
      try await OutputFile.write(to: path, on: console) { file in
        file.row(["segment", "person"] + (isExplained ? ["explanation"] : []))
        for (segment, members) in zip(catalogue.segments, memberships) {
          let explainer = explained == nil ? nil : try SegmentExplainer(catalogue, segment.name)
          for person in members {
            var row = [segment.name.rawValue, input.names[Int(person)]]
            if let explainer, let explained {
              row.append(explainer.explain(Int(person), in: explained)?.explanation.text ?? "")
            }
            file.row(row)
            try file.flushIfLarge()
          }
        }
      }
    }
  }

  private static func members(_ snapshots: [RankSnapshot]) -> [SegmentName: MembershipSet] {
    Dictionary(
      snapshots.map { ($0.name, MembershipSet($0.members.map { UInt32(truncatingIfNeeded: $0.low) })) },
      uniquingKeysWith: { $1 })
  }

  /// Estimates from a sample.
  func writePreview(
    _ size: Int, seed: UInt64, to path: String, on console: Console, _ phases: inout PhaseTimings
  ) async throws {
    let population = try phases.measure("group") { try grouped() }
    let previews = try phases.measure("evaluate") {
      let snapshots = try RankingSchedule(rankings, by: time).standing(in: population, input.ids, catalogue)
      return try BatchSegments(catalogue).preview(
        in: population, at: time, sampling: size, seed: seed, snapshots: Self.members(snapshots), threads: threads)
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

  /// Changes in the order of time, as `time,segment,person,change`, and `explanation` if wanted.
  func writeChanges(to path: String, on console: Console, _ phases: inout PhaseTimings) async throws {
    let population = rankings.isEmpty ? nil : try phases.measure("group") { try grouped() }
    try await OutputFile.write(to: path, on: console) { file in
      file.row(["time", "segment", "person", "change"] + (isExplained ? ["explanation"] : []))
      try phases.measure("replay") {
        let schedule = RankingSchedule(rankings, by: time)
        try SegmentReplay(input, catalogue).everybody(schedule, population, through: time) { live in
          for change in live.takeChanges() {
            let moment = Instant(millisecondsSinceEpoch: change.time).map { "\($0)" } ?? "\(change.time)"
            file.row(
              [
                moment, catalogue.segments[change.segment].name.rawValue, input.names[change.person],
                change.isEntry ? "entered" : "left",
              ] + (isExplained ? [Self.reason(change, in: live)] : []))
          }
          try file.flushIfLarge()
        }
      }
    }
  }

  /// What brought a change about, and which condition with it.
  private static func reason(_ change: LiveMembershipChange, in live: LiveSegments) -> String {
    let cause =
      switch change.cause {
      case .event: "an interaction"
      case .deadline: "time passed"
      case .fact: "the facts"
      case .snapshot: "a ranking"
      case .definition: "the definition"
      }
    return change.condition.flatMap { live.condition($0) }.map { "\(cause): \($0.text)" } ?? cause
  }

  /// Why somebody is in each segment or not, one JSON object a line.
  func writeExplanations(
    of name: String, to path: String, on console: Console, _ phases: inout PhaseTimings
  ) async throws {
    guard let number = input.number(of: name) else { throw CommandFailure("no profile has the id \(name)") }
    let (live, person) = try phases.measure("replay") {
      let schedule = RankingSchedule(rankings, by: time)
      let snapshots = rankings.isEmpty ? [] : try schedule.standing(in: try grouped(), input.ids, catalogue)
      return try SegmentReplay(input, catalogue).person(number, snapshots, through: time)
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
