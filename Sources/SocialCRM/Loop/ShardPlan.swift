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
    for place in steps.indices where steps[place].concernsOthers {
      let people = steps[place].people
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
  func shard(of person: PersonID) -> Int { count == 1 ? 0 : shard(root(person).low) }

  /// The number of shards is a power of two.
  private func shard(_ number: UInt64) -> Int { Int(truncatingIfNeeded: number & UInt64(count - 1)) }

  /// The shard of a step; one that concerns nobody can be anywhere.
  private func shard(of steps: [FoldStep], at place: Int) -> Int {
    if let person = steps[place].person { return shard(of: person) }
    return steps[place].people.first.map { shard(of: $0) } ?? shard(steps[place].position.rawValue)
  }

  /// The shard of a tie.
  func shard(of tie: TieKey) -> Int { shard(tie.from.low ^ tie.to.low) }

  /// What each shard starts from; the records move out of `loaded`.
  func inputs(
    _ steps: [FoldStep], _ tieCounts: [TieCount], _ loaded: inout LoadedBatch, _ reckonings: [LogPosition: Reckoning]
  ) -> [ShardFold.Input] {
    let whole = ShardFold.Input(steps: steps, tieCounts: tieCounts)
    if count == 1 {
      var input = whole
      input.places = steps.indices.map { Int32(truncatingIfNeeded: $0) }
      input.tiePlaces = tieCounts.indices.map { Int32(truncatingIfNeeded: $0) }
      input.activity = loaded.activity.compactMap { $0 }
      input.rules = loaded.ruleRecords
      input.scores = loaded.scoreRecords
      input.ties = loaded.ties.compactMap { $0 }
      input.reckonings = reckonings
      return [input]
    }
    var inputs = [ShardFold.Input](repeating: whole, count: count)
    // A good part more than a fair share, so that the arrays need not grow.
    let share = steps.count / count * 5 / 4 + 8
    for shard in inputs.indices {
      inputs[shard].places.reserveCapacity(share)
      inputs[shard].tiePlaces.reserveCapacity(share)
      inputs[shard].activity.reserveCapacity(loaded.activity.count / count * 5 / 4 + 8)
    }
    for place in steps.indices {
      let shard = shard(of: steps, at: place)
      inputs[shard].places.append(Int32(truncatingIfNeeded: place))
      if !reckonings.isEmpty, let reckoning = reckonings[steps[place].position] {
        inputs[shard].reckonings[steps[place].position] = reckoning
      }
    }
    for place in tieCounts.indices {
      inputs[shard(of: tieCounts[place].key)].tiePlaces.append(Int32(truncatingIfNeeded: place))
    }
    for place in loaded.ties.indices {
      guard let key = loaded.ties[place]?.key else { continue }
      inputs[shard(of: key)].ties.append(taking: &loaded.ties[place])
    }
    // By their owners, since to ask a record is to wait for it; taken out, since to count a reference is as well.
    for (place, owner) in loaded.owners.elements.enumerated() {
      let shard = shard(of: owner)
      inputs[shard].activity.append(taking: &loaded.activity[place])
      inputs[shard].rules.append(taking: &loaded.rules[place])
    }
    for score in loaded.scoreRecords { inputs[shard(of: score.record)].scores.append(score) }
    return inputs
  }

  private func shard(of record: StateRecord) -> Int { record.person.map { shard(of: $0) } ?? 0 }
}
