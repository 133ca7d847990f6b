public import SCRMModel
public import Segmentation

extension SocialCRM {
  /// Why a person is in a segment of a `LiveSegmentStage` or not, at the loop's time: what would have to change, and when
  /// it changes by itself.
  ///
  /// `nil` when the person is not known or did nothing yet, and when the segment is not one of the stage's catalogue.
  /// - Throws: what the store throws; `SCRMError` when stored state cannot be read.
  public func explain(_ segment: SegmentName, of id: PersonID) async throws -> SegmentExplanation? {
    guard let stage = configuration.segments as? LiveSegmentStage, let record = try await person(id) else { return nil }
    let loaded = try await BatchLoader(store: store, configuration: configuration).begin()
    let clock = try loaded.loopRecord.map { try LoopState($0) }?.clock ?? .distantPast
    guard let state = try await store.states(stage.stateKind, [.person(record.id)])[0] else { return nil }
    return try stage.explain(segment, state, at: clock)
  }
}
