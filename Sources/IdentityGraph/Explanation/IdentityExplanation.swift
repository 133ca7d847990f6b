public import SCRMModel

/// Why two identifiers are one person, or why they are not.
public struct IdentityExplanation: Sendable, Hashable, Codable, Redacted {
  /// One link of the path between the two.
  public struct Step: Sendable, Hashable, Codable, Redacted {
    /// Where the step begins.
    public var from: IdentifierKey
    /// Where it ends.
    public var to: IdentifierKey
    /// The divided value over which it goes; `nil` for evidence between the two.
    public var via: IdentifierKey?
    /// The evidence, in the order of arrival.
    public var evidence: [Evidence]
    /// What stops the step; `nil` for one that holds.
    public var obstacle: JoinObstacle?

    /// The namespaces, the number of statements and the obstacle.
    public var redactedDescription: String {
      let way = via.map { " over \($0)" } ?? ""
      let end = obstacle.map { ", stopped: \($0)" } ?? ""
      return "\(from) – \(to)\(way), \(evidence.count) statements\(end)"
    }
  }

  /// Whether they are one person.
  public var isOnePerson: Bool
  /// The path between them; empty when no evidence leads from one to the other.
  ///
  /// For one person the strongest path: no other has a stronger weakest link. Otherwise a shortest path through all
  /// evidence; the steps with an obstacle are what stopped it.
  public var path: [Step]
  /// Whether the two are different handles of one namespace that look alike (``HandleConfusables``): a sign that one may
  /// pretend to be the other, never a reason to join them.
  public var looksAlike = false

  init(isOnePerson: Bool, path: [Step]) {
    self.isOnePerson = isOnePerson
    self.path = path
  }

  /// The verdict and the path.
  public var redactedDescription: String {
    (isOnePerson ? "one person" : "not one person") + path.map { "; " + $0.redactedDescription }.joined()
  }
}
