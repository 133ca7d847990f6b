public import SCRMModel
import StateCoding

/// The segment stage of the loop with segments as data, beside those that are Swift closures.
///
/// ```swift
/// let catalogue = try SegmentCatalogue([Segment("buyers", parsing: "did('purchase', days(30))")])
/// let stage = try LiveSegmentStage(catalogue, beside: SegmentSet())
/// ```
///
/// Closures, tier and heat are those of the set, at the same cost. Segments of the catalogue are exact to the millisecond:
/// as the loop's time is advanced people enter and leave at the moment at which it is so, each change once and in order.
/// An interaction counts from when it occurred, in whatever order interactions arrive; one that was retracted or replaced
/// counts no longer. When people turn out to be one, what both did is decided together.
///
/// What a segment that names itself remembers is thought over again for what comes no later than the lateness; what is
/// later still counts in the windows, but no longer changes who was in before. An immutable value.
public struct LiveSegmentStage: Sendable {
  /// The closures, the participation and the heat.
  public let set: SegmentSet
  /// The segments as data.
  public let catalogue: SegmentCatalogue
  /// How facts are read from what the loop knows.
  public let reader: FactReader
  /// How late an interaction may come and still correct what a segment remembers.
  public let lateness: Duration
  /// Published snapshots, which are part of the configuration: with other ones the loop is opened anew.
  public let snapshots: [RankSnapshot]
  let plan: LivePlan
  let names: SegmentMembership.Names
  let texts: [String]

  /// Prepares the stage.
  /// - Parameters:
  ///   - catalogue: segments over interactions: its event fields are ``EventSchema/standard`` or ``EventSchema/amount``.
  ///   - set: segments as closures, whose names differ from those of the catalogue.
  ///   - reader: reads the facts of the catalogue; by default with the standard channels' absence and opt-in consent.
  ///   - lateness: how late an interaction may come and still correct what a segment remembers, at least zero.
  ///   - snapshots: what conditions name as `snapshot('name')`.
  /// - Throws: `SCRMError`: `configurationMismatch` for other event fields or facts, `duplicateName` for a name twice,
  ///   `invalidValue` for a condition that cannot be compiled.
  public init(
    _ catalogue: SegmentCatalogue, beside set: SegmentSet, reader: FactReader? = nil, lateness: Duration = .days(7),
    snapshots: [RankSnapshot] = []
  ) throws(SCRMError) {
    guard catalogue.events == .standard || catalogue.events == .amount else {
      throw SCRMError(
        .configurationMismatch, subject: "segments.events", "expected the fields of interactions, EventSchema.standard")
    }
    let reader = reader ?? FactReader(catalogue.facts)
    guard reader.schema == catalogue.facts else {
      throw SCRMError(.configurationMismatch, subject: "segments.facts", "expected a reader of the catalogue's facts")
    }
    names = SegmentMembership.Names(set.definitions.map(\.name) + catalogue.segments.map(\.name.rawValue))
    guard Set(names.hashes).count == names.hashes.count else {
      throw SCRMError(.duplicateName, subject: "segments", "expected segment names without repetition")
    }
    do { plan = try LivePlan(catalogue) } catch {
      throw SCRMError(.invalidValue, subject: error.segment?.rawValue ?? "segments", error.reason)
    }
    self.set = set
    self.catalogue = catalogue
    self.reader = reader
    self.lateness = .milliseconds(min(max(lateness.wholeMilliseconds, 0), 6_311_520_000_000))
    self.snapshots = snapshots.sorted { $0.name < $1.name }
    texts = catalogue.segments.map(\.condition.text)
  }
}

extension LiveSegmentStage: SegmentStage {
  /// Names, versions, definitions, facts, lateness and snapshots.
  public var fingerprint: String {
    var hash = StableHash()
    hash.text(SegmentDocument(catalogue.segments).jsonText)
    hash.text(catalogue.facts.jsonText)
    for (name, zone) in catalogue.zones.sorted(by: { $0.key.byteOrder($1.key) == .ascending }) {
      hash.text(name)
      hash.text(zone.fingerprint)
    }
    for snapshot in snapshots {
      hash.text(snapshot.name.rawValue)
      hash.text("\(snapshot.asOf)")
      for member in snapshot.members {
        hash.word(member.high)
        hash.word(member.low)
      }
    }
    let versions = catalogue.segments.map { "\($0.name)/\($0.version)" }.joined(separator: ",")
    let digest = String(hash.value, radix: 16)
    return "\(set.fingerprint);live/1;\(versions);\(lateness.secondsText);\(reader.tagTrait);\(digest)"
  }

  /// The closures and then the catalogue.
  public var segments: [SegmentVersion] {
    self.set.segments + catalogue.segments.map { SegmentVersion($0.name.rawValue, version: $0.version) }
  }

  /// `activity`: a loop that had closures alone goes on with its states.
  public var stateKind: StateKind { self.set.stateKind }

  /// Opens loaded states; those of a ``SegmentSet`` too, whose people begin without a history of interactions.
  public func begin(_ records: [StateRecord]) throws(SCRMError) -> any SegmentSession {
    try LiveStageSession(stage: self, records: records)
  }

  /// Why a person is in a segment of the catalogue or not, from their stored state; `nil` when there is no such segment or
  /// the person did nothing yet.
  /// - Throws: `SCRMError` with `unsupportedSchema` or `corruptState`.
  public func explain(
    _ segment: SegmentName, _ record: StateRecord, at time: Instant
  ) throws(SCRMError) -> SegmentExplanation? {
    guard case .person(let id) = record.key, catalogue.index(of: segment) != nil else { return nil }
    guard let bytes = try LiveSlot.parts(record).live else { return nil }
    let explainer: SegmentExplainer
    do { explainer = try SegmentExplainer(catalogue, segment) } catch {
      throw SCRMError(.invalidValue, subject: segment.rawValue, error.reason)
    }
    return try explainer.explain(state: bytes, of: id, at: time, snapshots: snapshots)
  }
}
