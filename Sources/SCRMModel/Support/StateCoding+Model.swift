package import SCRMExpressions
package import StateCoding

// The parts of module state that every module writes alike.
extension ByteWriter {
  /// An instant, without its offset.
  package mutating func instant(_ value: Instant) {
    signed(value.secondsSinceEpoch)
    count(Int(value.nanoseconds))
  }

  /// An optional instant.
  package mutating func instant(_ value: Instant?) {
    bool(value != nil)
    if let value { instant(value) }
  }

  /// An event key.
  package mutating func event(_ key: EventKey) {
    string(key.source.rawValue)
    string(key.id)
  }
}

extension ByteReader {
  /// An instant.
  package mutating func requiredInstant() throws(StateDecodingError) -> Instant {
    let seconds = try signed()
    guard let nanoseconds = Int32(exactly: try integer()),
      let value = Instant(secondsSinceEpoch: seconds, nanoseconds: nanoseconds)
    else { throw .malformed }
    return value
  }

  /// An optional instant.
  package mutating func instant() throws(StateDecodingError) -> Instant? { try bool() ? try requiredInstant() : nil }

  /// An event key.
  package mutating func event() throws(StateDecodingError) -> EventKey {
    EventKey(SourceID(try string()), try string())
  }
}

extension StateRecord {
  /// Decodes the state with `decode` after checking the schema and that nothing is left over.
  /// - Throws: ``SCRMError`` with `unsupportedSchema` or `corruptState`, naming kind and key.
  package func decoded<State>(
    schema expected: Int, _ decode: (inout ByteReader) throws(StateDecodingError) -> State
  ) throws(SCRMError) -> State {
    var reader = try reader(schema: expected)
    do throws(StateDecodingError) {
      let state = try decode(&reader)
      try reader.checkEnd()
      return state
    } catch { throw corrupt(error) }
  }

  // What `decoded` is made of, for states that are read with every interaction: a generic function is not specialised in
  // another module.

  /// A reader of the state.
  /// - Throws: ``SCRMError`` with `unsupportedSchema`, naming kind and key.
  package func reader(schema expected: Int) throws(SCRMError) -> ByteReader {
    guard schema == expected else {
      throw SCRMError(
        .unsupportedSchema, subject: "\(kind) \(key.text)", "expected schema \(expected), found \(schema)")
    }
    return ByteReader(bytes)
  }

  /// What is thrown when the state cannot be read.
  package func corrupt(_ error: StateDecodingError) -> SCRMError {
    SCRMError(.corruptState, subject: "\(kind) \(key.text)", error.reason)
  }
}

/// Decodes module state completely.
/// - Throws: ``SCRMError`` with `corruptState`.
package func decodeState<State>(
  _ bytes: [UInt8], subject: @autoclosure () -> String,
  _ decode: (inout ByteReader) throws(StateDecodingError) -> State
) throws(SCRMError) -> State {
  var reader = ByteReader(bytes)
  do throws(StateDecodingError) {
    let state = try decode(&reader)
    try reader.checkEnd()
    return state
  } catch {
    throw SCRMError(.corruptState, subject: subject(), error.reason)
  }
}
