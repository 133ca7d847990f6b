/// Lets one caller in at a time, in the order of arrival; waiting callers hold their batches, which bounds memory.
actor SerialGate {
  private var isBusy = false
  private var waiting: [CheckedContinuation<Void, Never>] = []

  /// Waits for the turn.
  ///
  /// A caller that was cancelled meanwhile gives its turn on.
  /// - Throws: `CancellationError`.
  func enter() async throws {
    try Task.checkCancellation()
    if isBusy {
      await withCheckedContinuation { waiting.append($0) }
    }
    isBusy = true
    guard Task.isCancelled else { return }
    leave()
    throw CancellationError()
  }

  /// Hands the turn to the next.
  func leave() {
    if waiting.isEmpty {
      isBusy = false
    } else {
      waiting.removeFirst().resume()
    }
  }
}
