public import SCRMModel

/// Segments that were checked against facts and event fields, in an order in which each stands after those it names.
///
/// ```swift
/// let catalogue = try SegmentCatalogue(
///   [Segment("buyers", parsing: "count('purchase', days(30)) >= 1")], facts: .standard)
/// ```
///
/// An immutable value; both engines compile it.
public struct SegmentCatalogue: Sendable {
  /// The segments in the order given.
  public let segments: [Segment]
  /// The numbers of the segments, each after those it names.
  public let order: [Int]
  /// The facts that conditions may name.
  public let facts: FactSchema
  /// The fields of events.
  public let events: EventSchema
  /// The zones of calendar windows by name.
  public let zones: [String: ZoneRules]

  /// Checks segments.
  ///
  /// O(n) in the parts of the conditions.
  /// - Parameters:
  ///   - segments: the segments.
  ///   - facts: the facts that conditions may name.
  ///   - events: the fields of events.
  ///   - zone: gives the rules of a zone by its name; `UTC` is known without.
  /// - Throws: `SegmentError`: a name twice or unknown, a cycle with its path, an expression or a window that does not fit.
  public init(
    _ segments: [Segment], facts: FactSchema = .standard, events: EventSchema = .standard,
    zone: (String) -> ZoneRules? = { _ in nil }
  ) throws(SegmentError) {
    self.segments = segments
    self.facts = facts
    self.events = events
    var numbers: [SegmentName: Int] = [:]
    for (number, segment) in segments.enumerated() where numbers.updateValue(number, forKey: segment.name) != nil {
      throw SegmentError(.duplicateName, segment: segment.name, "expected every name once")
    }
    var checker = SegmentChecker(facts: facts, events: events)
    for segment in segments {
      try checker.check(segment, zone: zone)
      guard segment.condition.normalised.remembers(segment.name) != .against else {
        throw SegmentError(
          .cycle, segment: segment.name,
          "a segment may name itself, as who is in it so far, but not with `!`: \(segment.name) → \(segment.name)")
      }
    }
    zones = checker.zones
    order = try Self.ordered(segments, numbers)
  }

  /// The number of a segment; `nil` when there is none of the name.
  ///
  /// O(n).
  public func index(of name: SegmentName) -> Int? { segments.firstIndex { $0.name == name } }

  /// Depth first, without recursion, so that a long chain of segments cannot exhaust the stack.
  private static func ordered(_ segments: [Segment], _ numbers: [SegmentName: Int]) throws(SegmentError) -> [Int] {
    var order: [Int] = []
    var state = [UInt8](repeating: 0, count: segments.count)
    for root in segments.indices where state[root] == 0 {
      var path: [(number: Int, rest: ArraySlice<SegmentName>)] = [(root, segments[root].condition.segments[...])]
      state[root] = 1
      while let top = path.last {
        guard let name = top.rest.first else {
          state[top.number] = 2
          order.append(top.number)
          path.removeLast()
          continue
        }
        path[path.count - 1].rest.removeFirst()
        guard let next = numbers[name] else {
          throw SegmentError(.unknownSegment, segment: segments[top.number].name, "there is no segment \(name)")
        }
        // A segment that names itself means who is in it so far.
        if next == top.number { continue }
        if state[next] == 1 {
          let start = path.firstIndex { $0.number == next } ?? 0
          let circle = (path[start...].map { segments[$0.number].name } + [name]).map(\.rawValue)
          throw SegmentError(
            .cycle, segment: segments[next].name, "a segment depends on itself: \(circle.joined(separator: " → "))")
        }
        if state[next] == 0 {
          state[next] = 1
          path.append((next, segments[next].condition.segments[...]))
        }
      }
    }
    return order
  }
}

/// The JSON form of definitions: `{"segments":[…]}`, each segment as ``Segment`` describes.
public struct SegmentDocument: Sendable, Hashable, JSONCodable {
  /// The segments.
  public let segments: [Segment]

  /// Wraps segments.
  public init(_ segments: [Segment]) { self.segments = segments }

  /// Reads the form.
  public init(json: JSON) throws(JSONError) { segments = try json.objectValue().array("segments") }

  /// Writes the form.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("segments", segments)
    writer.endObject()
  }
}
