import ArgumentParser
import SCRMTesting
import SocialCRM

/// `scrm rules run`: what rules would have done with interactions that happened, and what another set would have changed.
struct RulesRunCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "A dry run: interactions in, matches out as a table time,rule,person,outcome; nothing is sent.",
    discussion: """
      With --against the table shows what differs from another file of rules, with the column change before the others: \
      added, removed or changed. A row that cannot be used is reported on standard error as FILE:LINE: what was wrong, and \
      the rest goes on. The interactions are held in memory.
      """)

  @Option(help: ArgumentHelp("The file of rules.", valueName: "file"))
  var rules: String

  @Option(help: ArgumentHelp("The interactions; - is standard input.", valueName: "file"))
  var interactions: String

  @Option(help: ArgumentHelp("What is known of people beforehand, as NDJSON of interactions.", valueName: "file"))
  var profiles: String?

  @Option(help: ArgumentHelp("The scrm.json that says how to read, with identity and segments.", valueName: "file"))
  var config: String?

  @Option(help: "The format of the interactions: \(InputFormat.names) (default: the one the configuration describes).")
  var format: InputFormat?

  @Option(help: ArgumentHelp("Another file of rules to compare with.", valueName: "file"))
  var against: String?

  @Option(help: ArgumentHelp("Where the matches go, as a table; - is standard output.", valueName: "file"))
  var output: String = "-"

  @Option(help: ArgumentHelp("Where the proposals go with their explanations, as NDJSON.", valueName: "file"))
  var actions: String?

  @Flag(help: "Add a column with the explanation.")
  var explain = false

  @Flag(help: "Stop at the first bad row, with status 1, and write nothing.")
  var strict = false

  func validate() throws {
    try OutputFile.check(results: [output, actions], inputs: [rules, interactions, profiles, config, against])
    if actions == "-" { throw ValidationError("--actions expects a file") }
  }

  func run(on console: Console) async throws {
    for path in [output == "-" ? nil : output, actions].compactMap({ $0 }) { try OutputFile.checkFolder(of: path) }
    let settings = try RunSettings(optional: config)
    let book = try RuleFile(rules).book()
    let other = try against.map { try RuleFile($0).book() }
    let known = try profiles.map { try read($0, .ndjson, settings, console) } ?? (rows: [], bad: 0)
    let taken = try read(interactions, format ?? settings.defaultFormat(), settings, console)
    func dryRun(_ book: RuleBook) async throws -> RuleDryRun {
      try await RuleDryRun(
        of: taken.rows, known: known.rows, with: settings.loopConfiguration(with: book))
    }
    let run = try await dryRun(book)
    for refusal in run.refused { console.error("\(interactions): \(refusal.key): \(refusal.error.reason)\n") }
    var difference: RuleDifference?
    if let other { difference = run.difference(from: try await dryRun(other)) }
    try await OutputFile.write(to: output, on: console) { file in
      if let difference { table(difference, &file) } else { table(run.matches, &file) }
    }
    if let actions {
      try await OutputFile.write(to: actions, on: console) { file in
        for match in run.matches {
          file.append(match.action.jsonBytes + [0x0A])
          try file.flushIfLarge()
        }
      }
    }
    let proposed = run.matches.count { $0.outcome == "proposed" }
    console.error(
      "\(taken.rows.count) interactions, \(taken.bad + known.bad) unreadable, \(run.refused.count) refused; "
        + "\(proposed) proposed, \(run.matches.count - proposed) suppressed\n")
    if let difference {
      console.error(
        "\(difference.added.count) added, \(difference.removed.count) removed, \(difference.changed.count) changed\n")
    }
  }

  private func read(
    _ input: String, _ format: InputFormat, _ settings: RunSettings, _ console: Console
  ) throws -> (rows: [Interaction], bad: Int) {
    var reader = try InputReader(input, console: console)
    var parser = try RowParser(format, settings: settings, received: nil)
    var rows: [Interaction] = []
    var bad = 0
    func take(_ parsed: [ParsedInteraction]) throws {
      for row in parsed {
        if let interaction = row.interaction {
          rows.append(interaction)
        } else if let error = row.error {
          bad += 1
          let reason: String = error.column.map { "column \($0): \(error.reason)" } ?? error.reason
          console.error("\(reader.name):\(row.line): \(reason)\n")
          if strict { throw CommandFailure("stopped at the first bad row (--strict); nothing was written") }
        }
      }
    }
    while let chunk = try reader.read() { try take(parser.push(chunk, of: reader.name)) }
    try take(parser.finish(reader.name))
    return (rows, bad)
  }

  // MARK: Tables

  private func table(_ matches: [RuleDryRun.Match], _ file: inout OutputFile) {
    file.row(["time", "rule", "person", "outcome"] + (explain ? ["explanation"] : []))
    for match in matches { file.row(fields(match, match.outcome)) }
  }

  private func table(_ difference: RuleDifference, _ file: inout OutputFile) {
    file.row(["change", "time", "rule", "person", "outcome"] + (explain ? ["explanation"] : []))
    for match in difference.removed { file.row(["removed"] + fields(match, match.outcome)) }
    for match in difference.added { file.row(["added"] + fields(match, match.outcome)) }
    for (before, after) in difference.changed {
      file.row(["changed"] + fields(after, "\(before.outcome) → \(after.outcome)"))
    }
  }

  private func fields(_ match: RuleDryRun.Match, _ outcome: String) -> [String] {
    [match.time.description, match.rule, match.person.description, outcome]
      + (explain ? [match.action.explanation.text] : [])
  }
}
