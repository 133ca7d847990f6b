import SCRMExpressions
public import SCRMModel
import StateCoding
public import StrictJSON

/// How much the proposed actions may cost together, for the workspace or for each person.
///
/// Costs are those of ``RuleAction/cost``, in a unit of the host's choosing, counted in millionths so that no order of
/// addition changes a sum. An action that would exceed the limit is suppressed; a cheaper one after it may still fit.
///
/// A budget of the workspace is shared by everyone, so a loop with such budgets decides a batch one person after the other.
///
/// JSON form: `{"name":"spring","limit":1000,"days":30,"tag":"promotion","perPerson":true}`; without `days` for ever.
public struct BudgetCap: Sendable, Hashable {
  /// The name, unique among the budgets.
  public let name: String
  /// How much at most, 0 … 10¹².
  public let limit: Double
  /// Within any run of so many days of the workspace's calendar; `nil` for ever.
  public let days: Int?
  /// Which actions.
  public let scope: GuardScope
  /// Whether each person has the budget for themselves.
  public let isPerPerson: Bool
  let hash: UInt64
  let units: Int64

  /// Creates a budget.
  /// - Throws: `SCRMError` with `invalidValue` for an empty name, a limit out of range or a window that is not of 1 to 366
  ///   days.
  public init(
    _ name: String, limit: Double, days: Int? = nil, of scope: GuardScope = .everything, perPerson: Bool = false
  ) throws(SCRMError) {
    guard !name.isEmpty, let units = Self.units(limit), days.map({ (1...366).contains($0) }) ?? true else {
      throw SCRMError(
        .invalidValue, subject: "budget \(name)", "expected a name, a limit from 0 to 10^12 and 1 to 366 days, if any")
    }
    self.name = name
    self.limit = limit
    self.days = days
    self.scope = scope
    self.isPerPerson = perPerson
    self.units = units
    hash = nameHash(name)
  }

  /// A sum in millionths, rounded up so that rounding never exceeds a limit; `nil` when it is out of range.
  static func units(_ amount: Double) -> Int64? {
    guard amount >= 0, amount <= 1e12 else { return nil }
    return Int64((amount * 1e6).rounded(.up))
  }
}

/// What was spent of a budget: by day, ascending, in millionths.
struct BudgetSpending: Sendable, Hashable {
  var days: [(day: Int32, units: Int64)] = []

  /// What was spent in the run of days that ends with `day`.
  func spent(_ cap: BudgetCap, on day: Int32) -> Int64 {
    guard let count = cap.days else { return days.reduce(0) { $0 + $1.units } }
    return days.reduce(0) { $1.day > day - Int32(count) ? $0 + $1.units : $0 }
  }

  /// Notes what was spent, and says on which day it is counted.
  mutating func spend(_ units: Int64, _ cap: BudgetCap, on day: Int32) -> Int32 {
    if let count = cap.days {
      days.removeAll { $0.day <= day - Int32(count) }
    } else if let first = days.first {
      // For ever, one sum is enough.
      days = [(first.day, days.reduce(0) { $0 + $1.units } + units)]
      return first.day
    }
    if let last = days.indices.last, days[last].day >= day {
      days[last].units += units
      return days[last].day
    }
    days.append((day, units))
    return day
  }

  /// Gives back what was counted on a day; nothing when that day counts no more.
  mutating func giveBack(_ units: Int64, on day: Int32) {
    guard let place = days.firstIndex(where: { $0.day == day }) else { return }
    days[place].units = max(days[place].units - units, 0)
    if days[place].units == 0 { days.remove(at: place) }
  }

  static func == (left: Self, right: Self) -> Bool {
    left.days.elementsEqual(right.days) { $0.day == $1.day && $0.units == $1.units }
  }

  func hash(into hasher: inout Hasher) { hasher.combine(days.count) }

  func write(to writer: inout ByteWriter) {
    writer.count(days.count)
    for entry in days {
      writer.signed(Int64(entry.day))
      writer.signed(entry.units)
    }
  }

  init() {}

  init(from reader: inout ByteReader) throws(StateDecodingError) {
    for _ in 0..<(try reader.count()) { days.append((try reader.signed32(), try reader.signed())) }
  }
}

extension BudgetCap: JSONCodable {
  /// Reads the form.
  /// - Throws: `JSONError` with the path to what was wrong.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    try object.expect(["name", "limit", "days", "perPerson"] + GuardScope.members)
    let (name, limit, days) = (
      try object.name("name"), try object.double("limit"), try object.number("days", in: 1...366)
    )
    let (scope, isPerPerson) = (try GuardScope(object), try object.optionalBool("perPerson") ?? false)
    do throws(SCRMError) {
      self = try BudgetCap(name, limit: limit, days: days, of: scope, perPerson: isPerPerson)
    } catch { throw JSONError(.invalidValue, error.reason) }
  }

  /// Writes the form.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("name", name)
    writer.field("limit", limit)
    if let days { writer.field("days", days) }
    scope.write(into: &writer)
    if isPerPerson { writer.field("perPerson", true) }
    writer.endObject()
  }
}
