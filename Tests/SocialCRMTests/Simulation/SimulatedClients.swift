import DenseData
import SCRMTesting

/// What hosts were told, to be held against the log.
actor OutcomeLedger {
  private(set) var accepted: [(key: EventKey, position: LogPosition)] = []
  private(set) var actions: [ProposedAction] = []
  private(set) var unexpected: [String] = []

  func note(_ outcomes: [InteractionOutcome]) {
    for outcome in outcomes {
      if case .accepted(let position) = outcome.disposition { accepted.append((outcome.key, position)) }
      actions += outcome.actions
      if let refusal = outcome.refusal { unexpected.append("\(outcome.key) is refused: \(refusal)") }
    }
  }

  /// Only a failure of the connection, or too many conflicts, may reach a host.
  func note(_ error: any Error) {
    if error is StoreOutage { return }
    if let error = error as? StorageError, error.code == .conflict { return }
    unexpected.append("a host got an error: \(error)")
  }
}

/// A process that takes interactions in; when its connection fails it is started anew or tries again, as it happens.
struct SimulatedHost: Sendable {
  let store: any SCRMStore
  let configuration: SocialCRM.Configuration
  let ledger: OutcomeLedger
  let steps: [SimulationPlan.Step]
  let seed: UInt64

  func run() async {
    var random = SeededGenerator(seed: seed)
    var crm: SocialCRM?
    for step in steps {
      if case .reopen = step { crm = nil }
      // What is not done after a few attempts is left to a later delivery.
      for _ in 0..<3 {
        do {
          let open = try await open(crm)
          crm = open
          try await carryOut(step, on: open)
          break
        } catch {
          await ledger.note(error)
          if random.below(2) == 0 { crm = nil }
          if random.below(3) == 0 { break }
        }
      }
    }
  }

  private func open(_ crm: SocialCRM?) async throws -> SocialCRM {
    if let crm { return crm }
    return try await SocialCRM(store: store, configuration: configuration)
  }

  private func carryOut(_ step: SimulationPlan.Step, on crm: SocialCRM) async throws {
    switch step {
    case .ingest(let interactions, let mode): await ledger.note(try await crm.ingest(interactions, mode: mode))
    case .advance(let time): _ = try await crm.advance(to: time)
    case .publish(let time): _ = try await crm.refreshInfluence(asOf: time)
    case .erase(let identifier):
      if let person = try await crm.person(with: identifier) { _ = try await crm.erase(person.id) }
    case .reopen: break
    }
  }
}

/// A process that carries actions out, or fails to, on a clock of its own that jumps.
struct SimulatedWorker: Sendable {
  let store: any SCRMStore
  let name: String
  let ledger: ClaimLedger
  let rounds: Int
  let seed: UInt64

  func run() async {
    var random = SeededGenerator(seed: seed)
    var now = RandomHistory.start.advanced(by: .days(61))
    for _ in 0..<rounds {
      now = now.advanced(by: .minutes(random.below(12 * 60) - 60))
      let lease = Duration.minutes(1 + random.below(600))
      guard
        let claims = try? await store.claim(limit: 1 + random.below(3), worker: name, at: now, lease: lease)
      else { continue }
      for claim in claims { await ledger.handed(claim, at: now, for: lease) }
      for claim in claims { await settle(claim, at: now, &random) }
    }
  }

  private func settle(_ claim: ActionClaim, at now: Instant, _ random: inout SeededGenerator) async {
    let choice = random.below(8)
    if choice == 0 { return }
    // A slow worker: others may have been handed the action meanwhile.
    for _ in 0..<(random.below(3) * 8) { _ = try? await store.head() }
    do {
      switch choice {
      case 1, 2: try await store.retry(claim, at: now.advanced(by: .hours(random.below(20))), reason: "busy")
      case 3: try await store.deadLetter(claim, reason: "impossible")
      default: try await store.acknowledge(claim)
      }
      await ledger.settled(claim, isDone: choice > 3, isCertain: true)
    } catch let error as StorageError where error.code == .claimLost {
    } catch {
      await ledger.settled(claim, isDone: choice > 3, isCertain: false)
    }
  }
}
