import SCRMTesting

/// Holds what a simulation left behind against what should be there.
struct SimulationCheck {
  let plan: SimulationPlan
  let store: InMemoryStore

  /// No interaction is lost or doubled, the log has no gap, and hosts were told the truth about it.
  func log(accepted: [(key: EventKey, position: LogPosition)]) async -> [String] {
    let log = await store.log(after: .start, limit: .max)
    var findings: [String] = []
    for (index, entry) in log.enumerated() where entry.position != LogPosition(UInt64(index + 1)) {
      findings.append("the log has a gap at \(index + 1)")
    }
    var seen: [EventKey: LogPosition] = [:]
    for entry in log {
      guard let key = Self.key(entry) else { continue }
      if seen.updateValue(entry.position, forKey: key) != nil { findings.append("\(key) is in the log twice") }
    }
    let delivered = Set(plan.deliveries.map(\.key))
    for key in delivered.sorted() where seen[key] == nil && seen[Self.erased(key)] == nil {
      findings.append("\(key) is lost")
    }
    let possible = delivered.union(delivered.map(Self.erased))
    for key in seen.keys.sorted() where !possible.contains(key) { findings.append("\(key) was never delivered") }
    for (key, position) in accepted where seen[key] != position && seen[Self.erased(key)] != position {
      findings.append("a host was told that \(key) stands at \(position)")
    }
    return findings
  }

  /// Every action a host was told of is there, and none is left undone.
  func outbox(reported: [ProposedAction]) async -> [String] {
    var findings: [String] = []
    let items = (try? await store.actions(after: nil, limit: .max)) ?? []
    if plan.erased.isEmpty {
      let known = Set(items.map(\.action.id))
      for action in reported where !known.contains(action.id) {
        findings.append("a host was told of action \(action.id), which is not in the outbox")
      }
    }
    for item in items {
      switch item.status {
      case .pending, .claimed: findings.append("action \(item.action.id) is never carried out")
      default: break
      }
    }
    return findings
  }

  /// A host without faults that gets the same in the same order knows the same and proposes the same, byte for byte.
  func sameOrder(_ operations: [Journal.Operation]) async -> [String] {
    let other = InMemoryStore()
    do {
      let configuration = try SimulationPlan.configuration(batchSize: 7)
      let crm = try await SocialCRM(store: other, configuration: configuration)
      var findings: [String] = []
      for operation in operations { findings += try await Self.repeated(operation, on: crm, other) }
      findings += await Self.differences(store, other, "a run without faults in the same order")
      return findings
    } catch { return ["a run without faults in the same order fails: \(error)"] }
  }

  private static func repeated(
    _ operation: Journal.Operation, on crm: SocialCRM, _ store: InMemoryStore
  ) async throws -> [String] {
    switch operation {
    case .commit(let entries): try await ingest(entries, on: crm, store)
    case .claim(let limit, let worker, let now, let lease, let answer):
      let found = try await store.claim(limit: limit, worker: worker, at: now, lease: lease)
      if found != answer { return ["without faults \(worker) is handed other actions"] }
    case .acknowledge(let claim): try await store.acknowledge(claim)
    case .retry(let claim, let time): try await store.retry(claim, at: time, reason: "busy")
    case .deadLetter(let claim): try await store.deadLetter(claim, reason: "impossible")
    case .erase(let request): _ = try await store.erase(request)
    }
    return []
  }

  private static func ingest(_ entries: [LogEntry], on crm: SocialCRM, _ store: InMemoryStore) async throws {
    var run: [Interaction] = []
    var mode = IngestMode.live
    for entry in entries {
      if case .interaction(let interaction, let ofEntry) = entry.body {
        run.append(interaction)
        mode = ofEntry
        continue
      }
      if !run.isEmpty { _ = try await crm.ingest(run, mode: mode) }
      run = []
      switch entry.body {
      case .clock(let time): _ = try await crm.advance(to: time)
      case .snapshot(let snapshot): try await crm.publish(snapshot)
      case .configuration where entry.position > LogPosition(1): try await note(entry, in: store)
      default: break
      }
    }
    if !run.isEmpty { _ = try await crm.ingest(run, mode: mode) }
  }

  /// An erasure notes the configuration once more.
  private static func note(_ entry: LogEntry, in store: InMemoryStore) async throws {
    var changes = ChangeSet(key: "note-\(entry.position)", base: await store.head())
    changes.entries = [entry]
    for case var record? in await store.states("loop", [.name("loop")]) {
      let version = record.version
      record.version = entry.position
      changes.states = [Change(record, replaces: version)]
    }
    _ = try await store.commit(changes)
  }

  /// The log, decided again, gives the same bytes.
  func replay() async -> [String] {
    let other = InMemoryStore()
    do {
      let configuration = try SimulationPlan.configuration(batchSize: 4)
      try await SocialCRM.replay(store, into: other, configuration: configuration, batchSize: 30)
    } catch { return ["the replay fails: \(error)"] }
    // Whether an action could still be cancelled was decided by the workers, who are not part of a replay.
    return await Self.differences(store, other, "the replay", includesOutbox: false)
  }

  private static func differences(
    _ store: InMemoryStore, _ other: InMemoryStore, _ name: String, includesOutbox: Bool = true
  ) async -> [String] {
    var findings: [String] = []
    let items = (try? await store.actions(after: nil, limit: .max)) ?? []
    let others = (try? await other.actions(after: nil, limit: .max)) ?? []
    if items.map(\.action) != others.map(\.action) {
      findings.append("\(name) proposes \(others.count) actions instead of these \(items.count)")
    } else if includesOutbox, items != others {
      findings.append("in \(name) actions stand otherwise")
    }
    let parts = await (members(of: store), members(of: other))
    for (name_, left) in parts.0 where includesOutbox || name_ != "outbox" {
      if parts.1.first(where: { $0.0 == name_ })?.1 != left { findings.append("\(name) differs in \(name_)") }
    }
    return findings
  }

  /// The parts of a snapshot by name.
  private static func members(of store: InMemoryStore) async -> [(String, JSON)] {
    let bytes = await store.snapshot(includesDelivery: false)
    guard case .object(let object)? = try? JSON(bytes: bytes, limits: JSONLimits(maximumBytes: .max)) else { return [] }
    return object.map { ($0.key, $0.value) }
  }

  private static func key(_ entry: LogEntry) -> EventKey? {
    switch entry.body {
    case .interaction(let interaction, _): interaction.key
    case .tombstone(let tombstone): tombstone.key
    default: nil
    }
  }

  private static func erased(_ key: EventKey) -> EventKey { EventKey(key.source, Tombstone.erasedID(key)) }
}
