import SCRMExpressions

/// What a message needs beside the fields of an interaction to be written as it was: `context.extra["segment"]`.
struct SegmentRecord {
  /// The name of the record in `context.extra`.
  static let name = "segment"

  /// The call.
  var call: SegmentCall
  /// The id members as they were spelled; they stand for the first identifiers of the actor, in this order.
  var ids: [String] = []
  /// The spelling of the group id of a group call, when it was not `groupId`.
  var groupName: String?
  /// Members the host or the reader gave, which were not in the message.
  var supplied: [String] = []
  /// Fields that were concluded from others: `type` from action or event, `page` from the properties of a page call.
  var derived: [String] = []
  /// Members that were empty objects.
  var empty: [String] = []
  /// Times written in another way than RFC 3339 as we write it.
  var times = ValueMap()
  /// Digits of numbers written in another way than we write them, by JSON Pointer.
  var lexemes = ValueMap()
  /// Members of the message without a field: integrations, version, channel, sentAt, originalTimestamp and any other.
  var message = ValueMap()
  /// The member of the message's context that bears the name of this record, if there is one.
  var context = ValueMap()

  init(_ call: SegmentCall) { self.call = call }

  init?(_ value: Value?) {
    guard let map = value?.mapValue, let call = map["call"]?.stringValue.flatMap(SegmentCall.init(rawValue:)) else {
      return nil
    }
    self.call = call
    ids = Self.texts(map["ids"])
    groupName = map["groupName"]?.stringValue
    supplied = Self.texts(map["supplied"])
    derived = Self.texts(map["derived"])
    empty = Self.texts(map["empty"])
    times = map["times"]?.mapValue ?? [:]
    lexemes = map["lexemes"]?.mapValue ?? [:]
    message = map["message"]?.mapValue ?? [:]
    context = map["context"]?.mapValue ?? [:]
  }

  var value: Value {
    var map: ValueMap = ["call": .string(call.rawValue)]
    for (name, texts) in [("ids", ids), ("supplied", supplied), ("derived", derived), ("empty", empty)]
    where !texts.isEmpty {
      map[name] = .list(texts.map { .string($0) })
    }
    if let groupName { map["groupName"] = .string(groupName) }
    for (name, part) in [("times", times), ("lexemes", lexemes), ("message", message), ("context", context)]
    where !part.isEmpty {
      map[name] = .map(part)
    }
    return .map(map)
  }

  private static func texts(_ value: Value?) -> [String] { value?.listValue?.compactMap(\.stringValue) ?? [] }
}
