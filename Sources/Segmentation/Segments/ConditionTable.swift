import SCRMModel

/// The conditions of the registered segments, in registration order.
///
/// All cores ask all of them about every interaction. To count a reference for each question would make the cores wait
/// for one another, so the table, which keeps the conditions alive, hands them out uncounted.
struct ConditionTable: Sendable {
  private final class Entry: Sendable {
    // Closures of their own, since one that is taken out of an enumeration is counted for the call.
    let holds: @Sendable (PersonFacts) -> Bool
    let judge: (@Sendable (PersonFacts) -> Judgement)?
    let givesJudgement: Bool

    init(_ condition: SegmentDefinition.Condition) {
      switch condition {
      case .truth(let holds): (self.holds, judge, givesJudgement) = (holds, nil, false)
      case .judgement(let judge): (holds, self.judge, givesJudgement) = ({ judge($0).holds }, judge, true)
      }
    }
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
      if entry.givesJudgement, let judgement = entry.judge?(facts) { return (judgement.holds, judgement) }
      return (entry.holds(facts), nil)
    }
  }
}
