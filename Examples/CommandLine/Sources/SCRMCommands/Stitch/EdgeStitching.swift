import SocialCRM

/// `scrm stitch --edges`: components of an edge list.
///
/// Memory is 70 to 140 bytes and its text for each different identifier.
struct EdgeStitching {
  let input: String
  let isStrict: Bool

  /// - Throws: ``CommandFailure``.
  mutating func run(to path: String, on console: Console, _ phases: inout PhaseTimings) async throws -> StitchCounts {
    var counts = StitchCounts()
    var components = IdentifierComponents()
    try phases.measure("read") { try read(into: &components, &counts, console) }
    let partition = try phases.measure("components") { components.partition() }
    counts.rows = components.edgeCount + counts.refused
    counts.identifiers = partition.identifierCount
    counts.clusters = partition.componentCount
    counts.largest = partition.largest
    try await phases.measure("write") {
      try await OutputFile.write(to: path, on: console) { file in
        var writer = CSVWriter(lineEnd: .lf)
        writer.row(["identifier", "component"])
        try partition.forEach { identifier, component in
          writer.row([String(decoding: identifier, as: UTF8.self), String(decoding: component, as: UTF8.self)])
          file.append(writer.take())
          try file.flushIfLarge()
        }
        file.append(writer.take())
      }
    }
    return counts
  }

  private func read(
    into components: inout IdentifierComponents, _ counts: inout StitchCounts, _ console: Console
  ) throws {
    var source = try InputReader(input, console: console)
    var progress = Progress(console: console, totalBytes: source.size)
    defer { progress.finish() }
    var reader = IdentifierEdgeReader()
    do {
      while let bytes = try source.read() {
        for error in try reader.push(bytes, into: &components) {
          try counts.refuse(error, of: source.name, isStrict: isStrict, on: console)
        }
        progress.advance(bytes: bytes.count, rows: components.edgeCount)
      }
      for error in try reader.finish(into: &components) {
        try counts.refuse(error, of: source.name, isStrict: isStrict, on: console)
      }
    } catch let error as SCRMError {
      throw CommandFailure("\(source.name): \(error.subject): \(error.reason)")
    }
  }
}
