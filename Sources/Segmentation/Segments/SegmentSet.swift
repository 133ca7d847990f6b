import EventTime
public import SCRMModel
import StateCoding

/// The registered segments with the policies for participation and heat: the segment stage of the loop.
///
/// ```swift
/// let segments = try SegmentSet([
///   SegmentDefinition("buyers", version: 1) { $0.count(.purchase, days: 365) > 0 }
/// ])
/// ```
///
/// An immutable value; evaluating costs one call per segment and O(active days) for tier and heat.
public struct SegmentSet: Sendable {
  /// The segments in registration order.
  public let definitions: [SegmentDefinition]
  /// How participation is graded.
  public let participation: ParticipationPolicy
  /// How activity is weighed by age.
  public let heat: HeatPolicy
  /// The zone whose days are counted.
  public let timeZone: ZoneRules
  let names: SegmentMembership.Names
  let conditions: ConditionTable
  let halfLife: HalfLife
  /// Points of participation.
  let points: KindTable
  /// Weights of heat in millionths: whole numbers, so that a day's sum does not depend on the order of its kinds.
  let weights: KindTable

  /// Registers segments.
  /// - Throws: `SCRMError` with `duplicateName` when two names are the same or have the same 64-bit hash.
  public init(
    _ definitions: [SegmentDefinition] = [], participation: ParticipationPolicy = ParticipationPolicy(),
    heat: HeatPolicy = HeatPolicy(), timeZone: ZoneRules = .utc
  ) throws(SCRMError) {
    self.definitions = definitions
    self.participation = participation
    self.heat = heat
    self.timeZone = timeZone
    names = SegmentMembership.Names(definitions.map(\.name))
    conditions = ConditionTable(definitions)
    halfLife = HalfLife(days: heat.halfLifeDays)
    points = KindTable(
      participation.points.mapValues { Int64(max($0, 0)) }, standard: Int64(max(participation.otherPoints, 0)))
    weights = KindTable(
      heat.weights.mapValues(HeatPolicy.millionths), standard: HeatPolicy.millionths(heat.otherWeight))
    guard Set(names.hashes).count == definitions.count else {
      throw SCRMError(.duplicateName, subject: "segments", "expected segment names without repetition")
    }
  }
}

extension SegmentSet: SegmentStage {
  /// Names, versions and policies.
  public var fingerprint: String {
    let names = definitions.map { "\($0.name)/\($0.version)" }.joined(separator: ",")
    let zone = timeZone == .utc ? "" : ";\(timeZone.fingerprint)"
    return "segments/1;\(names);\(participation.fingerprint);\(heat.fingerprint)\(zone)"
  }

  /// The registered segments.
  public var segments: [SegmentVersion] { definitions.map { SegmentVersion($0.name, version: $0.version) } }

  /// `activity`.
  public var stateKind: StateKind { "activity" }

  /// Opens loaded states; each is decoded when it is first touched.
  public func begin(_ records: [StateRecord]) throws(SCRMError) -> any SegmentSession {
    try ActivitySession(set: self, records: records)
  }

  /// Decodes one person's state, as for reports.
  /// - Returns: what the person did and the names of the segments they are in.
  /// - Throws: `SCRMError` with `unsupportedSchema` or `corruptState`.
  public func decode(
    _ record: StateRecord
  ) throws(SCRMError) -> (activity: ActivityHistory, tier: ParticipationTier, segments: [String]) {
    let state = try ActivityState(record)
    return (state.activity, state.tier, SegmentMembership(state.members, of: names).names)
  }
}
