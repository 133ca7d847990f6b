import SocialCRM

/// `{"atLeast":…,"atMost":…}` around a number; one of the two is there.
struct Bounds: Sendable, Hashable {
  var atLeast: Double?
  var atMost: Double?

  init(_ object: JSONObject) throws(JSONError) {
    atLeast = try object.optionalDouble("atLeast")
    atMost = try object.optionalDouble("atMost")
    if atLeast == nil, atMost == nil { throw JSONError(.missing, "expected atLeast, atMost or both") }
  }

  func contains(_ value: Double) -> Bool {
    (atLeast.map { value >= $0 } ?? true) && (atMost.map { value <= $0 } ?? true)
  }

  /// `at least 5 and at most 7`.
  var text: String {
    [atLeast.map { "at least \(Self.text($0))" }, atMost.map { "at most \(Self.text($0))" }]
      .compactMap { $0 }.joined(separator: " and ")
  }

  /// A number without a needless fraction.
  static func text(_ value: Double) -> String { Int64(exactly: value).map { String($0) } ?? String(value) }
}
