import SCRMModel

/// Why a person is in a segment or not, what would have to change, and when it changes by itself.
///
/// ```swift
/// if let explanation = live.explain("buyers", of: person) {
///   for term in explanation.terms where term.isDeciding { print(term.condition, term.holds) }
///   if let suggestion = explanation.suggestions.first {
///     for step in suggestion.steps { live.apply(step, for: person) }  // now the membership is the other one
///   }
/// }
/// ```
///
/// Everything is about what is still to come, strictly after ``time``: what lies behind is taken as it is.
public struct SegmentExplanation: Sendable, Hashable {
  /// The segment.
  public var segment: SegmentName
  /// The version of its definition.
  public var version: Int
  /// The moment explained, in milliseconds since 1970.
  public var time: Int64
  /// Whether the person is in it.
  public var isMember: Bool
  /// The terms of the condition and of the segments it names, each once, in the order of the text.
  public var terms: [ExplainedTerm]
  /// What would turn the membership round, each by itself, the simplest first; every one was tried out on a copy.
  public var suggestions: [SegmentSuggestion]
  /// Whether nothing that may still happen changes the membership.
  public var isFinal: Bool
  /// When the membership changes if nothing happens, in milliseconds since 1970; `nil` for never.
  public var changesByItself: Int64?

  /// Creates an explanation.
  public init(
    segment: SegmentName, version: Int, time: Int64, isMember: Bool, terms: [ExplainedTerm],
    suggestions: [SegmentSuggestion], isFinal: Bool, changesByItself: Int64?
  ) {
    self.segment = segment
    self.version = version
    self.time = time
    self.isMember = isMember
    self.terms = terms
    self.suggestions = suggestions
    self.isFinal = isFinal
    self.changesByItself = changesByItself
  }
}

extension LiveSegments {
  /// Why a person is in a segment or not; `nil` when there is no such segment or person.
  ///
  /// It compiles the segment's terms each time; a ``SegmentExplainer`` keeps them for many people.
  public func explain(_ segment: SegmentName, of person: Int) -> SegmentExplanation? {
    guard let explainer = try? SegmentExplainer(catalogue, segment) else { return nil }
    return explainer.explain(person, in: self)
  }
}
