import DenseData
import SCRMExpressions
import SCRMModel

extension EvidenceTables {
  /// Enters a block of statements that was read ahead, and marks what they touch; people are settled afterwards.
  ///
  /// Those that cannot be entered are left out and given to `refuse`.
  mutating func enter(
    _ block: ArraySlice<IdentityStatement>, refuse: (IdentityStatement, SCRMError) -> Void
  ) {
    warm(block)
    var place = 0
    for index in block.indices {
      do throws(SCRMError) {
        try enter(block[index], hashesFrom: place)
      } catch {
        refuse(block[index], error)
      }
      place += 1 + block[index].identifiers.count
    }
  }

  /// Enters a statement whose hashes were worked out.
  mutating func enter(_ statement: IdentityStatement, hashesFrom start: Int) throws(SCRMError) {
    try check(statement)
    let eventHash = ahead.hashes[start]
    if find(statement.event, eventHash) != nil { return }
    let time = statement.time
    var hub: UInt32 = noRow
    let event = UInt32(truncatingIfNeeded: events.count)
    let first = UInt32(truncatingIfNeeded: evidence.count)
    for place in statement.identifiers.indices {
      // What was erased for good stays away; the rest of the statement stands.
      guard let node = intern(statement.identifiers[place].key, ahead.hashes[start + 1 + place], at: time) else {
        continue
      }
      let assertion = statement.identifiers[place].assertion
      touch(node, assertion, time)
      if hub == noRow {
        hub = node
        if statement.identifiers.count == 1 {
          add(edge: internEdge(node, node), hub: node, event, assertion, assertion, statement)
        }
      } else if node != hub {
        add(edge: internEdge(hub, node), hub: hub, event, statement.identifiers[0].assertion, assertion, statement)
      }
    }
    guard hub != noRow else {
      throw SCRMError(.missing, subject: "\(statement.event) identifiers", "all were erased and may not come back")
    }
    for descriptor in statement.descriptors { add(descriptor, to: hub, event) }
    let (offset, length) = append(statement.event.id)
    events.makeRoom()
    events.append(
      EventRow(
        source: intern(statement.event.source), idOffset: offset, idLength: length,
        evidenceCount: UInt16(truncatingIfNeeded: evidence.count - Int(first)), firstEvidence: first, hub: hub,
        seconds: time.secondsSinceEpoch, nanoseconds: time.nanoseconds, strength: statement.strength))
    eventIndex.insert(eventHash, row: Int(event))
  }

  private func check(_ statement: IdentityStatement) throws(SCRMError) {
    var subject: String { "\(statement.event) identifiers" }
    guard !statement.identifiers.isEmpty else {
      throw SCRMError(.missing, subject: subject, "expected at least one identifier")
    }
    guard statement.identifiers.count <= 1_000, statement.descriptors.count <= 1_000 else {
      throw SCRMError(.limitExceeded, subject: subject, "more than 1000 identifiers or descriptors")
    }
    var (size, longest) = (statement.event.id.utf8.count, statement.event.id.utf8.count)
    var isTwice = false
    for place in statement.identifiers.indices {
      let length = statement.identifiers[place].key.key.utf8.count
      size += length
      longest = max(longest, length)
      for other in 0..<place where statement.identifiers[place].key == statement.identifiers[other].key {
        isTwice = true
      }
    }
    guard longest <= 0xFFFF else { throw SCRMError(.limitExceeded, subject: subject, "longer than 65535 bytes") }
    if isTwice { throw SCRMError(.duplicateName, subject: subject, "the same identifier twice") }
    // Rows and offsets into the text have 32 bits.
    guard text.count + size < Int(UInt32.max), evidence.count + 2_000 < Int(UInt32.max) else {
      throw SCRMError(.limitExceeded, subject: subject, "the graph is full")
    }
  }

  /// Notes that a node was seen.
  mutating func touch(_ node: UInt32, _ assertion: Identifier.Assertion, _ time: Instant) {
    let index = Int(node)
    if assertion >= .verified, !nodes[index].flags.contains(.verified) {
      nodes[index].flags.insert(.verified)
      if hasLimits { rebuild(around: node) }
    }
    let (seconds, nanoseconds) = (time.secondsSinceEpoch, time.nanoseconds)
    if (seconds, nanoseconds) < (nodes[index].firstSeconds, nodes[index].firstNanoseconds) {
      nodes[index].firstSeconds = seconds
      nodes[index].firstNanoseconds = nanoseconds
      rebuild(around: node)
    }
  }

  private mutating func add(
    edge: UInt32, hub: UInt32, _ event: UInt32, _ hubAssertion: Identifier.Assertion,
    _ otherAssertion: Identifier.Assertion, _ statement: IdentityStatement
  ) {
    let row = UInt32(truncatingIfNeeded: evidence.count)
    let index = Int(edge)
    let hubIsLeft = edges[index].left == hub
    evidence.makeRoom()
    evidence.append(
      EvidenceRow(
        subject: edge, event: event, next: edges[index].evidenceHead,
        hubAssertion: UInt8(truncatingIfNeeded: hubAssertion.rank),
        otherAssertion: UInt8(truncatingIfNeeded: otherAssertion.rank), hubIsLeft: hubIsLeft))
    edges[index].evidenceHead = row
    let before = edges[index]
    edges[index].take(
      evidence[Int(row)], strength: statement.strength, seconds: statement.time.secondsSinceEpoch,
      nanoseconds: statement.time.nanoseconds)
    settle(edge, before)
  }

