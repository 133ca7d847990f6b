public import SCRMModel

/// The evidence around some identifiers of the loop, as it stands in the store: who is one person with whom and why, who is
/// not, and what protection prevented.
///
/// It knows these identifiers, those whom they share evidence with, and the people of all of them. Of a value that a crowd
/// uses it knows as many neighbours as the store keeps with it.
public struct IdentityReview: Sendable {
  let graph: EvidenceGraph

  /// Why two identifiers are one person, or what stopped it; as ``EvidenceGraph/explain(_:_:)``.
  /// - Throws: `SCRMError` when an identifier is not among those that were read.
  public func explain(_ one: IdentifierKey, _ two: IdentifierKey) throws(SCRMError) -> IdentityExplanation {
    try graph.explain(one, two)
  }

  /// What protection prevented among all that was read, ordered by the identifiers.
  public var preventedJoins: [PreventedJoin] { graph.preventedJoins() }

  /// Handles that look alike and are not one person's.
  public var confusableHandles: [[IdentifierKey]] { graph.confusableHandles() }

  /// How an identifier stands; `nil` when it was not read.
  public func standing(of key: IdentifierKey) -> IdentifierStanding? { graph.standing(of: key) }

  /// The person an identifier belongs to; `nil` for one that is nobody's or was not read.
  public func person(of key: IdentifierKey) -> PersonID? { graph.person(of: key) }

  /// The organisation or group an identifier belongs to, or names.
  public func owner(of key: IdentifierKey) -> GroupMembership.Whole? { graph.owner(of: key) }

  /// The memberships in the organisation or group of an identifier that the review is of, as
  /// ``EvidenceGraph/memberships(by:)``.
  public func memberships(by key: IdentifierKey) -> [GroupMembership] { graph.memberships(by: key) }

  /// The memberships of the person of an identifier that the review is of, as ``EvidenceGraph/memberships(of:)``.
  public func memberships(of person: PersonID) -> [GroupMembership] { graph.memberships(of: person) }

  /// The evidence in force at an identifier, of each neighbour the 32 earliest pieces.
  public func evidence(at key: IdentifierKey) -> [Evidence] { graph.evidence(at: key) }
}

extension EvidenceResolver {
  /// What has to be loaded before a review of accounts; asked again until nothing is missing.
  package func demand(
    forReviewOf accounts: [AccountID], in draft: inout PeopleDraft
  ) throws(SCRMError) -> IdentityDemand {
    try demand(
      for: IdentityRuling(.reconsider(accounts), reason: "", time: .epoch), withdrawing: nil, in: &draft)
  }

  /// The evidence around identifiers, of which everything demanded was loaded.
  package func review(of keys: [IdentifierKey], in draft: inout PeopleDraft) -> IdentityReview {
    var held = take(&draft)
    held.hood.build(draft)
    for key in keys {
      let account = account(of: key)
      let link = draft.owner(of: key).flatMap { draft.person($0.person)?.accounts.first { $0.account == account } }
      // One beside which nothing was ever said is known by its account alone.
      if link != nil { _ = held.hood.node(key, account, known: link, at: .epoch) }
    }
    held.hood.layOutEvidence()
    return IdentityReview(graph: EvidenceGraph(tables: held.hood.tables))
  }
}

extension Neighbourhood {
  /// Puts the pieces of evidence into the tables, each as a statement of its own about one edge.
  mutating func layOutEvidence() {
    for (place, stored) in edges.enumerated() {
      let edge = tables.edges[place]
      for piece in stored.evidence.reversed() {
        let row = UInt32(truncatingIfNeeded: tables.evidence.count)
        let event = UInt32(truncatingIfNeeded: tables.events.count)
        tables.evidence.append(
          EvidenceRow(
            subject: UInt32(truncatingIfNeeded: place), event: event, next: tables.edges[place].evidenceHead,
            hubAssertion: piece.mine, otherAssertion: piece.theirs))
        tables.edges[place].evidenceHead = row
        let (offset, length) = tables.append(piece.event.id)
        tables.events.append(
          EventRow(
            source: tables.intern(piece.event.source), idOffset: offset, idLength: length, evidenceCount: 1,
            firstEvidence: row, hub: edge.left, seconds: piece.seconds, nanoseconds: piece.nanoseconds,
            strength: piece.strength))
      }
    }
  }
}
