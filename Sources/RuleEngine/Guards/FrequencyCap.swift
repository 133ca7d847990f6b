import SCRMExpressions
public import SCRMModel
import StateCoding
public import StrictJSON

/// How often a person may be contacted within a span of time or within days of their own calendar.
///
/// Counted are actions that the person notices (``ActionKind/isContact``), at the time at which they are due, unless their
/// rule is transactional. No span of the given length, and no such run of days, ever holds more than the limit, whichever
/// rules act in whichever order. Several caps hold at once.
///
/// JSON form: `{"name":"daily","limit":2,"days":1,"tag":"promotion"}` or `{"name":"burst","limit":1,"span":"3600s"}`.
public struct FrequencyCap: Sendable, Hashable {
  /// What is counted together.
  public enum Window: Sendable, Hashable {
    /// Any span of this length, its end excluded.
    case rolling(Duration)
    /// Any run of so many days of the person's calendar.
    case days(Int)
  }

  /// The name, unique among the caps.
  public let name: String
  /// How many contacts at most, 0 … 1,000.
  public let limit: Int
  /// Within what.
  public let window: Window
  /// Which actions.
  public let scope: GuardScope
  let hash: UInt64

  /// The longest window, in days.
  public static let maximumDays = 366

  /// Creates a cap.
  /// - Throws: `SCRMError` with `invalidValue` for an empty name, a limit below 0 or above 1,000, or a window that is not
  ///   above zero or longer than ``maximumDays``.
  public init(
    _ name: String, limit: Int, within window: Window, of scope: GuardScope = .everything
  ) throws(SCRMError) {
    guard !name.isEmpty else {
      throw SCRMError(.invalidValue, subject: "frequency cap", "expected a name that is not empty")
    }
    guard (0...1_000).contains(limit) else {
      throw SCRMError(.invalidValue, subject: "frequency cap \(name)", "expected a limit from 0 to 1000, got \(limit)")
    }
    let isUsable =
      switch window {
      case .rolling(let span): span > .zero && span <= .days(Self.maximumDays)
      case .days(let count): (1...Self.maximumDays).contains(count)
      }
    guard isUsable else {
      throw SCRMError(
        .invalidValue, subject: "frequency cap \(name)", "expected a window above 0 and of 366 days at most")
    }
    self.name = name
    self.limit = limit
    self.window = window
    self.scope = scope
    hash = nameHash(name)
  }

  /// Whether a contact at `time` keeps to the cap, given those before, in ascending order; O(n).
  func admits(_ time: Instant, among times: [Instant], _ zone: ZoneRules) -> Bool {
    if limit == 0 { return false }
    let place = times.firstIndex { $0 > time } ?? times.count
    var all = times
    all.insert(time, at: place)
    // Every run of one more than the limit that takes the new one in must be longer than the window.
    for start in max(0, place - limit)...place where start + limit < all.count {
      if isWithin(all[start], all[start + limit], zone) { return false }
    }
    return true
  }

  private func isWithin(_ first: Instant, _ last: Instant, _ zone: ZoneRules) -> Bool {
    switch window {
    case .rolling(let span): last.duration(since: first) < span
    case .days(let count): Int(zone.day(of: last)) - Int(zone.day(of: first)) < count
    }
  }

  /// From when on contacts can still matter to one at `now` or later.
  func horizon(_ now: Instant) -> Instant {
    switch window {
    case .rolling(let span): now.advanced(by: .zero - span)
    // A zone may move by up to two days of the calendar.
    case .days(let count): now.advanced(by: .days(-count - 2))
    }
  }

  /// The cap in words.
  var text: String {
    let span =
      switch window {
      case .rolling(let span): "within " + span.secondsText
      case .days(let count): count == 1 ? "a day" : "in \(count) days"
      }
    return "\(name): at most \(limit) \(span)"
  }
}

extension FrequencyCap: JSONCodable {
  /// Reads the form.
  /// - Throws: `JSONError` with the path to what was wrong.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    try object.expect(["name", "limit", "days", "span"] + GuardScope.members)
    guard let limit = try object.number("limit", in: 0...1_000) else {
      throw JSONError(.missing, "expected a whole number from 0 to 1000", path: [.key("limit")])
    }
    let window: Window
    switch (try object.number("days", in: 1...Self.maximumDays), try object.span("span")) {
    case (let days?, nil): window = .days(days)
    case (nil, let span?): window = .rolling(span)
    default: throw JSONError(.missing, "expected either days or span", path: [.key("days")])
    }
    let (name, scope) = (try object.name("name"), try GuardScope(object))
    do throws(SCRMError) { self = try FrequencyCap(name, limit: limit, within: window, of: scope) } catch {
      throw JSONError(.invalidValue, error.reason)
    }
  }

  /// Writes the form.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("name", name)
    writer.field("limit", limit)
    switch window {
    case .rolling(let span): writer.field("span", span.secondsText)
    case .days(let count): writer.field("days", count)
    }
    scope.write(into: &writer)
    writer.endObject()
  }
}
