public import SocialCRM

/// People who turned out to be one.
public struct MergeFigures: Sendable, Hashable {
  /// A merge and what showed it, without the values of identifiers.
  public struct Example: Sendable, Hashable {
    /// The merge.
    public var record: MergeRecord
    /// The namespaces of the accounts that came with the absorbed person.
    public var joined: [String]
    /// The namespaces of the accounts that one interaction named together.
    public var evidence: [String]

    /// Creates an example.
    public init(record: MergeRecord, joined: [String], evidence: [String]) {
      self.record = record
      self.joined = joined
      self.evidence = evidence
    }
  }

  /// How many merges there were.
  public var total = 0
  /// How many people have one account, two, three, four, and five or more; five numbers, or none without people.
  public var peopleByAccounts: [Int] = []
  /// The merges that joined most accounts.
  public var examples: [Example] = []

  /// Creates the figures of no merge.
  public init() {}
}
