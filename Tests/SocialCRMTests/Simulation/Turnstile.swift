import DenseData
import SCRMTesting

/// Lets one of several clients make its next call, chosen by a seed when all of them wait: the same seed gives the same
/// interleaving, whatever the machine does.
///
/// A client may have one call open at a time.
actor Turnstile {
  private var random: SeededGenerator
  private var clients = 0
  private var waiting: [(client: Int, go: CheckedContinuation<Void, Never>)] = []
  /// How many calls were let through.
  private(set) var steps = 0

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  /// Says how many clients there will be; nobody goes before all of them have come.
  func open(clients: Int) { self.clients = clients }

  /// Waits until it is the client's turn.
  func pass(_ client: Int) async {
    await withCheckedContinuation { go in
      waiting.append((client, go))
      letOneGo()
    }
  }

  /// Says that a client makes no more calls.
  func leave() {
    clients -= 1
    letOneGo()
  }

  private func letOneGo() {
    guard clients > 0, waiting.count == clients else { return }
    waiting.sort { $0.client < $1.client }
    steps += 1
    waiting.remove(at: random.below(waiting.count)).go.resume()
  }
}

/// A store whose calls wait for their turn.
struct TurnstileStore: StoreWrapper {
  let wrapped: any SCRMStore
  let turnstile: Turnstile
  let client: Int

  func perform<Answer: Sendable>(_ call: StoreCall, _ body: () async throws -> Answer) async throws -> Answer {
    await turnstile.pass(client)
    return try await body()
  }
}
