import SocialCRM

extension StoreConformance {
  /// The name under which the sequences are reported.
  public static let sequencesLaw = "model.sequences"
  private static let summary = "Every answer in a drawn sequence of calls is that of the reference."

  /// Draws sequences of operations over several handles and compares every answer with that of `InMemoryStore`.
  ///
  /// The first sequence that fails is shortened step by step. The reason then holds the seed, what was found, the steps
  /// that are left and the line that replays them.
  public func checkSequences() async -> ConformanceFinding {
    for number in 0..<UInt64(max(settings.sequences, 0)) {
      let seed = settings.seed &+ number
      if Task.isCancelled { return sequenceFinding(.skipped(reason: "the run was cancelled"), seed) }
      var draw = OperationDraw(
        seed: seed, handles: ModelRun.handleCount, canReopen: capabilities.reopen != nil)
      let steps = draw.sequence(of: settings.steps)
      guard let failure = await failure(of: steps) else { continue }
      let (shortened, reason) = await shorten(steps, failure)
      let text = shortened.map(\.description).joined(separator: " ")
      let message = """
        a sequence of \(steps.count) steps: \(failure)
        shortened to \(shortened.count): \(reason)
        replay: await kit.replay("\(text)")
        """
      return sequenceFinding(.failed(reason: message), seed)
    }
    return sequenceFinding(.passed, settings.seed)
  }

  /// Carries out the steps that a failed sequence was shortened to.
  /// - Parameter steps: the steps as the reason of the finding gives them.
  public func replay(_ steps: String) async -> ConformanceFinding {
    var operations: [StoreOperation] = []
    for text in steps.split(separator: " ") {
      guard let operation = StoreOperation(text) else {
        return sequenceFinding(.failed(reason: "expected kind:handle:seed:size, found \(text)"), settings.seed)
      }
      operations.append(operation)
    }
    guard let failure = await failure(of: operations) else { return sequenceFinding(.passed, settings.seed) }
    return sequenceFinding(.failed(reason: failure), settings.seed)
  }

  private func sequenceFinding(_ outcome: ConformanceFinding.Outcome, _ seed: UInt64) -> ConformanceFinding {
    ConformanceFinding(law: Self.sequencesLaw, summary: Self.summary, outcome: outcome, seed: seed)
  }

  /// Why the sequence fails on a fresh store; `nil` when it does not.
  private func failure(of steps: [StoreOperation]) async -> String? {
    let run = LawRun(conformance: self)
    let failure = await failure(of: steps, run)
    await run.discardStores()
    return failure
  }

  private func failure(of steps: [StoreOperation], _ run: LawRun) async -> String? {
    var place = "at the start"
    do {
      var model = try await ModelRun(run)
      for (index, step) in steps.enumerated() {
        place = "step \(index + 1), \(step)"
        try await model.carryOut(step, step: index)
      }
      place = "in the end"
      for (index, handle) in model.handles.enumerated() { try await model.compare(handle, page: 1 + index * 3) }
      return nil
    } catch let failure as LawFailure {
      return "\(place): \(failure.reason)"
    } catch {
      return "\(place): an unexpected error: \(error)"
    }
  }

  /// Leaves out steps, from halves down to single ones, and makes the rest smaller, as long as it still fails.
  ///
  /// After Zeller & Hildebrandt, "Simplifying and isolating failure-inducing input" (2002), with a limit on the trials.
  private func shorten(
    _ steps: [StoreOperation], _ reason: String
  ) async -> (steps: [StoreOperation], reason: String) {
    var best = (steps: steps, reason: reason)
    var trials = 400
    func attempt(_ candidate: [StoreOperation]) async -> Bool {
      guard trials > 0, candidate.count < best.steps.count || candidate != best.steps else { return false }
      trials -= 1
      guard let reason = await failure(of: candidate) else { return false }
      best = (candidate, reason)
      return true
    }
    var length = max(best.steps.count / 2, 1)
    while true {
      var start = 0
      var isShorter = false
      while start < best.steps.count {
        let end = min(start + length, best.steps.count)
        if await attempt(Array(best.steps[..<start] + best.steps[end...])) { isShorter = true } else { start += length }
      }
      if length == 1, !isShorter || trials == 0 { break }
      length = max(length / 2, 1)
    }
    for index in best.steps.indices {
      for size in [1, 2, 4] where size < best.steps[index].size {
        var candidate = best.steps
        candidate[index].size = size
        if await attempt(candidate) { break }
      }
      var candidate = best.steps
      candidate[index].handle = 0
      if candidate != best.steps { _ = await attempt(candidate) }
    }
    return best
  }
}
