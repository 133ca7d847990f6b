import DenseData
import SCRMModel
import Testing

@Suite struct OutboxTests {
  private let now = Instant.testNow

  private func store(_ actions: [ProposedAction]) async throws -> InMemoryStore {
    let store = InMemoryStore()
    var changes = ChangeSet("a", base: 0, events: ["1"])
    changes.actions = actions
    _ = try await store.commit(changes)
    return store
  }

  private func claim(_ store: InMemoryStore, _ limit: Int = 9, worker: String = "w", after seconds: Int64 = 0)
    async throws
    -> [ActionClaim]
  {
    try await store.claim(limit: limit, worker: worker, at: now.advanced(by: .seconds(seconds)), lease: .seconds(60))
  }

  private func status(_ store: InMemoryStore, _ number: UInt64) async -> OutboxItem.Status? {
    await store.actions([action(number).id])[0]?.status
  }

  @Test func actionsAreHandedOutOldestFirst() async throws {
    let store = try await store((1...5).map { action($0, suppressed: $0 == 2) })
    let first = try await claim(store, 2)
    #expect(first.map(\.action.id) == [action(1).id, action(3).id])
    #expect(first.allSatisfy { $0.worker == "w" && $0.fence == 1 && $0.attempt == 1 })
    #expect(first[0].until == now.advanced(by: .seconds(60)))
    #expect(try await claim(store, worker: "v").map(\.action.id) == [action(4).id, action(5).id])
    #expect(try await claim(store).isEmpty)
    #expect(await status(store, 2) == .suppressed)
    #expect(await store.actions([ActionID(high: 7, low: 7)]) == [nil])
  }

  @Test func aDoneActionIsNotHandedOutAgain() async throws {
    let store = try await store([action(1)])
    let held = try await claim(store)[0]
    try await store.acknowledge(held)
    #expect(await status(store, 1) == .done)
    #expect(try await claim(store, after: 1_000).isEmpty)
    for repeated in 0..<2 {
      let code = await storageRefusal {
        if repeated == 0 { try await store.acknowledge(held) } else { try await store.deadLetter(held, reason: "x") }
      }
      #expect(code == "claimLost")
    }
  }

  @Test func aLapsedClaimIsFencedOff() async throws {
    let store = try await store([action(1)])
    let lapsed = try await claim(store)[0]
    #expect(try await claim(store, worker: "v", after: 59).isEmpty)
    let held = try #require(try await claim(store, worker: "v", after: 60).first)
    #expect(held.fence > lapsed.fence && held.attempt == 2)
    #expect(await storageRefusal { try await store.acknowledge(lapsed) } == "claimLost")
    #expect(await storageRefusal { try await store.retry(lapsed, at: now, reason: "") } == "claimLost")
    #expect(await storageRefusal { try await store.deadLetter(lapsed, reason: "") } == "claimLost")
    #expect(await status(store, 1) == .claimed(worker: "v", until: held.until))
    try await store.acknowledge(held)
    #expect(await status(store, 1) == .done)
  }

  @Test func retriesWaitAndDeadLettersStay() async throws {
    let store = try await store([action(1), action(2)])
    let held = try await claim(store)
    try await store.retry(held[0], at: now.advanced(by: .seconds(600)), reason: "busy")
    try await store.deadLetter(held[1], reason: "bounced")
    #expect(await status(store, 1) == .pending(notBefore: now.advanced(by: .seconds(600))))
    #expect(await store.actions([action(1).id, action(2).id]).map { $0?.retryReason } == ["busy", nil])
    #expect(await status(store, 2) == .dead(reason: "bounced"))
    #expect(try await claim(store, after: 599).isEmpty)
    let again = try await claim(store, after: 600)
    #expect(again.map(\.action.id) == [action(1).id] && again[0].attempt == 2 && again[0].fence == 2)
    #expect(await store.actions([action(1).id])[0]?.retryReason == "busy")
    try await store.retry(again[0], at: now, reason: "still busy")
    let reopened = try InMemoryStore(snapshot: await store.snapshot())
    #expect(await reopened.actions([action(1).id])[0]?.retryReason == "still busy")
    let foreign = ActionClaim(action: action(9), worker: "w", fence: 1, until: now, attempt: 1)
    #expect(await storageRefusal { try await store.acknowledge(foreign) } == "claimLost")
  }

