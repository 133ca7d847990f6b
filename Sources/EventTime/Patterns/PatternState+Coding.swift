package import StateCoding

extension PatternState {
  /// The version of the stored form.
  package static let schema: UInt8 = 1

  /// Writes the state; equal states give equal bytes.
  package func write(to writer: inout ByteWriter) {
    writer.byte(Self.schema)
    writer.signed(now)
    writer.signed(sequence)
    writer.count(waiting.count)
    for event in waiting {
      writer.signed(event.time)
      writer.unsigned(event.id)
      writer.fixed(event.holds)
    }
    writer.count(runs.count)
    for run in runs {
      writer.count(run.count)
      writer.fixed(run.pending)
      writer.bool(run.awaitsAbsence)
      writer.count(run.node)
      writer.count(run.taken.count)
      for event in run.taken {
        writer.unsigned(event.id)
        writer.signed(event.time)
        writer.count(event.step)
        writer.signed(event.sequence)
      }
    }
  }

  /// Reads a state that was written for the same pattern.
  /// - Throws: `StateDecodingError` when the bytes are malformed, of another version, or do not fit the pattern.
  package init(from reader: inout ByteReader, for automaton: PatternAutomaton) throws(StateDecodingError) {
    guard try reader.byte() == Self.schema else { throw StateDecodingError(reason: "another version of pattern state") }
    now = try reader.signed()
    sequence = try reader.signed()
    for _ in 0..<(try reader.count()) {
      waiting.append(
        PatternEvent(time: try reader.signed(), id: try reader.unsigned(), holds: try reader.fixed()))
    }
    for _ in 0..<(try reader.count()) {
      let count = try reader.integer()
      let pending = try reader.fixed()
      let awaitsAbsence = try reader.bool()
      let node = try reader.integer()
      guard node < automaton.nodes.count, pending >> UInt64(automaton.nodes[node].edges.count) == 0 else {
        throw .malformed
      }
      var taken: [TakenEvent] = []
      for _ in 0..<(try reader.count()) {
        let event = TakenEvent(
          id: try reader.unsigned(), time: try reader.signed(), step: try reader.integer(),
          sequence: try reader.signed())
        guard event.step < automaton.definition.steps.count else { throw .malformed }
        taken.append(event)
      }
      guard let first = taken.first, let last = taken.last else { throw .malformed }
      runs.append(
        Run(
          node: node, count: count, pending: pending, awaitsAbsence: awaitsAbsence, taken: taken,
          first: first.sequence, began: first.time, last: last.sequence))
    }
  }
}
