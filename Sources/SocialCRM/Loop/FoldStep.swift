import SCRMModel

/// What is settled about an accepted interaction before anything is counted: its place, its time, and who is concerned.
///
/// Steps stand in one array that every shard looks into; they are large, so they are looked at where they stand.
struct FoldStep: Sendable {
  let interaction: Interaction
  /// The record of the person who acted, with what the interaction taught.
  let record: PersonRecord?
  /// What few interactions lead to; `nil` for most.
  let rare: Rare?
  let position: LogPosition
  /// The account that acted.
  let account: AccountID
  /// The person it belongs to; `nil` for staff, brands and automation.
  let person: PersonID?
  /// Whether the person was not known before.
  let isNewPerson: Bool
  let isLate: Bool
  // Beside the step, so that nobody has to look into the interaction for it.
  let occurred: Instant
  let mode: IngestMode
  /// Whether it may set off rules; not when it was taken back or replaced before it arrived.
  let setsOffRules: Bool
  /// Whether it may make actions wrong whenever it happened: it joins or parts people, states consents or takes something
  /// back.
  let isSpecial: Bool
  /// The loop's time.
  let now: Instant
  /// How the interaction counts itself: 1, or 0 when only that it happened is noted.
  let sign: Int32
  /// The place among the outcomes of the batch.
  let outcome: Int32

  init(
    _ item: PreparedBatch.Item, position: LogPosition, now: Instant, isLate: Bool, resolution: borrowing Resolution,
    record: PersonRecord?, sign: Int32, setsOffRules: Bool, rare: Rare?
  ) {
    outcome = Int32(truncatingIfNeeded: item.outcome)
    interaction = item.interaction
    occurred = item.occurred
    mode = item.mode
    self.position = position
    self.now = now
    self.isLate = isLate
    account = resolution.account
    person = resolution.person
    isNewPerson = resolution.isNew
    self.record = record
    self.sign = sign
    self.setsOffRules = setsOffRules
    self.rare = rare
    // Found out while the interaction is at hand.
    isSpecial =
      !item.interaction.consents.isEmpty
      || (rare.map { !$0.merges.isEmpty || !$0.moves.isEmpty || !($0.effects?.retracted.isEmpty ?? true) } ?? false)
  }

  /// What few interactions lead to.
  final class Rare: Sendable {
    /// Why identifiers cannot be used, without their values.
    let unusableIdentifiers: [String]
    /// The traits whose best value changed.
    let changedTraits: [String]
    /// The people who turned out to be one.
    let merges: [MergeRecord]
    /// The accounts that went from one person to another.
    let moves: [AccountMove]
    /// The customer whom someone else than a customer addressed; `nil` when rules are not asked for them.
    let addressee: PersonRecord?
    /// What follows for others.
    let effects: Effects?

    private init(
      unusableIdentifiers: [String], changedTraits: [String], merges: [MergeRecord], moves: [AccountMove],
      addressee: PersonRecord?, effects: Effects?
    ) {
      self.unusableIdentifiers = unusableIdentifiers
      self.changedTraits = changedTraits
      self.merges = merges
      self.moves = moves
      self.addressee = addressee
      self.effects = effects
    }

    /// What there is of it; `nil` for none, found out before an object is made.
    static func noted(
      unusableIdentifiers: [String], changedTraits: [String], resolution: borrowing Resolution,
      addressee: PersonRecord?, effects: Effects?
    ) -> Rare? {
      if unusableIdentifiers.isEmpty, changedTraits.isEmpty, resolution.merges.isEmpty, resolution.moves.isEmpty,
        addressee == nil, effects == nil
      {
        return nil
      }
      return Rare(
        unusableIdentifiers: unusableIdentifiers, changedTraits: changedTraits, merges: resolution.merges,
        moves: resolution.moves, addressee: addressee, effects: effects)
    }

    /// Whether people other than the actor are concerned.
    var concernsOthers: Bool { effects != nil || addressee != nil || !merges.isEmpty || !moves.isEmpty }
  }

  /// What an interaction does beyond its actor.
  final class Effects: Sendable {
    /// Interactions of the log that count again or no longer.
    let recounts: [Recount]
    /// Other people who have to be looked at again, in id order; merged ones are not among them.
    let others: [PersonRecord]
    /// Interactions that were taken back or replaced.
    let retracted: Set<EventKey>

    init(recounts: [Recount], others: [PersonRecord], retracted: Set<EventKey>) {
      self.recounts = recounts
      self.others = others
      self.retracted = retracted
    }
  }

  /// An interaction of the log that counts again (`sign` 1) or no longer (−1), for whoever its actor is now.
  struct Recount: Sendable {
    let interaction: Interaction
    let person: PersonID
    let sign: Int32
  }

  /// Whether people other than the actor are concerned.
  var concernsOthers: Bool { rare?.concernsOthers ?? false }

  /// Everyone whose state the step touches.
  var people: [PersonID] {
    var people = person.map { [$0] } ?? []
    guard let rare else { return people }
    if let addressee = rare.addressee { people.append(addressee.id) }
    for merge in rare.merges { people += [merge.survivor, merge.absorbed] }
    for move in rare.moves { people += [move.from, move.to] }
    if let effects = rare.effects {
      people += effects.recounts.map(\.person)
      people += effects.others.map(\.id)
    }
    return people
  }
}

/// That an interaction counts for a tie.
struct TieCount: Sendable {
  let key: TieKey
  let interaction: Interaction
  let sign: Int32
  let position: LogPosition
}
