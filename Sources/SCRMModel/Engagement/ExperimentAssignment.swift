import SCRMExpressions
public import StrictJSON

/// That a person is in the control or the treatment group of an experiment, recorded with each decision, so that what rules
/// achieved can be measured against the people they left alone.
///
/// JSON form: `{"name":"spring","stratum":["gold"],"heldOut":true}`.
public struct ExperimentAssignment: Sendable, Hashable, JSONCodable {
  /// The name of the experiment.
  public var name: String
  /// The values of the facts by which people were divided before they were assigned; empty without strata.
  public var stratum: [String]
  /// Whether the person is left alone.
  public var isHeldOut: Bool

  /// Creates an assignment.
  public init(name: String, stratum: [String] = [], isHeldOut: Bool) {
    self.name = name
    self.stratum = stratum
    self.isHeldOut = isHeldOut
  }

  /// Reads the form.
  /// - Throws: `JSONError` with the path to what was wrong.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    self.init(
      name: try object.string("name"), stratum: try object.strings("stratum"),
      isHeldOut: try object.optionalBool("heldOut") ?? false)
  }

  /// Writes the form.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("name", name)
    writer.field("stratum", stratum)
    writer.field("heldOut", isHeldOut)
    writer.endObject()
  }
}
