import SCRMExpressions
public import SCRMModel
public import StrictJSON

/// The hours of a person's own day in which nothing reaches them, such as 22:00 to 08:00.
///
/// Held back are actions that the person notices, unless their rule is transactional; either they are suppressed or they
/// become due at the end of the quiet hours.
///
/// JSON form: `{"from":"22:00","to":"08:00","postpone":true,"channels":["sms"]}`.
public struct QuietHours: Sendable, Hashable {
  /// When they begin, minutes after midnight, 0 … 1,439.
  public let from: Int
  /// When they end, minutes after midnight, 0 … 1,439; before `from` on the next day.
  public let to: Int
  /// Whether what falls into them becomes due at their end; otherwise it is suppressed.
  public let postpones: Bool
  /// The channels they hold for; empty for all.
  public let channels: [String]

  /// Creates quiet hours.
  /// - Throws: `SCRMError` with `invalidValue` when a time is no minute of a day or both are the same.
  public init(from: Int, to: Int, postpones: Bool = false, channels: [String] = []) throws(SCRMError) {
    guard (0..<1_440).contains(from), (0..<1_440).contains(to), from != to else {
      throw SCRMError(
        .invalidValue, subject: "quiet hours", "expected two different minutes from 0 to 1439, got \(from) and \(to)")
    }
    self.from = from
    self.to = to
    self.postpones = postpones
    self.channels = channels
  }

  /// Whether they hold for a channel.
  func covers(_ channel: String?) -> Bool {
    channels.isEmpty || channel.map { name in channels.contains { $0.sameBytes(as: name) } } ?? true
  }

  /// When the quiet hours around `time` end; `nil` when it lies in none.
  ///
  /// Told by the clock on the wall: where it is put forward over the end, they end at that moment, and where it is put
  /// back, an hour that comes twice is quiet twice.
  func end(around time: Instant, in zone: ZoneRules) -> Instant? {
    func isQuiet(_ second: Int64) -> Bool {
      guard let instant = Instant(secondsSinceEpoch: second) else { return false }
      let local = second + Int64(zone.offset(at: instant))
      let minute = Int((local - local.flooredQuotient(by: 86_400) * 86_400) / 60)
      return from < to ? (from..<to).contains(minute) : minute >= from || minute < to
    }
    let start = time.secondsSinceEpoch
    guard isQuiet(start) else { return nil }
    // Clocks change on whole minutes, and no quiet hours last two days.
    var second = start.flooredQuotient(by: 60) * 60
    for _ in 0..<2_880 {
      second += 60
      if !isQuiet(second) { return Instant(secondsSinceEpoch: second) }
    }
    return nil
  }
}

extension QuietHours: JSONCodable {
  /// Reads the form.
  /// - Throws: `JSONError` with the path to what was wrong.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    try object.expect(["from", "to", "postpone", "channels"])
    let (from, to) = (try Self.minute(object, "from"), try Self.minute(object, "to"))
    let (postpones, channels) = (try object.optionalBool("postpone") ?? false, try object.strings("channels"))
    do throws(SCRMError) {
      self = try QuietHours(from: from, to: to, postpones: postpones, channels: channels)
    } catch { throw JSONError(.invalidValue, error.reason) }
  }

  private static func minute(_ object: JSONObject, _ key: String) throws(JSONError) -> Int {
    let text = Array(try object.string(key).utf8)
    let digits = text.map { Int($0) - 0x30 }
    guard text.count == 5, text[2] == 0x3A, [0, 1, 3, 4].allSatisfy({ (0...9).contains(digits[$0]) }),
      digits[0] * 10 + digits[1] < 24, digits[3] < 6
    else { throw JSONError(.invalidValue, "expected a time of day such as 22:00", path: [.key(key)]) }
    return (digits[0] * 10 + digits[1]) * 60 + digits[3] * 10 + digits[4]
  }

  /// Writes the form.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("from", Self.text(from))
    writer.field("to", Self.text(to))
    if postpones { writer.field("postpone", true) }
    writer.field("channels", channels)
    writer.endObject()
  }

  static func text(_ minute: Int) -> String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return two(minute / 60) + ":" + two(minute % 60)
  }
}
