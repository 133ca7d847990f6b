import SCRMModel

/// Interactions given to the loop of which no batch was made yet.
struct UnpreparedInteractions: Sendable {
  private var rest: ArraySlice<Interaction>
  private let mode: IngestMode
  private let configuration: SocialCRM.Configuration

  init(_ interactions: [Interaction], mode: IngestMode, configuration: SocialCRM.Configuration) {
    rest = interactions[...]
    self.mode = mode
    self.configuration = configuration
  }

  var isEmpty: Bool { rest.isEmpty }

  /// Takes the first batch off; an empty one when there are no more.
  mutating func nextBatch() -> PreparedBatch {
    let head = rest.prefix(max(configuration.batchSize, 1))
    rest = rest.dropFirst(head.count)
    return PreparedBatch(head, mode: mode, configuration: configuration)
  }
}
