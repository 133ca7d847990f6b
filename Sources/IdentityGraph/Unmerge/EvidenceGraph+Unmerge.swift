public import SCRMModel

extension EvidenceGraph {
  /// The vetoes in force or lifted, in the order in which they were decided; a lifted one has empty sides.
  public var vetoes: [IdentityVeto] { tables.vetoes }

  /// What `undo` would do; nothing changes.
  ///
  /// O(n), because it tries on a copy.
  public func preview(_ undo: IdentityUndo) throws(SCRMError) -> IdentityUndoOutcome {
    var copy = self
    return try copy.undo(undo)
  }

  /// Takes apart what was joined.
  ///
  /// What is kept by account — interactions, traits, ties, consents — follows its account, also when it arrived after
  /// the merge: the result says which account went where. Undoing never removes evidence or vetoes from the record.
  /// O(identifiers concerned and their neighbours).
  /// - Throws: `SCRMError` when the statement or identifier is not known, or there is nothing to part; then nothing
  ///   changed.
  @discardableResult
  public mutating func undo(_ undo: IdentityUndo) throws(SCRMError) -> IdentityUndoOutcome {
    let concerned: [UInt32]
    switch undo {
    case .withdraw(let event):
      guard let row = tables.find(event) else {
        throw SCRMError(.missing, subject: "\(event)", "expected a statement of the graph")
      }
      concerned = tables.people(aroundEvent: row)
      return change(concerned) { $0.withdraw(row) }
    case .detach(let key, let reason, let time):
      guard let node = tables.find(key) else {
        throw SCRMError(.missing, subject: "\(key)", "expected an identifier of the graph")
      }
      let others = tables.members(ofPersonFoundedBy: tables.nodes[Int(node)].founder).filter { $0 != node }
      guard !others.isEmpty else { throw SCRMError(.missing, subject: "\(key)", "it is in no person with others") }
      let veto = IdentityVeto(
        first: [key], second: others.map { tables.key($0) }.sorted(), reason: reason, time: time.inUTC)
      return change(others + [node]) { $0.add(veto) }
    case .part(let first, let second, let reason, let time):
      let veto = IdentityVeto(first: first.sorted(), second: second.sorted(), reason: reason, time: time.inUTC)
      return try part(veto)
    case .revert(let merge, let reason, let time):
      let veto = IdentityVeto(
        first: merge.survivorIdentifiers, second: merge.absorbedIdentifiers, reason: reason, time: time.inUTC)
      return try part(veto)
    }
  }

  /// Lets join again what a veto, by its place in ``vetoes``, keeps apart.
  /// - Throws: `SCRMError` when there is no such veto.
  @discardableResult
  public mutating func lift(veto: Int) throws(SCRMError) -> IdentityUndoOutcome {
    guard tables.vetoes.indices.contains(veto) else {
      throw SCRMError(.missing, subject: "veto \(veto)", "expected 0 ..< \(tables.vetoes.count)")
    }
    let keys = tables.vetoes[veto].first + tables.vetoes[veto].second
    return change(keys.compactMap { tables.find($0) }) { $0.lift(veto) }
  }

  private mutating func part(_ veto: IdentityVeto) throws(SCRMError) -> IdentityUndoOutcome {
    let second = Set(veto.second)
    guard !veto.first.isEmpty, !second.isEmpty, !veto.first.contains(where: second.contains) else {
      throw SCRMError(.invalidValue, subject: "veto", "expected two sides without a common identifier")
    }
    for key in veto.first + veto.second where tables.find(key) == nil {
      throw SCRMError(.missing, subject: "\(key)", "expected an identifier of the graph")
    }
    return change((veto.first + veto.second).compactMap { tables.find($0) }) { $0.add(veto) }
  }

  private mutating func change(_ nodes: [UInt32], _ body: (inout EvidenceTables) -> Void) -> IdentityUndoOutcome {
    let founders = Set(nodes.filter { tables.nodes[Int($0)].isOpen }.map { tables.nodes[Int($0)].founder }).sorted()
    let before = founders.map { tables.identified($0) }.sorted { $0.id < $1.id }
    body(&tables)
    tables.settle()
    let changes = tables.takeChanges()
    var now = Set<UInt32>()
    for key in before.flatMap(\.identifiers) {
      if let node = tables.find(key), tables.nodes[Int(node)].isOpen { now.insert(tables.nodes[Int(node)].founder) }
    }
    let after = now.map { tables.identified($0) }.sorted { $0.id < $1.id }
    return IdentityUndoOutcome(before: before, after: after, changes: changes)
  }
}

extension EvidenceTables {
  func identified(_ founder: UInt32) -> IdentifiedPerson {
    IdentifiedPerson(
      id: account(founder).person,
      identifiers: members(ofPersonFoundedBy: founder).map { key($0) }.sorted())
  }

  /// The members of the people whom a statement names.
  func people(aroundEvent event: UInt32) -> [UInt32] {
    let row = events[Int(event)]
    var result = [row.hub]
    for place in Int(row.firstEvidence)..<Int(row.firstEvidence) + Int(row.evidenceCount) {
      if evidence[place].isDescriptor { continue }
      result.append(edges[Int(evidence[place].subject)].other(row.hub))
    }
    return result
  }
}
