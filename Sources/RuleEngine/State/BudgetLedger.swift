import SCRMModel
import StateCoding

/// What was spent of the budgets that everyone shares.
struct BudgetLedger: Sendable, Hashable {
  static let schema = 1

  /// By budget, ascending.
  var spendings: [RuleMemory.Spending] = []

  init() {}

  func spending(of budget: BudgetCap) -> BudgetSpending {
    spendings.first { $0.budget == budget.hash }?.spending ?? BudgetSpending()
  }

  /// Notes what was spent, and says on which day it is counted.
  mutating func spend(_ units: Int64, of budget: BudgetCap, on day: Int32) -> Int32 {
    let place = spendings.firstIndex { $0.budget >= budget.hash } ?? spendings.endIndex
    if place == spendings.endIndex || spendings[place].budget != budget.hash {
      spendings.insert(.init(budget: budget.hash, spending: BudgetSpending()), at: place)
    }
    return spendings[place].spending.spend(units, budget, on: day)
  }

  /// Gives back what an action took that is not carried out.
  mutating func giveBack(_ spent: RuleMemory.Spent) {
    guard let place = spendings.firstIndex(where: { $0.budget == spent.budget }) else { return }
    spendings[place].spending.giveBack(spent.units, on: spent.day)
    if spendings[place].spending.days.isEmpty { spendings.remove(at: place) }
  }

  func write(to writer: inout ByteWriter) {
    writer.list(spendings) {
      $0.fixed($1.budget)
      $1.spending.write(to: &$0)
    }
  }

  var bytes: [UInt8] {
    var writer = ByteWriter()
    write(to: &writer)
    return writer.bytes
  }

  init(from reader: inout ByteReader) throws(StateDecodingError) {
    spendings = try reader.list { reader throws(StateDecodingError) in
      RuleMemory.Spending(budget: try reader.fixed(), spending: try BudgetSpending(from: &reader))
    }
  }
}