  @Test func expiredActionsAreDeadLettered() async throws {
    let store = try await store([action(1, expires: now), action(2, expires: now.advanced(by: .seconds(1))), action(3)])
    #expect(try await claim(store, 2).map(\.action.id) == [action(2).id, action(3).id])
    #expect(await status(store, 1) == .dead(reason: "expired at \(now)"))
    #expect(try await claim(store, after: 60).map(\.action.id) == [action(3).id])
    #expect(await status(store, 2) == .dead(reason: "expired at \(now.advanced(by: .seconds(1)))"))
  }

  @Test func onlyUnclaimedActionsAreCancelled() async throws {
    let store = try await store((1...5).map { action($0, suppressed: $0 == 5) })
    let held = try await claim(store, 3)
    try await store.acknowledge(held[1])
    try await store.retry(held[2], at: now, reason: "")
    var changes = ChangeSet("c", base: 1, events: ["2"])
    changes.cancellations = (1...6).map {
      Cancellation(action: action($0).id, reason: "late fact", position: LogPosition(2))
    }
    _ = try await store.commit(changes)
    #expect(await status(store, 1) == .claimed(worker: "w", until: held[0].until))
    #expect(await status(store, 2) == .done)
    #expect(await status(store, 3) == .cancelled(reason: "late fact"))
    #expect(await status(store, 4) == .cancelled(reason: "late fact"))
    #expect(await status(store, 5) == .suppressed)
    #expect(try await claim(store, after: 59).isEmpty)
    try await store.acknowledge(held[0])
  }

  /// Eight workers that lose claims, retry and give up: nothing is done twice, and everything is done in the end.
  @Test func manyWorkersDoEverythingOnce() async throws {
    let store = try await store((1...60).map { action($0) })
    let done = try await withThrowingTaskGroup(of: [ActionID].self, returning: [ActionID].self) { group in
      for worker in 0..<8 {
        group.addTask {
          var random = SeededGenerator(seed: UInt64(worker))
          var own: [ActionID] = []
          for step in 0..<200 {
            let time = Instant.testNow.advanced(by: .seconds(Int64(step)))
            for held in try await store.claim(limit: 3, worker: "\(worker)", at: time, lease: .seconds(2)) {
              switch random.below(4) {
              case 0: break
              case 1: try? await store.retry(held, at: time, reason: "")
              default:
                do {
                  try await store.acknowledge(held)
                  own.append(held.action.id)
                } catch { #expect((error as? StorageError)?.code == .claimLost) }
              }
            }
          }
          return own
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(done.count == 60 && Set(done).count == 60)
  }

  @Test func theOutboxSurvivesASnapshot() async throws {
    let store = try await store((1...6).map { action($0, expires: $0 == 1 ? now : nil, suppressed: $0 == 6) })
    let held = try await claim(store, 3)
    try await store.acknowledge(held[0])
    try await store.retry(held[1], at: now.advanced(by: .seconds(5)), reason: "")
    let bytes = await store.snapshot()
    let reopened = try InMemoryStore(snapshot: bytes)
    #expect(await reopened.snapshot() == bytes)
    #expect(try await reopened.actions(after: nil, limit: 9) == store.actions(after: nil, limit: 9))
    try await reopened.acknowledge(held[2])
    let next = try await claim(reopened, after: 5)
    #expect(next.map(\.action.id) == [action(3).id, action(5).id] && next.map(\.fence) == [2, 1])
  }
}
