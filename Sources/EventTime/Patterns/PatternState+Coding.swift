package import StateCoding

extension PatternState {
  /// The version of the stored form.
  package static let schema: UInt8 = 2

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
      writer.signed(run.first)
      writer.signed(run.began)
      if run.count == 0 {
        writer.signed(run.gate.entered)
        writer.byte(run.gate.held)
        writer.byte(run.gate.broken)
      }
      writer.count(run.taken.count)
      for event in run.taken {
        writer.unsigned(event.id)
        writer.signed(event.time)
        writer.count(event.step)
        writer.count(event.part)
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
    for _ in 0..<(try reader.count()) { runs.append(try Run(from: &reader, for: automaton)) }
  }
}

extension PatternState.Run {
  /// Reads a partial match that was written for the same pattern.
  fileprivate init(from reader: inout ByteReader, for automaton: PatternAutomaton) throws(StateDecodingError) {
    count = try reader.integer()
    pending = try reader.fixed()
    awaitsAbsence = try reader.bool()
    node = try reader.integer()
    first = try reader.signed()
    began = try reader.signed()
    guard node < automaton.nodes.count, pending >> UInt64(automaton.nodes[node].edges.count) == 0 else {
      throw .malformed
    }
    let parts = automaton.nodes[node].gate?.parts
    guard parts == nil ? count > 0 : count < 2 && pending & 1 == 0 else { throw .malformed }
    if let parts, count == 0 {
      gate.entered = try reader.signed()
      gate.held = try reader.byte()
      gate.broken = try reader.byte()
      guard pending == 0, Int(gate.held | gate.broken) >> parts.count == 0 else { throw .malformed }
    }
    taken = []
    for _ in 0..<(try reader.count()) {
      let event = TakenEvent(
        id: try reader.unsigned(), time: try reader.signed(), step: try reader.integer(), part: try reader.integer(),
        sequence: try reader.signed())
      guard event.step < automaton.definition.steps.count, event.part < PatternGate.maximumPartCount else {
        throw .malformed
      }
      taken.append(event)
    }
    last = taken.last?.sequence ?? first &- 1
  }
}
