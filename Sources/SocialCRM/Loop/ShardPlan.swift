import SCRMModel

/// Parts the people of a batch so that nobody's state is touched from two parts.
///
/// People whom one step concerns together are kept together (union–find over the few for whom that matters). The number
/// of shards depends on the batch alone, so that the order of changes does not depend on the machine.
struct ShardPlan {
  let count: Int
  private var parents: [PersonID: PersonID] = [:]

  /// - Parameter isWhole: whether all are in one shard, as when they share state.
  init(_ steps: [FoldStep], isWhole: Bool) {
    // So many that no core waits long for the last of another.
    count = isWhole || steps.count < 64 ? 1 : (steps.count < 512 ? 4 : 8)
    if count == 1 { return }
    for step in steps
    where step.effects != nil || step.addressee != nil || !step.resolution.merges.isEmpty
      || !step.resolution.moves.isEmpty
    {
      let people = step.people
      for person in people.dropFirst() { join(people[0], person) }
    }
  }

  private func root(_ person: PersonID) -> PersonID {
    if parents.isEmpty { return person }
    var root = person
    while let parent = parents[root] { root = parent }
    return root
  }

  private mutating func join(_ left: PersonID, _ right: PersonID) {
    let (left, right) = (root(left), root(right))
    if left < right { parents[right] = left } else if right < left { parents[left] = right }
  }

  /// The shard of a person.
  func shard(of person: PersonID) -> Int { count == 1 ? 0 : Int(truncatingIfNeeded: root(person).low % UInt64(count)) }

  /// The shard of a step; one that concerns nobody can be anywhere.
  func shard(of step: FoldStep) -> Int {
    if let person = step.resolution.person { return shard(of: person) }
    return step.people.first.map { shard(of: $0) } ?? Int(truncatingIfNeeded: step.position.rawValue % UInt64(count))
  }

  /// The shard of a tie.
  func shard(of tie: TieKey) -> Int { Int(truncatingIfNeeded: (tie.from.low ^ tie.to.low) % UInt64(count)) }

  /// What each shard starts from.
  func inputs(
    _ steps: [FoldStep], _ tieCounts: [TieCount], _ loaded: LoadedBatch, _ reckonings: [LogPosition: Reckoning]
  ) -> [ShardFold.Input] {
    if count == 1 {
      return [
        ShardFold.Input(
          steps: steps, tieCounts: tieCounts, activity: loaded.activity.compactMap { $0 },
          rules: loaded.ruleRecords, scores: loaded.scoreRecords, ties: loaded.ties.compactMap { $0 },
          reckonings: reckonings)
      ]
    }
    var inputs = [ShardFold.Input](repeating: ShardFold.Input(), count: count)
    // A good part more than a fair share, so that the arrays need not grow.
    let share = steps.count / count * 5 / 4 + 8
    for shard in inputs.indices {
      inputs[shard].steps.reserveCapacity(share)
      inputs[shard].activity.reserveCapacity(loaded.activity.count / count * 5 / 4 + 8)
    }
    for step in steps {
      let shard = shard(of: step)
      inputs[shard].steps.append(step)
      if !reckonings.isEmpty, let reckoning = reckonings[step.position] {
        inputs[shard].reckonings[step.position] = reckoning
      }
    }
    for tie in tieCounts { inputs[shard(of: tie.key)].tieCounts.append(tie) }
    for case let record? in loaded.ties { inputs[shard(of: record.key)].ties.append(record) }
    // By their owners, since to ask a record is to wait for it.
    for (place, owner) in loaded.owners.elements.enumerated() {
      let (activity, rules) = (loaded.activity[place], loaded.rules[place])
      if activity == nil, rules == nil { continue }
      let shard = shard(of: owner)
      if let activity { inputs[shard].activity.append(activity) }
      if let rules { inputs[shard].rules.append(rules) }
    }
    for score in loaded.scoreRecords { inputs[shard(of: score.record)].scores.append(score) }
    return inputs
  }

  private func shard(of record: StateRecord) -> Int { record.person.map { shard(of: $0) } ?? 0 }
}
