import DenseData
public import SCRMModel

/// Evaluates segments over a whole population at one moment, column by column: for back-fill, previews and sampling.
///
/// ```swift
/// let engine = BatchSegments(catalogue)
/// let memberships = try engine.memberships(in: population, at: now)
/// print(memberships[0].count)
/// ```
///
/// Facts are compared a column at a time. Counts and sums of all segments are gathered in one pass over the events of each
/// person, then compared and combined for 64 people at a time. Other terms (sequences, distinct values, expressions without
/// such a form) are evaluated person by person. The answers are those of the live engine, whatever the number of threads.
///
/// Segments that name themselves depend on the way here: each person's events are replayed, with the facts of now, as by
/// an engine that came to know the person just before their first event. That takes as long as the live engine does.
///
/// An immutable value.
public struct BatchSegments: Sendable {
  /// The segments.
  public let catalogue: SegmentCatalogue

  /// Takes segments that were checked.
  public init(_ catalogue: SegmentCatalogue) { self.catalogue = catalogue }

  /// The members of each segment, in the order of the catalogue.
  ///
  /// O(people × terms + events × terms of their kind). Beside the population it takes about 8 KiB for each segment and
  /// thread, and the memberships.
  /// - Parameters:
  ///   - population: everybody, with the facts of the catalogue.
  ///   - now: the moment; events after it do not count.
  ///   - snapshots: who is in the published snapshots; nobody is in one that is missing.
  ///   - threads: how many threads take part.
  /// - Throws: `SCRMError` with `configurationMismatch` when the population has other facts than the catalogue, with
  ///   `invalidValue` when a condition cannot be compiled.
  public func memberships(
    in population: Population, at now: Instant, snapshots: [SegmentName: MembershipSet] = [:], threads: Int = 1
  ) throws(SCRMError) -> [MembershipSet] {
    guard population.facts == catalogue.facts else {
      throw SCRMError(
        .configurationMismatch, subject: "population", "expected the facts that the segments were checked against")
    }
    let plan: BatchPlan
    do {
      // Segments that remember are replayed person by person and then stand as snapshots.
      let (catalogue, snapshots) = try BatchReplay.replacing(catalogue, snapshots, population, now, threads)
      plan = try BatchPlan(catalogue, population, now: now, snapshots: snapshots)
    } catch {
      throw SCRMError(.invalidValue, subject: error.segment?.rawValue ?? "segments", error.reason)
    }
    let loop = ChunkedLoop(threads: threads)
    let segments = catalogue.segments.count
    let blocks = (population.count + BatchBlock.people - 1) / BatchBlock.people
    var bitmaps = [CompressedBitmap](repeating: CompressedBitmap(), count: segments)
    // Blocks of a wave are decided together and kept before the next ones, so that memory does not grow with people.
    var first = 0
    while first < blocks {
      let wave = min(loop.threads * 2, blocks - first)
      let results = ScratchBuffer<UInt64>(wave * segments * BatchBlock.words, repeating: 0)
      let base = results.base
      loop.run(wave) { _, block in
        let start = (first + block) * BatchBlock.people
        BatchBlock(plan: plan, population: population).run(
          start..<min(start + BatchBlock.people, population.count), into: base + block * segments * BatchBlock.words)
      }
      for block in 0..<wave {
        for segment in 0..<segments {
          let place = (block * segments + segment) * BatchBlock.words
          bitmaps[segment].append(
            key: UInt16(truncatingIfNeeded: first + block),
            words: ContiguousArray(UnsafeBufferPointer(start: results.base + place, count: BatchBlock.words)))
        }
      }
      first += wave
    }
    return bitmaps.map { MembershipSet($0) }
  }
}
