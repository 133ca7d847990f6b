import SCRMModel

/// The conditions of the registered segments, in registration order.
///
/// All cores ask all of them about every interaction. To count a reference for each question would make the cores wait
/// for one another, so the table, which keeps the conditions alive, hands them out uncounted.
struct ConditionTable: Sendable {
  private final class Entry: Sendable {
    let condition: SegmentDefinition.Condition
    init(_ condition: SegmentDefinition.Condition) { self.condition = condition }
  }

  private let entries: [Entry]
  private let uncounted: [Unmanaged<Entry>]

  init(_ definitions: [SegmentDefinition]) {
    entries = definitions.map { Entry($0.condition) }
    uncounted = entries.map { Unmanaged.passUnretained($0) }
  }

  /// The places of the conditions.
  var indices: Range<Int> { uncounted.indices }

  /// Whether a condition holds; with the judgement, if the condition gives one.
  func ask(_ index: Int, about facts: PersonFacts) -> (holds: Bool, judgement: Judgement?) {
    uncounted[index]._withUnsafeGuaranteedRef { entry in
      switch entry.condition {
      case .truth(let condition): return (condition(facts), nil)
      case .judgement(let judge):
        let judgement = judge(facts)
        return (judgement.holds, judgement)
      }
    }
  }
}
