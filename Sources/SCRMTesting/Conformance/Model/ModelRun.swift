import DenseData
import SocialCRM

/// Carries out a sequence on a store and on the reference, and compares every answer.
struct ModelRun {
  private let run: LawRun
  let reference = InMemoryStore(workspace: "kit")
  private(set) var handles: [any SCRMStore]
  private(set) var known = KnownKeys()
  /// The accepted change sets, for repetition.
  private var accepted: [ChangeSet] = []
  /// The claims that were handed out, as the store and as the reference gave them.
  private var held: [(own: ActionClaim, reference: ActionClaim)] = []
  /// The time of the latest claim, in seconds after the start; it never goes back.
  private var clock: Int64 = 0

  init(_ run: LawRun) async throws {
    self.run = run
    handles = []
    handles = try await handles(on: try await run.fresh())
    for kind in ChangeSetDraw.kinds { known.states[kind] = [] }
  }

  /// The number of handles a sequence uses, where the store can open several.
  static let handleCount = 3

  private func handles(on store: any SCRMStore) async throws -> [any SCRMStore] {
    var handles = [store]
    if run.conformance.capabilities.secondHandle == nil { return handles }
    while handles.count < Self.handleCount { handles.append(try await run.handle(on: store)) }
    return handles
  }

  /// Carries out one step.
  mutating func carryOut(_ operation: StoreOperation, step: Int) async throws {
    let store = handles[operation.handle % handles.count]
    var draw = ChangeSetDraw(seed: operation.seed, reference: reference, step: step)
    switch operation.kind {
    case .commit: try await commit(try await draw.changes("c\(step)", rows: operation.size), to: store)
    case .bad: try await commit(try await draw.refusedChanges("b\(step)", rows: operation.size), to: store)
    case .stale:
      var changes = try await draw.changes("s\(step)", rows: operation.size)
      let isBehind = operation.seed % 2 == 0 && changes.base > .start
      changes.base = isBehind ? LogPosition(changes.base.rawValue - 1) : changes.base.next
      for index in changes.entries.indices {
        changes.entries[index].position = LogPosition(changes.base.rawValue + UInt64(index) + 1)
      }
      try await commit(changes, to: store)
    case .again:
      if accepted.isEmpty { return }
      try await commit(draw.pick(accepted), to: store)
    case .reuse:
      if accepted.isEmpty { return }
      var changes = draw.pick(accepted)
      changes.entries.append(LogEntry(position: changes.head.next, body: .clock(Sample.now)))
      try await commit(changes, to: store)
    case .read: try await read(store, &draw)
    case .pages: try await compare(store, page: operation.size)
    case .claim: try await claim(store, &draw, limit: operation.size)
    case .acknowledge, .retry, .deadLetter: try await settle(operation.kind, store, &draw)
    case .erase, .export: try await concern(operation.kind, store, &draw)
    case .compact:
      let time = Sample.time(Int64(draw.random.below(50)))
      try await same("compact", store) {
        try await $0.compact(before: time)
      }
    case .reopen:
      handles = try await handles(on: try await run.reopened(handles[0]))
    }
  }

  /// Compares everything that can be read.
  func compare(_ store: any SCRMStore, page: Int) async throws {
    let now = Sample.time(clock)
    let found = try await StoreView(store, known, page: max(page, 1), now: now)
    let expected = try await StoreView(reference, known, now: now)
    if let difference = found.difference(from: expected) { throw LawFailure(difference) }
  }

  // MARK: Calls on both

  /// Makes a call on the store and on the reference; both must give the same answer or the same refusal.
  @discardableResult
  private func same<T: Equatable>(
    _ what: String, _ store: any SCRMStore, _ call: (any SCRMStore) async throws -> T
  ) async throws -> T? {
    try await agree(what, own: { try await call(store) }, reference: { try await call(reference) })
  }

  private func agree<T: Equatable>(
    _ what: String, own: () async throws -> T, reference: () async throws -> T
  ) async throws -> T? {
    switch (try await Self.answer(own), try await Self.answer(reference)) {
    case (.success(let found), .success(let expected)):
      try requireSame(found, expected, what)
      return found
    case (.failure(let found), .failure(let expected)):
      try require(found.code == expected.code, "\(what): refused with \(found), expected \(expected)")
    case (.success, .failure(let expected)): throw LawFailure("\(what): was accepted, expected \(expected)")
    case (.failure(let found), .success): throw LawFailure("\(what): was refused with \(found)")
    }
    return nil
  }

  private static func answer<T>(_ call: () async throws -> T) async throws -> Result<T, StorageError> {
    do { return .success(try await call()) } catch let error as StorageError { return .failure(error) }
  }

  private mutating func commit(_ changes: ChangeSet, to store: any SCRMStore) async throws {
    known.add(changes)
    let receipt = try await same("commit \(changes.key)", store) {
      try await $0.commit(changes)
    }
    if receipt != nil, !accepted.contains(where: { KnownKeys.Name($0.key) == KnownKeys.Name(changes.key) }) {
      accepted.append(changes)
    }
    try await same("head", store) {
      try await $0.head()
    }
  }

