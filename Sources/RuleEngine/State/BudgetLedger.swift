public import SCRMModel
import StateCoding

/// What was spent of the budgets that everyone shares.
public struct BudgetLedger: Sendable, Hashable {
  /// The version of the form of ``bytes``.
  public static let schema = 1

  var spendings: [RuleMemory.Spending] = []

  /// Nothing was spent.
  public init() {}

  func spending(of budget: BudgetCap) -> BudgetSpending {
    spendings.first { $0.budget == budget.hash }?.spending ?? BudgetSpending()
  }

  mutating func spend(_ units: Int64, of budget: BudgetCap, on day: Int32) {
    let place = spendings.firstIndex { $0.budget >= budget.hash } ?? spendings.endIndex
    if place == spendings.endIndex || spendings[place].budget != budget.hash {
      spendings.insert(.init(budget: budget.hash, spending: BudgetSpending()), at: place)
    }
    spendings[place].spending.spend(units, budget, on: day)
  }

  /// The ledger as bytes; equal ledgers have equal bytes.
  public var bytes: [UInt8] {
    var writer = ByteWriter()
    writer.list(spendings) {
      $0.fixed($1.budget)
      $1.spending.write(to: &$0)
    }
    return writer.bytes
  }

  /// Reads a ledger.
  /// - Throws: `SCRMError` with `corruptState` for bytes that are no ledger.
  public init(bytes: [UInt8]) throws(SCRMError) {
    self = try decodeState(bytes, subject: "budget ledger") { reader throws(StateDecodingError) in
      try BudgetLedger(from: &reader)
    }
  }

  init(from reader: inout ByteReader) throws(StateDecodingError) {
    spendings = try reader.list { reader throws(StateDecodingError) in
      RuleMemory.Spending(budget: try reader.fixed(), spending: try BudgetSpending(from: &reader))
    }
  }
}
