import SCRMModel

/// What is settled about an accepted interaction before anything is counted: its place, its time, and who is concerned.
///
/// A class, since steps stand in several arrays on their way through a batch.
final class FoldStep: Sendable {
  /// The place among the outcomes of the batch.
  let outcome: Int
  let interaction: Interaction
  // Beside the step, so that nobody has to look into the interaction for it.
  let occurred: Instant
  let mode: IngestMode
  let position: LogPosition
  /// The loop's time.
  let now: Instant
  let isLate: Bool
  let resolution: Resolution
  let unusableIdentifiers: [String]
  /// The record of the person who acted, with what the interaction taught.
  let record: PersonRecord?
  let changedTraits: [String]
  /// The customer whom someone else than a customer addressed; `nil` when rules are not asked for them.
  let addressee: PersonRecord?
  /// How the interaction counts itself: 1, or 0 when only that it happened is noted.
  let sign: Int32
  /// Whether it may set off rules; not when it was taken back or replaced before it arrived.
  let setsOffRules: Bool
  /// What follows for others; `nil` for most.
  let effects: Effects?
  /// Whether it may make actions wrong whenever it happened: it joins or parts people, states consents or takes something
  /// back.
  let isSpecial: Bool

  init(
    outcome: Int, interaction: Interaction, mode: IngestMode, position: LogPosition, now: Instant, isLate: Bool,
    resolution: Resolution, unusableIdentifiers: [String], record: PersonRecord?, changedTraits: [String],
    addressee: PersonRecord?,
    sign: Int32, setsOffRules: Bool, effects: Effects?
  ) {
    self.outcome = outcome
    self.interaction = interaction
    occurred = interaction.occurred
    self.mode = mode
    self.position = position
    self.now = now
    self.isLate = isLate
    self.resolution = resolution
    self.unusableIdentifiers = unusableIdentifiers
    self.record = record
    self.changedTraits = changedTraits
    self.addressee = addressee
    self.sign = sign
    self.setsOffRules = setsOffRules
    self.effects = effects
    // Found out while the interaction is at hand.
    isSpecial =
      !resolution.merges.isEmpty || !resolution.moves.isEmpty || !interaction.consents.isEmpty
      || !(effects?.retracted.isEmpty ?? true)
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

  /// Everyone whose state the step touches.
  var people: [PersonID] {
    var people = resolution.person.map { [$0] } ?? []
    if let addressee { people.append(addressee.id) }
    for merge in resolution.merges { people += [merge.survivor, merge.absorbed] }
    for move in resolution.moves { people += [move.from, move.to] }
    if let effects {
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