  private func read(_ store: any SCRMStore, _ draw: inout ChangeSetDraw) async throws {
    let events = (0..<5).map { _ in draw.eventKey() }
    try await same("entries", store) {
      try await $0.entries(for: events).map { $0?.jsonText }
    }
    let keys = (0..<5).map { _ in draw.identifierKey() }
    try await same("identities", store) {
      try await $0.identities(for: keys)
    }
    let people = (0..<4).map { _ in Sample.person(draw.number()) }
    try await same("people", store) {
      try await $0.people(people).map { $0?.jsonText }
    }
    try await same("memberships", store) {
      try await $0.memberships(of: people)
    }
    let ties = (0..<4).map { _ in Sample.tie(draw.number(), draw.number()).key }
    try await same("ties", store) {
      try await $0.ties(ties)
    }
    let kind = draw.pick(ChangeSetDraw.kinds)
    let states = (0..<5).map { _ in draw.stateKey() }
    try await same("states", store) {
      try await $0.states(kind, states)
    }
    let after = draw.stateKey()
    let limit = draw.random.below(6)
    try await same("states after a key", store) {
      try await $0.states(kind, after: after, limit: limit)
    }
    let due = StateDue(due: Sample.time(Int64(draw.random.below(40))), key: after)
    let through = Sample.time(Int64(draw.random.below(60)))
    try await same("due states after a place", store) {
      try await $0.dueStates(kind, through: through, after: due, limit: limit)
    }
    let position = LogPosition(UInt64(draw.random.below(40)))
    try await same("log after a position", store) {
      try await $0.log(after: position, limit: limit).map(\.jsonText)
    }
    try await same("merges after a position", store) {
      try await $0.merges(after: position, limit: limit)
    }
  }

  // MARK: Outbox

  private mutating func claim(_ store: any SCRMStore, _ draw: inout ChangeSetDraw, limit: Int) async throws {
    clock += Int64(draw.random.below(30))
    let now = Sample.time(clock)
    let lease = Duration.seconds(draw.random.below(60))
    let worker = "worker \(draw.random.below(3))"
    let own = try await store.claim(limit: limit, worker: worker, at: now, lease: lease)
    let expected = try await reference.claim(limit: limit, worker: worker, at: now, lease: lease)
    try requireSame(own.map(\.action.jsonText), expected.map(\.action.jsonText), "the actions claimed")
    try requireSame(own.map(\.attempt), expected.map(\.attempt), "the attempts of the claims")
    try requireSame(own.map(\.until), expected.map(\.until), "the ends of the leases")
    try requireSame(own.map(\.worker), expected.map(\.worker), "the workers of the claims")
    for claim in own {
      let earlier = held.last { $0.own.action.id == claim.action.id }
      try require(claim.fence > earlier?.own.fence ?? 0, "the fence of a claim is not above that of the one before")
    }
    for (claim, other) in zip(own, expected) { held.append((claim, other)) }
  }

  private func settle(
    _ kind: StoreOperation.Kind, _ store: any SCRMStore, _ draw: inout ChangeSetDraw
  ) async throws {
    if held.isEmpty { return }
    let pair = draw.pick(held)
    // Whether an action that expired and whose lease is over counts as held depends on when a store looks at it.
    let now = Sample.time(clock)
    if pair.own.until <= now, let expires = pair.own.action.expires, expires <= now { return }
    let time = Sample.time(clock + Int64(draw.random.below(60)))
    let reason = "kit: " + draw.pick(["busy", "caf\u{E9}", "cafe\u{301}"])
    func settle(_ claim: ActionClaim, in target: any SCRMStore) async throws -> Bool {
      switch kind {
      case .acknowledge: try await target.acknowledge(claim)
      case .retry: try await target.retry(claim, at: time, reason: reason)
      default: try await target.deadLetter(claim, reason: reason)
      }
      return true
    }
    _ = try await agree(
      "\(kind) under fence \(pair.own.fence)", own: { try await settle(pair.own, in: store) },
      reference: { try await settle(pair.reference, in: reference) })
  }

  // MARK: Upkeep

  private mutating func concern(
    _ kind: StoreOperation.Kind, _ store: any SCRMStore, _ draw: inout ChangeSetDraw
  ) async throws {
    let number = draw.number()
    let keys = (0..<2).map { _ in draw.identifierKey() }
    let request = ErasureRequest(
      people: [Sample.person(number)], accounts: [Sample.account(number)], keys: kind == .erase ? keys : [])
    if kind == .erase {
      for event in known.events.sorted() where !event.id.hasPrefix("erased-") {
        known.events.insert(EventKey(event.source, Tombstone.erasedID(event)))
      }
      _ = try await same("erase", store) { try await $0.erase(request) }
      // An action that is proposed anew under the id of an erased one begins with a new fence.
      held.removeAll { request.people.contains($0.own.action.person) }
    } else {
      try await same("export", store) {
        Self.content(of: try await $0.export(request))
      }
    }
  }

  /// What an export holds; the order is given only for interactions.
  private static func content(of export: PersonExport) -> [[String]] {
    let memberships = export.memberships.map { "\(Array($0.segment.utf8)) \($0.person) \($0.version)" }
    return [
      export.people.map(\.jsonText).sorted(), export.interactions.map(\.jsonText), memberships.sorted(),
      export.actions.map(\.action.jsonText).sorted(), export.states.map { "\($0.kind) \($0.key.text)" }.sorted(),
      export.ties.map(\.jsonText).sorted(),
    ]
  }
}
