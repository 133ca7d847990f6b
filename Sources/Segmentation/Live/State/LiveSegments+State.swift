public import SCRMModel
import StateCoding

extension LiveSegments {
  /// The version of the form of ``state(of:)``.
  public static let stateSchema = 1

  /// The state of one person: what they did as far as it matters, their facts, memberships and the engine's time.
  ///
  /// Equal states give equal bytes. Streams, facts and segments are named, not numbered, so the state can be read with
  /// other definitions: see ``restore(_:as:)``. Empty for a number the engine did not give.
  public func state(of person: Int) -> [UInt8] {
    guard ids.indices.contains(person) else { return [] }
    var writer = ByteWriter()
    writer.signed(clock)
    let streams = plan.streams.indices.filter { !logs[person * plan.streams.count + $0].times.isEmpty }
      .sorted { plan.streams[$0].identity < plan.streams[$1].identity }
    writer.count(streams.count)
    for stream in streams {
      writer.fixed(plan.streams[stream].identity)
      writer.byte(plan.streams[stream].content.rawValue)
      logs[person * plan.streams.count + stream].write(to: &writer, content: plan.streams[stream].content)
    }
    facts[person].write(to: &writer, facts: catalogue.facts.facts)
    let members = segments(of: person).map { plan.segmentHashes[$0] }.sorted()
    writer.count(members.count)
    for member in members { writer.fixed(member) }
    let kept = recentChanges(of: person, from: clock &- lateness)
    writer.count(kept.count)
    for change in kept {
      writer.signed(change.time)
      writer.fixed(plan.segmentHashes[Int(change.segment)])
      writer.bool(change.isEntry)
    }
    return writer.bytes
  }

  /// When the person has to be looked at again if nothing happens, in milliseconds since 1970; `nil` for never.
  ///
  /// Then nothing may turn out to have changed; `nil` also for a number the engine did not give.
  public func due(of person: Int) -> Int64? {
    guard ids.indices.contains(person) else { return nil }
    let due = rows.due(person)
    return due == .max ? nil : due
  }

  /// Makes a person known with a stored state, and goes on as if they had never been away.
  ///
  /// What became due meanwhile is reported by the next ``advance(to:)`` or event, with the time at which it was due.
  /// Segments that the stored state does not name are entered as of its time.
  /// - Returns: the number of the person.
  /// - Throws: `SCRMError` with `corruptState`, or `duplicateName` when the person is known already.
  @discardableResult
  public mutating func restore(_ bytes: [UInt8], as id: PersonID) throws(SCRMError) -> Int {
    guard number(of: id) == nil else {
      throw SCRMError(.duplicateName, subject: "person \(id)", "expected somebody who is not known yet")
    }
    let plan = plan
    let state = try decodeState(bytes, subject: "segments of \(id)") { reader throws(StateDecodingError) in
      try StoredPerson(from: &reader, plan: plan)
    }
    let person = add(id)
    for (stream, log) in state.logs { logs[person * plan.streams.count + stream] = log }
    facts[person] = state.facts
    for member in state.members { _ = toggle(member, of: person) }
    keep(state.recent, of: person)
    clock = max(clock, state.clock)
    scratch.flipped.removeAll(keepingCapacity: true)
    refreshAll(of: person, at: state.clock)
    settleSegments(of: person, at: state.clock, cause: .definition, asksAll: true)
    schedule(person)
    return person
  }

  /// The whole engine: its time, lateness, snapshots and people.
  public func snapshot() -> [UInt8] {
    var writer = ByteWriter()
    writer.count(Self.stateSchema)
    writer.signed(clock)
    writer.signed(lateness)
    writer.count(snapshots.count)
    for snapshot in snapshots.values.sorted(by: { $0.name < $1.name }) { writer.snapshot(snapshot) }
    writer.count(ids.count)
    for person in ids.indices {
      writer.fixed(ids[person].high)
      writer.fixed(ids[person].low)
      writer.blob(state(of: person))
    }
    return writer.bytes
  }

