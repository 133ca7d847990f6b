import SocialCRM

/// `scrm stitch --records`: people of a table of records by the evidence graph.
///
/// Memory is that of the graph, about 230 bytes and its text for each identifier and record, and the ids of the records.
struct RecordStitching {
  let input: String
  let id: String
  let settings: StitchSettings
  let isStrict: Bool
  let explains: Bool

  private var records: [EventKey] = []
  private var graph: EvidenceGraph

  init(input: String, id: String, settings: StitchSettings, isStrict: Bool, explains: Bool) {
    self.input = input
    self.id = id
    self.settings = settings
    self.isStrict = isStrict
    self.explains = explains
    graph = EvidenceGraph(policy: settings.policy, idKey: settings.idKey)
  }

  /// - Throws: ``CommandFailure``.
  mutating func run(to path: String, on console: Console, _ phases: inout PhaseTimings) async throws -> StitchCounts {
    var counts = StitchCounts()
    try phases.measure("stitch") { try read(&counts, console) }
    let prevented = explains ? try phases.measure("explain") { obstacles() } : [:]
    counts.identifiers = graph.identifierCount
    var sizes: [PersonID: Int] = [:]
    try await phases.measure("write") {
      try await OutputFile.write(to: path, on: console) { file in
        var writer = CSVWriter(lineEnd: .lf)
        writer.row([id, "entity_id"] + (explains ? ["prevented"] : []))
        for record in records {
          let hub = Self.hub(of: record)
          // A record that may join nobody is a person of its own.
          guard let person = graph.person(of: hub) ?? graph.account(of: hub)?.person else { continue }
          sizes[person, default: 0] += 1
          writer.row([record.id, person.description] + (explains ? [prevented[hub] ?? ""] : []))
          file.append(writer.take())
          try file.flushIfLarge()
        }
        file.append(writer.take())
      }
    }
    counts.clusters = sizes.count
    counts.largest = sizes.values.max() ?? 0
    return counts
  }

  private static func hub(of record: EventKey) -> IdentifierKey { SourceRecord(record, identifiers: []).hub }

  private mutating func read(_ counts: inout StitchCounts, _ console: Console) throws {
    var source = try InputReader(input, console: console)
    var progress = Progress(console: console, totalBytes: source.size)
    defer { progress.finish() }
    var reader = CSVReader()
    var layout: RecordColumns?
    var known = Set<EventKey>()
    func take(_ row: CSVReader.ParsedRow, _ graph: inout EvidenceGraph, _ records: inout [EventKey]) throws {
      guard let columns = layout else {
        layout = try RecordColumns(header: row, id: id, settings: settings, input: source.name)
        return
      }
      counts.rows += 1
      do throws(InputError) {
        let row = try row.get()
        let record = try columns.record(of: row)
        guard known.insert(record.key).inserted else {
          throw InputError(
            .invalidValue, line: row.line, column: id, "the id stands in an earlier row, expected another")
        }
        let (statement, refused) = record.statement(defaultCountryCode: settings.defaultCountryCode)
        counts.refusedValues += refused.count
        do throws(SCRMError) { try graph.add(statement) } catch {
          throw InputError(.invalidValue, line: row.line, error.reason)
        }
        records.append(record.key)
      } catch { try counts.refuse(error, of: source.name, isStrict: isStrict, on: console) }
    }
    while let bytes = try source.read() {
      for row in reader.push(bytes) { try take(row, &graph, &records) }
      progress.advance(bytes: bytes.count, rows: counts.rows)
    }
    for row in reader.finish() { try take(row, &graph, &records) }
    if layout == nil { throw CommandFailure("\(source.name): the table is empty, expected a header") }
  }

  /// What was prevented at each record, as the names of the obstacles.
  private func obstacles() -> [IdentifierKey: String] {
    var names: [IdentifierKey: Set<String>] = [:]
    for join in graph.preventedJoins() {
      for end in [join.left, join.right] { names[end, default: []].insert("\(join.obstacle)") }
    }
    return names.mapValues { $0.sorted().joined(separator: ";") }
  }
}
