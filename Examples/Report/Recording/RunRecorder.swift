public import SocialCRM

/// Collects what a report shows: it is fed the outcomes of a run and reads the rest from the store at its end.
///
/// ```swift
/// var recorder = RunRecorder()
/// for outcome in try await crm.ingest(interactions) { recorder.add(outcome) }
/// recorder.add(try await crm.advance(to: now))
/// let page = try await recorder.report(on: crm, title: "today").html
/// ```
///
/// It keeps counts and a few examples, so its memory does not grow with the number of interactions.
public struct RunRecorder: Sendable {
  private struct Changes {
    var entered = 0
    var left = 0
    var entry: SegmentChange?
    var exit: SegmentChange?
  }

  private var intake = IntakeFigures()
  private var refusals: [Name: RefusalFigures] = [:]
  private var unreadable: [Name: RefusalFigures] = [:]
  private var changes: [Name: Changes] = [:]

  /// Creates a recorder that has seen nothing.
  public init() {}

  /// Takes the outcome of an interaction into account.
  public mutating func add(_ outcome: InteractionOutcome) {
    switch outcome.disposition {
    case .accepted: intake.accepted += 1
    case .duplicate: intake.duplicates += 1
    case .refused(let error): Self.count(error.code.description, error.description, in: &refusals)
    }
    if outcome.isLate { intake.late += 1 }
    for change in outcome.segments { add(change) }
  }

  /// Takes what followed from advancing time into account.
  public mutating func add(_ outcome: AdvanceOutcome) {
    for change in outcome.segments { add(change) }
  }

  /// Takes a row that could not be read into account.
  public mutating func add(_ error: InputError) {
    Self.count(error.code.description, error.description, in: &unreadable)
  }

  private mutating func add(_ change: SegmentChange) {
    var tally = changes[Name(change.segment)] ?? Changes()
    if change.isEntry {
      tally.entered += 1
      tally.entry = change
    } else {
      tally.left += 1
      tally.exit = change
    }
    changes[Name(change.segment)] = tally
  }

  private static func count(_ code: String, _ example: String, in figures: inout [Name: RefusalFigures]) {
    figures[Name(code), default: RefusalFigures(code: code, count: 0, example: example)].count += 1
  }

  private static func ordered(_ figures: [Name: RefusalFigures]) -> [RefusalFigures] {
    figures.values.sorted { ($1.count, Name($0.code)) < ($0.count, Name($1.code)) }
  }

  /// What became of the input so far.
  var intakeFigures: IntakeFigures {
    var figures = intake
    figures.refusals = Self.ordered(refusals)
    figures.unreadable = Self.ordered(unreadable)
    return figures
  }

  /// Puts the changes that were seen into the figures of a segment.
  func addChanges(to figures: inout SegmentFigures) {
    guard let tally = changes[Name(figures.name)] else { return }
    figures.entered = tally.entered
    figures.left = tally.left
    figures.examples = [tally.entry, tally.exit].compactMap { $0 }
  }
}