  /// Opens a snapshot; changes that were not taken before it are not in it.
  /// - Throws: `SegmentError` for the catalogue, `SCRMError` with `corruptState` or `unsupportedSchema` for the bytes.
  public init(_ catalogue: SegmentCatalogue, snapshot bytes: [UInt8]) throws {
    let plan = try LivePlan(catalogue)
    let stored = try decodeState(bytes, subject: "live segments") { reader throws(StateDecodingError) in
      try StoredEngine(from: &reader)
    }
    guard stored.schema == Self.stateSchema else {
      throw SCRMError(
        .unsupportedSchema, subject: "live segments", "expected schema \(Self.stateSchema), found \(stored.schema)")
    }
    self.init(plan: plan, clock: stored.clock, lateness: stored.lateness)
    for snapshot in stored.snapshots { snapshots[snapshot.name] = snapshot }
    for (id, state) in stored.people { try restore(state, as: id) }
    clock = stored.clock
  }
}

/// One person's state as it was read.
private struct StoredPerson {
  var clock: Int64
  var logs: [(stream: Int, log: StreamLog)] = []
  var facts: FactState
  var members: [Int] = []
  var recent: [LiveSegments.RecentChange] = []

  init(from reader: inout ByteReader, plan: LivePlan) throws(StateDecodingError) {
    clock = try reader.signed()
    for _ in 0..<(try reader.count()) {
      let identity = try reader.fixed()
      guard let content = LiveStream.Content(rawValue: try reader.byte()) else { throw .malformed }
      let log = try StreamLog(from: &reader, content: content)
      if let stream = plan.streams.firstIndex(where: { $0.identity == identity && $0.content == content }) {
        logs.append((stream, log))
      }
    }
    facts = try FactState(from: &reader, schema: plan.catalogue.facts)
    for _ in 0..<(try reader.count()) {
      let hash = try reader.fixed()
      if let segment = plan.segmentHashes.firstIndex(of: hash) { members.append(segment) }
    }
    guard Set(members).count == members.count else { throw .malformed }
    for _ in 0..<(try reader.count()) {
      let time = try reader.signed()
      let hash = try reader.fixed()
      let isEntry = try reader.bool()
      if let segment = plan.segmentHashes.firstIndex(of: hash) {
        recent.append(.init(time: time, segment: Int32(segment), isEntry: isEntry))
      }
    }
  }
}

/// An engine as it was read.
private struct StoredEngine {
  var schema: Int
  var clock: Int64
  var lateness: Int64
  var snapshots: [RankSnapshot] = []
  var people: [(id: PersonID, state: [UInt8])] = []

  init(from reader: inout ByteReader) throws(StateDecodingError) {
    schema = try reader.integer()
    clock = try reader.signed()
    lateness = try reader.signed()
    guard lateness >= 0 else { throw .malformed }
    for _ in 0..<(try reader.count()) { snapshots.append(try reader.snapshot()) }
    for _ in 0..<(try reader.count()) {
      let id = PersonID(high: try reader.fixed(), low: try reader.fixed())
      people.append((id, try reader.blob()))
    }
  }
}

extension ByteWriter {
  fileprivate mutating func snapshot(_ snapshot: RankSnapshot) {
    string(snapshot.name.rawValue)
    instant(snapshot.asOf)
    count(snapshot.population)
    bool(snapshot.least != nil)
    if let least = snapshot.least { double(least) }
    count(snapshot.members.count)
    for member in snapshot.members {
      fixed(member.high)
      fixed(member.low)
    }
  }
}

extension ByteReader {
  fileprivate mutating func snapshot() throws(StateDecodingError) -> RankSnapshot {
    let name = SegmentName(try string())
    let time = try requiredInstant()
    let population = try integer()
    let least = try bool() ? try double() : nil
    var members: [PersonID] = []
    for _ in 0..<(try count()) { members.append(PersonID(high: try fixed(), low: try fixed())) }
    return RankSnapshot(name: name, asOf: time, members: members, population: population, least: least)
  }
}
