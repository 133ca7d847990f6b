import DenseData
import Foundation
import SCRMTesting
import Testing

/// A run of hosts and workers on one workspace over bad connections, and what is wrong after it.
struct Simulation {
  /// What a run gave.
  struct Report: Sendable {
    var seed: UInt64
    /// The calls that hosts and workers made to the store, in the order the seed chose.
    var steps = 0
    var faults = 0
    var findings: [String] = []

    /// How the same run is made again.
    var replay: String { "SCRM_SEED=\(seed) swift test --filter SimulationTests" }
  }

  let plan: SimulationPlan
  let seed: UInt64
  let bug: PlantedBug?

  private let base = InMemoryStore()
  private let journal = Journal()
  private let outcomes = OutcomeLedger()
  private let claims = ClaimLedger()
  private let turnstile: Turnstile

  init(seed: UInt64, bug: PlantedBug? = nil) {
    self.seed = seed
    self.bug = bug
    plan = SimulationPlan(seed: seed)
    turnstile = Turnstile(seed: seed)
  }

  func run() async throws -> Report {
    var report = Report(seed: seed)
    let connections = try await runClients()
    for connection in connections {
      report.faults += await connection.faultCount
      await connection.repair()
    }
    do { try await recover(connections[0]) } catch {
      report.findings.append("after everything was repaired a host still gets an error: \(error)")
    }
    report.steps = await turnstile.steps
    let check = SimulationCheck(plan: plan, store: base)
    report.findings += await outcomes.unexpected
    report.findings += await claims.findings
    report.findings += await check.log(accepted: outcomes.accepted)
    report.findings += await check.outbox(reported: outcomes.actions)
    report.findings += await check.sameOrder(journal.operations)
    if plan.erased.isEmpty { report.findings += await check.replay() }
    return report
  }

  private func connection(_ client: Int) -> UnreliableStore {
    var faults = plan.faults
    faults.seed &+= UInt64(client)
    let store = JournalStore(wrapped: base, journal: journal)
    return UnreliableStore(TurnstileStore(wrapped: store, turnstile: turnstile, client: client), faults)
  }

  private func configuration() throws -> SocialCRM.Configuration {
    var configuration = try SimulationPlan.configuration(batchSize: plan.batchSize)
    bug?.alter(&configuration)
    return configuration
  }

  /// Lets hosts and workers run against each other.
  private func runClients() async throws -> [UnreliableStore] {
    let count = plan.hosts.count + plan.workers
    await turnstile.open(clients: count)
    let connections = (0..<count).map { connection($0) }
    let configuration = try configuration()
    await withTaskGroup(of: Void.self) { group in
      for (client, connection) in connections.enumerated() {
        let store = bug?.wrap(connection) ?? connection
        let seed = seed &* 31 &+ UInt64(client)
        if client < plan.hosts.count {
          let host = SimulatedHost(
            store: store, configuration: configuration, ledger: outcomes, steps: plan.hosts[client], seed: seed)
          group.addTask {
            await host.run()
            await turnstile.leave()
          }
        } else {
          let worker = SimulatedWorker(
            store: store, name: "worker-\(client)", ledger: claims, rounds: plan.rounds, seed: seed)
          group.addTask {
            await worker.run()
            await turnstile.leave()
          }
        }
      }
    }
    return connections
  }

  /// Delivers everything again over a connection that works, and carries out what is left.
  private func recover(_ connection: UnreliableStore) async throws {
    await turnstile.open(clients: 1)
    let store = bug?.wrap(connection) ?? connection
    let crm = try await SocialCRM(store: store, configuration: configuration())
    var random = SeededGenerator(seed: seed &+ 99)
    await outcomes.note(try await crm.ingest(plan.deliveries.shuffled(using: &random)))
    // An advance evaluates everyone anew, which would cover what went wrong before.
    if seed.isMultiple(of: 2) { _ = try await crm.advance(to: SimulationPlan.end) }
    let lease = Duration.days(1)
    while true {
      let handed = try await store.claim(limit: 10, worker: "last", at: SimulationPlan.end, lease: lease)
      for claim in handed { await claims.handed(claim, at: SimulationPlan.end, for: lease) }
      for claim in handed {
        try await store.acknowledge(claim)
        await claims.settled(claim, isDone: true, isCertain: true)
      }
      if handed.isEmpty { return }
    }
  }
}
