public import SCRMModel

/// The outcomes of a sequence of interactions, taken in as they are asked for.
///
/// Pulling drives everything: no more than one batch is read ahead, so memory stays bounded on an endless stream, and a
/// consumer that stops stops the loop after the batch at hand.
public struct IngestedSequence<Base: AsyncSequence & Sendable>: AsyncSequence, Sendable
where Base.Element == Interaction {
  /// What it yields.
  public typealias Element = InteractionOutcome

  let base: Base
  let crm: SocialCRM
  let mode: IngestMode

  /// Begins to take in.
  public func makeAsyncIterator() -> Iterator { Iterator(base: base.makeAsyncIterator(), crm: crm, mode: mode) }

  /// Reads a batch, ingests it, yields its outcomes.
  public struct Iterator: AsyncIteratorProtocol {
    var base: Base.AsyncIterator
    let crm: SocialCRM
    let mode: IngestMode
    private var outcomes: ArraySlice<InteractionOutcome> = []
    private var isFinished = false
    private var failure: (any Error)?

    init(base: Base.AsyncIterator, crm: SocialCRM, mode: IngestMode) {
      self.base = base
      self.crm = crm
      self.mode = mode
    }

    /// The next outcome; `nil` at the end.
    /// - Throws: what the sequence throws, after the outcomes of what it gave before; what the store throws. Then the
    ///   sequence is at its end.
    public mutating func next() async throws -> InteractionOutcome? { try await next(isolation: nil) }

    /// The next outcome, read on the caller's actor; `nil` at the end.
    /// - Throws: what the sequence or the store throws.
    public mutating func next(isolation actor: isolated (any Actor)?) async throws -> InteractionOutcome? {
      while outcomes.isEmpty {
        if isFinished {
          defer { failure = nil }
          if let failure { throw failure }
          return nil
        }
        let batch = await nextBatch(isolation: actor)
        do { outcomes = try await crm.ingest(batch, mode: mode)[...] } catch {
          (isFinished, failure) = (true, nil)
          throw error
        }
      }
      return outcomes.removeFirst()
    }

    /// Up to a batch; less at the end of the sequence, and when it fails, so that what was read before is taken in.
    private mutating func nextBatch(isolation actor: isolated (any Actor)?) async -> [Interaction] {
      var batch: [Interaction] = []
      do {
        while batch.count < Swift.max(crm.configuration.batchSize, 1) {
          guard let interaction = try await base.next(isolation: actor) else {
            isFinished = true
            break
          }
          batch.append(interaction)
        }
      } catch {
        (isFinished, failure) = (true, error)
      }
      return batch
    }
  }
}

extension SocialCRM {
  /// Takes in a sequence of interactions; nothing happens until the outcomes are iterated over.
  public nonisolated func ingest<Base: AsyncSequence & Sendable>(
    contentsOf interactions: Base, mode: IngestMode = .live
  ) -> IngestedSequence<Base> where Base.Element == Interaction {
    IngestedSequence(base: interactions, crm: self, mode: mode)
  }
}
