public import SCRMModel

/// How one value of a trait is chosen where sources and accounts of a person say different things.
///
/// A draw is decided as in `TraitLedger`: the greater confidence, then the later, then the greater event key. So
/// the choice never depends on the order of arrival.
public enum SurvivorshipRule: Sendable {
  /// The greatest confidence, then the latest: what the ledger itself answers.
  case mostConfident
  /// The latest observation.
  case mostRecent
  /// The first source of the list that says something; sources that are not in it come last.
  case mostTrusted([SourceID])
  /// The value that most pairs of source and account state.
  case mostFrequent
  /// The text with the most Unicode scalars; values that are no text come last.
  case longest
  /// All different values as one list, lists taken apart, ordered by their JSON bytes.
  case union
  /// The value whose index a function of the host gives; `nil`, or an index that is none, for no value.
  ///
  /// The function gets the values in the order of a draw, and must give the same for the same; the name stands in the
  /// provenance.
  case host(name: String, @Sendable ([TraitValue]) -> Int?)

  /// The stable name of the rule.
  public var name: String {
    switch self {
    case .mostConfident: "mostConfident"
    case .mostRecent: "mostRecent"
    case .mostTrusted: "mostTrusted"
    case .mostFrequent: "mostFrequent"
    case .longest: "longest"
    case .union: "union"
    case .host(let name, _): "host:" + name
    }
  }
}
