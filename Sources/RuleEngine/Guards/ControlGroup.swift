import SCRMExpressions
public import SCRMModel
import StateCoding
public import StrictJSON

/// The people a rule or campaign leaves alone, so that what it achieved can be measured against them.
///
/// The assignment is a hash of the name and the person: stable for a person, independent between names, the same on every
/// machine. With `strata` the people of each combination of values of those facts are divided on their own hash, so that
/// no stratum's assignment depends on another's.
///
/// JSON form: `{"share":0.1}`, with `"name":"spring"` shared by the rules of a campaign and `"strata":["profile.tier"]`.
public struct ControlGroup: Sendable, Hashable {
  /// The share of people left alone, 0 … 1.
  public let share: Double
  /// The name of the experiment; `nil` for the campaign of the rule, or the rule itself.
  public let name: String?
  /// The facts whose values divide the people before they are assigned.
  public let strata: [String]

  /// Creates a group; `nil` when the share is not from 0 to 1.
  public init?(share: Double, name: String? = nil, strata: [String] = []) {
    guard (0...1).contains(share) else { return nil }
    self.share = share
    self.name = name
    self.strata = strata
  }

  /// Whether a person is left alone in the experiment called `name`, in the stratum of those `values`.
  ///
  /// The first 53 bits of SHA-256 over name, stratum and person, read as a number from 0 to 1, are less than the share.
  public func holdsOut(_ person: PersonID, name: String, stratum values: [String] = []) -> Bool {
    var writer = ByteWriter(reservingCapacity: 64)
    writer.string(name)
    writer.count(values.count)
    for value in values { writer.string(value) }
    writer.fixed(person.high)
    writer.fixed(person.low)
    let word = ActionID(digest: SHA256.digest(writer.bytes)).high
    return Double(word >> 11) * 0x1p-53 < share
  }
}

extension ControlGroup: JSONCodable {
  /// Reads the form.
  /// - Throws: `JSONError` with the path to what was wrong.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    try object.expect(["share", "name", "strata"])
    guard
      let group = ControlGroup(
        share: try object.double("share"), name: try object.optionalString("name"), strata: try object.strings("strata")
      )
    else { throw JSONError(.invalidValue, "expected a number from 0 to 1", path: [.key("share")]) }
    self = group
  }

  /// Writes the form.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("share", share)
    writer.field("name", name)
    writer.field("strata", strata)
    writer.endObject()
  }
}
