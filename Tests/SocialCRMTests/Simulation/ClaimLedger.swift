import SCRMTesting

/// What workers were handed and what they were told, to be held against the law of the outbox.
actor ClaimLedger {
  private struct Held {
    var fence: UInt64
    var until: Instant
    var isOpen: Bool
  }

  private var held: [ActionID: Held] = [:]
  private var done: Set<ActionID> = []
  /// What contradicts the law.
  private(set) var findings: [String] = []

  /// A worker was handed a claim for as long as it asked for.
  func handed(_ claim: ActionClaim, at now: Instant, for lease: Duration) {
    let id = claim.action.id
    if done.contains(id) { findings.append("action \(id) is handed out after it was done") }
    if let other = held[id] {
      if other.isOpen, other.until > now { findings.append("action \(id) is held by two workers at a time") }
      if other.fence >= claim.fence { findings.append("the fence of action \(id) does not grow") }
    }
    held[id] = Held(fence: claim.fence, until: now.advanced(by: lease), isOpen: true)
  }

  /// The store accepted that a claim was settled, or may have.
  func settled(_ claim: ActionClaim, isDone: Bool, isCertain: Bool) {
    let id = claim.action.id
    if isCertain, let latest = held[id], latest.fence > claim.fence {
      findings.append("action \(id) is settled under a claim that was lost")
    }
    if isDone, isCertain, !done.insert(id).inserted { findings.append("action \(id) is done twice") }
    if held[id]?.fence == claim.fence { held[id]?.isOpen = false }
  }
}
