import SCRMModel
import StateCoding

/// The stored form of a published score of one person.
enum PublishedScore {
  static let schema = 1

  static func kind(_ name: String) -> StateKind { StateKind("score." + name) }

  static func record(_ name: String, _ score: PublishedSnapshot.Score, version: LogPosition) -> StateRecord {
    var writer = ByteWriter()
    writer.double(score.value)
    return StateRecord(
      kind: kind(name), key: .person(score.person), version: version, schema: schema, bytes: writer.bytes)
  }

  static func decode(_ record: StateRecord) throws(SCRMError) -> Double {
    try record.decoded(schema: schema) { reader throws(StateDecodingError) in try reader.double() }
  }
}
