import SCRMExpressions
import SCRMModel

extension RuleGuards {
  /// Leaves people in peace in their quiet hours: puts the action off, or holds it back.
  func askQuietHours(_ guarded: inout GuardedAction, _ answer: inout GuardAnswer) {
    guard guarded.isLimited, answer.suppression == nil else { return }
    // The end of one may lie in another.
    for _ in 0...quietHours.count {
      guard let (hours, end) = quietHours(around: guarded) else { return }
      let text = "quiet from \(QuietHours.text(hours.from)) to \(QuietHours.text(hours.to)) in \(guarded.zone.name)"
      guard hours.postpones else {
        return answer.suppress(.quietHours, text, otherwise: "a time from \(end) on")
      }
      guarded.due = end
      answer.evidence.append(.init(text + ", put off"))
    }
    // Between them they leave no minute of the day.
    answer.suppress(.quietHours, "the quiet hours leave no time", otherwise: nil)
  }

  private func quietHours(around guarded: GuardedAction) -> (hours: QuietHours, end: Instant)? {
    for hours in quietHours where hours.covers(guarded.action.channel) {
      if let end = hours.end(around: guarded.due, in: guarded.zone) { return (hours, end) }
    }
    return nil
  }

  /// Holds back what would exceed a frequency cap.
  func askCaps(_ guarded: GuardedAction, _ memory: RuleMemory, _ answer: inout GuardAnswer) {
    guard guarded.isLimited else { return }
    for cap in caps where cap.scope.covers(guarded.rule, guarded.action.channel) {
      let times = memory.contacts(of: cap)
      if !cap.admits(guarded.due, among: times, guarded.zone) {
        return answer.suppress(.frequencyCap, "\(cap.text), reached", otherwise: "fewer contacts before")
      }
    }
  }

  /// Holds back what would exceed a budget.
  func askBudgets(_ guarded: GuardedAction, _ memory: RuleMemory, _ ledger: BudgetLedger, _ answer: inout GuardAnswer) {
    guard guarded.action.cost > 0 else { return }
    // What is too much to be counted exceeds every budget.
    let cost = BudgetCap.units(guarded.action.cost) ?? .max
    for budget in budgets where budget.scope.covers(guarded.rule, guarded.action.channel) {
      let spending = budget.isPerPerson ? memory.spending(of: budget) : ledger.spending(of: budget)
      let spent = spending.spent(budget, on: budget.day(guarded.occurrence))
      if spent > budget.units - cost {
        return answer.suppress(
          .budget, "of the budget \(budget.name) too little is left", otherwise: "a lower cost or a higher budget")
      }
    }
  }

  /// Counts an action that is proposed, and says what it took from budgets.
  func count(
    _ guarded: GuardedAction, _ action: ActionID, _ memory: inout RuleMemory, _ ledger: inout BudgetLedger
  ) -> [RuleMemory.Spent] {
    if guarded.isLimited {
      for cap in caps where cap.scope.covers(guarded.rule, guarded.action.channel) {
        memory.noteContact(.init(time: guarded.due.inUTC, action: action), for: cap, now: guarded.occurrence.now)
      }
    }
    var spent: [RuleMemory.Spent] = []
    guard let cost = BudgetCap.units(guarded.action.cost), cost > 0 else { return spent }
    for budget in budgets where budget.scope.covers(guarded.rule, guarded.action.channel) {
      let day = budget.day(guarded.occurrence)
      let counted =
        budget.isPerPerson ? memory.spend(cost, of: budget, on: day) : ledger.spend(cost, of: budget, on: day)
      spent.append(.init(budget: budget.hash, isShared: !budget.isPerPerson, day: counted, units: cost))
    }
    return spent
  }
}

extension BudgetCap {
  /// The day on which an occurrence is counted: that of the workspace.
  func day(_ occurrence: RuleOccurrence) -> Int32 { occurrence.person.zone.day(of: occurrence.now) }
}
