public import SCRMModel

/// A ranking as data: by which measure people are ranked, which part of the ranking counts, and how often it is computed.
///
/// ```swift
/// let best = try RankDefinition("best", by: "sum('purchase', event.amount, days(90))", .percentile(0.9, 1))
/// ```
///
/// Conditions name it as `snapshot('best')`. Who computes it publishes the ``RankSnapshot`` with its moment.
public struct RankDefinition: Sendable, Hashable {
  /// The name and the part.
  public let rank: PopulationRank
  /// What people are ranked by.
  public let measure: Measure
  /// How long a snapshot stands until the next; `nil` for one that is computed once.
  public let every: Duration?

  /// Creates a definition.
  /// - Parameters:
  ///   - rank: the name and the part.
  ///   - measure: what people are ranked by.
  ///   - every: how long a snapshot stands, at least a millisecond.
  public init(_ rank: PopulationRank, by measure: Measure, every: Duration? = nil) {
    self.rank = rank
    self.measure = measure
    self.every = every.map { max($0, .milliseconds(1)) }
  }

  /// Creates a definition from text.
  /// - Throws: `SegmentError` when the text is not one measure.
  public init(
    _ name: SegmentName, by text: String, _ part: PopulationRank.Part, every: Duration? = nil
  ) throws(SegmentError) {
    do { self.init(PopulationRank(name, part), by: try Measure(parsing: text), every: every) } catch {
      throw error.inSegment(name)
    }
  }
}

extension Measure {
  /// Reads a measure from text of the language: `sum('purchase', event.amount, days(90))`; O(n) in the bytes.
  /// - Throws: `SegmentError` when the text is not one measure.
  public init(parsing text: String) throws(SegmentError) {
    let tree: ExpressionTree
    do { tree = try ExpressionTree(parsing: text) } catch { throw SegmentError(.expression, error.description) }
    guard let measure = try BehaviourReader.measure(tree) else {
      throw SegmentError(
        .arguments, "expected a measure such as count('purchase', days(30)), found \(tree.text)")
    }
    self = measure
  }

  /// The measure as text of the language; reading it gives the same measure.
  public var text: String { BehaviourWriter.tree(self).text }
}

/// The JSON form: `{"name":"best","by":"sum('purchase', event.amount, days(90))","percentile":[0.9,1],"every":"86400s"}`,
/// or `"top":100` in place of `percentile`; `every` may be absent.
extension RankDefinition: JSONCodable {
  /// Reads the form.
  /// - Throws: `JSONError` with the path to what was wrong.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    for member in object where !["name", "by", "top", "percentile", "every"].contains(member.key) {
      throw JSONError(.invalidValue, "unknown member; expected name, by, top or percentile, every")
        .prefixed(by: .key(member.key))
    }
    let name: SegmentName = try object.required("name")
    let text = try object.string("by")
    let part = try Self.part(object)
    let every: Duration?
    if let json = object["every"] {
      guard let span = Duration(secondsText: try json.stringValue()), span.wholeMilliseconds > 0 else {
        throw JSONError(.invalidValue, "expected a span above zero such as 86400s", path: [.key("every")])
      }
      every = span
    } else {
      every = nil
    }
    do { try self.init(name, by: text, part, every: every) } catch {
      throw JSONError(.invalidValue, error.description, path: [.key("by")])
    }
  }

  private static func part(_ object: JSONObject) throws(JSONError) -> PopulationRank.Part {
    switch (object["top"], object["percentile"]) {
    case (let top?, nil):
      let count: Int64
      do { count = try top.int64Value() } catch { throw error.prefixed(by: .key("top")) }
      guard count > 0, let count = Int(exactly: count) else {
        throw JSONError(.invalidValue, "expected a number above zero", path: [.key("top")])
      }
      return .top(count)
    case (nil, let shares?):
      var bounds: [Double] = []
      do { for share in try shares.arrayValue() { bounds.append(try share.doubleValue()) } } catch {
        throw error.prefixed(by: .key("percentile"))
      }
      guard bounds.count == 2, bounds[0] >= 0, bounds[0] < bounds[1], bounds[1] <= 1 else {
        throw JSONError(
          .invalidValue, "expected two shares of 0 … 1, the lower one first", path: [.key("percentile")])
      }
      return .percentile(bounds[0], bounds[1])
    default: throw JSONError(.missing, "expected either top or percentile")
    }
  }

  /// Writes the form.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("name", rank.name)
    writer.field("by", measure.text)
    switch rank.part {
    case .top(let count): writer.field("top", count)
    case .percentile(let low, let high):
      writer.field("percentile", JSON.array([low, high].compactMap { JSONNumber($0).map { .number($0) } }))
    }
    if let every { writer.field("every", every.secondsText) }
    writer.endObject()
  }
}