  /// Marks what the change of an edge from `before` touches.
  mutating func settle(_ edge: UInt32, _ before: EdgeRow) {
    let now = edges[Int(edge)]
    let (left, right) = (now.left, now.right)
    if left == right { return }
    if before.count == 0 {
      for node in [left, right] {
        nodes[Int(node)].degree += 1
        // Beyond the limit a node no longer lends its descriptors to its neighbours.
        if Int(nodes[Int(node)].degree) == limit(node) + 1 {
          markNeighbours(of: node)
          rebuild(around: node)
        }
      }
    }
    if now.isVerified, !before.isVerified {
      for node in [left, right] where !nodes[Int(node)].flags.contains(.held) {
        nodes[Int(node)].flags.insert(.held)
        // Claims that had joined before no longer do.
        if policy.protectsVerified, nodes[Int(node)].degree > 1 {
          markNeighbours(of: node)
          rebuild(around: node)
        }
      }
    }
    let isSame =
      before.count > 0 && before.strength == now.strength && before.isVerified == now.isVerified
      && before.leftAssertion == now.leftAssertion && before.rightAssertion == now.rightAssertion
      && before.firstSeconds == now.firstSeconds && before.firstNanoseconds == now.firstNanoseconds
    if isSame { return }
    mark(left)
    mark(right)
    pending.append(edge)
  }

  private mutating func add(_ descriptor: IdentityDescriptor, to hub: UInt32, _ event: UInt32) {
    let index = descriptors.use(descriptor)
    evidence.makeRoom()
    evidence.append(
      EvidenceRow(subject: index, event: event, hubAssertion: 0, otherAssertion: 0, isDescriptor: true))
    describe(hub, as: index)
  }

  /// Counts one more statement that a node goes by a descriptor.
  mutating func describe(_ hub: UInt32, as index: UInt32) {
    var row = nodes[Int(hub)].descriptorHead
    while row != noRow {
      if descriptorRows[Int(row)].descriptor == index {
        descriptorRows[Int(row)].support += 1
        if descriptorRows[Int(row)].support == 1 { describe(hub, by: 1) }
        return
      }
      row = descriptorRows[Int(row)].next
    }
    descriptorRows.makeRoom()
    descriptorRows.append(DescriptorRow(descriptor: index, support: 1, next: nodes[Int(hub)].descriptorHead))
    nodes[Int(hub)].descriptorHead = UInt32(truncatingIfNeeded: descriptorRows.count - 1)
    describe(hub, by: 1)
  }

  /// Notes that a node has one descriptor more or less.
  mutating func describe(_ node: UInt32, by change: Int) {
    let index = Int(node)
    nodes[index].descriptorCount = UInt16(clamping: Int(nodes[index].descriptorCount) + change)
    // Whatever it lends, a node that goes by two names contradicts itself.
    mark(node)
    // With too many neighbours or descriptors it lends none, so nothing changes for anybody else.
    if Int(nodes[index].degree) > limit(node) || nodes[index].descriptorCount > Self.maximumDescriptors + 1 { return }
    markNeighbours(of: node)
    if components[Int(nodes[index].component)].size > 1 { rebuild(around: node) }
  }

  /// Marks a node whose standing may have changed.
  mutating func mark(_ node: UInt32) {
    if nodes[Int(node)].flags.contains(.dirty) { return }
    nodes[Int(node)].flags.insert(.dirty)
    dirty.append(node)
  }

  mutating func markNeighbours(of node: UInt32) {
    var edge = nodes[Int(node)].edgeHead
    while edge != noRow {
      let row = edges[Int(edge)]
      mark(row.other(node))
      edge = row.next(node)
    }
  }

  /// Has the component of a node settled anew.
  mutating func rebuild(around node: UInt32) {
    let root = Int(nodes[Int(node)].component)
    if components[root].isRebuilding { return }
    components[root].isRebuilding = true
    rebuilding.append(UInt32(truncatingIfNeeded: root))
  }
}

extension EdgeRow {
  /// Adds live evidence.
  mutating func take(_ row: EvidenceRow, strength: Double, seconds: Int64, nanoseconds: Int32) {
    count += 1
    self.strength = max(self.strength, strength)
    let (left, right) = row.hubIsLeft ? (row.hubAssertion, row.otherAssertion) : (row.otherAssertion, row.hubAssertion)
    leftAssertion = max(leftAssertion, left)
    rightAssertion = max(rightAssertion, right)
    if min(left, right) >= 2 { isVerified = true }
    if (seconds, nanoseconds) < (firstSeconds, firstNanoseconds) {
      firstSeconds = seconds
      firstNanoseconds = nanoseconds
    }
  }
}
