import SCRMTesting

extension SimulationPlan {
  /// The configuration of the hosts: rules that often propose, often hold back, and are often wrong after a late fact.
  static func configuration(batchSize: Int) throws -> SocialCRM.Configuration {
    var configuration = try historyConfiguration(batchSize: batchSize)
    configuration.rules = try RuleSet([
      Rule("greet", version: 1, on: [.like, .view, .post], cooldown: .hours(30)) { _ in
        true
      } propose: { _ in
        Proposal("greet")
      },
      Rule("first-order", version: 1, on: [.comment, .share, .track]) { context in
        context.person.count(.purchase, days: 60) < 1
      } propose: { _ in
        Proposal("offer", validity: .days(20))
      },
      Rule("coupon", version: 1, on: [.purchase, "quiz"], purpose: .analytics) { _ in
        true
      } propose: { _ in
        Proposal("coupon", validity: .days(7))
      },
      Rule("welcome", version: 1, entering: ["active", "warm"]) { _ in
        true
      } propose: { context in
        Proposal("welcome", parameters: ["seen": .int(Int64(context.person.count(days: 30)))])
      },
    ])
    configuration.lateness = .days(20)
    configuration.conflictRetries = 50
    return configuration
  }
}
