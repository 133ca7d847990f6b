import DenseData
import SCRMModel

/// A term of which a plan finds out for whom it holds.
enum BatchLeaf: Sendable {
  /// Column by column.
  case facts(FactForm)
  /// Counted in the one pass over the events, then compared: within a range or outside of it.
  case count(EventPass.Slot, ClosedRange<Int32>, isOutside: Bool)
  /// Summed in the one pass over the events, then compared in units of `ExactSum`.
  case sum(EventPass.Slot, ClosedRange<Int128>, isOutside: Bool)
  /// A measure from the events of each person.
  case measure(BatchMeasure, MeasureComparison, Value)
  /// An expression over facts and measures.
  case expression(ExpressionProgram, ExpressionEnvironment, facts: [SlotColumn], measures: [SlotMeasure])
  case sequence(BatchSequence)
  case unanswered(BatchUnanswered)
  case snapshot(CompressedBitmap)

  /// A fact that an expression reads.
  struct SlotColumn: Sendable {
    let slot: Int
    let column: Int
  }

  /// A measure that an expression reads.
  struct SlotMeasure: Sendable {
    let slot: Int
    let measure: BatchMeasure
  }

  /// Whether the term holds for a person, for the terms that go person by person.
  func holds(_ person: Int, _ population: Population) -> Bool {
    let table = population.events
    switch self {
    case .facts, .count, .sum, .snapshot: return false
    case .measure(let measure, let comparison, let constant):
      return measure.value(table.range(of: person), table).map { comparison.holds($0, constant) } ?? false
    case .sequence(let sequence): return sequence.holds(table.range(of: person), table)
    case .unanswered(let term): return term.holds(table.range(of: person), table)
    case .expression(let program, let environment, let facts, let measures):
      var activation = ExpressionActivation(environment)
      for fact in facts {
        // A value of another type than declared counts as missing, as everywhere.
        if let value = population.columns[fact.column].value(of: person) { try? activation.set(fact.slot, value) }
      }
      for measure in measures {
        if let value = measure.measure.value(table.range(of: person), table) {
          try? activation.set(measure.slot, value)
        }
      }
      return program.matches(activation)
    }
  }
}
