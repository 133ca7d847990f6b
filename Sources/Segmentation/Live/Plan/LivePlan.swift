import EventTime
import SCRMModel
import StateCoding

/// A catalogue compiled for the live engine: streams, leaves shared among segments, and who depends on what.
final class LivePlan: Sendable {
  let catalogue: SegmentCatalogue
  let streams: [LiveStream]
  let leaves: [LiveLeaf]
  /// The leaves that count, by number of the leaf.
  let counts: ContiguousArray<CountTerm>
  let programs: [SegmentProgram]
  /// The streams of a kind, by its number; the last entry is for kinds that no pattern names.
  let kindStreams: [[Int]]
  let kinds: [InteractionKind: Int]
  /// The leaves that read a stream.
  let streamLeaves: [[Int32]]
  /// The leaves that read a fact.
  let factLeaves: [[Int32]]
  /// The segments that ask a leaf.
  let leafSegments: [[Int32]]
  /// The segments that name a segment.
  let segmentSegments: [[Int32]]
  /// The place of a segment in the order of evaluation.
  let rank: [Int32]
  let hasNestedSegments: Bool
  let calendars: [(span: CalendarSpan, zone: ZoneRules)]
  let factEnvironment: ExpressionEnvironment
  /// The variables of the fact environment in the order of the schema.
  let factSlots: [Int]
  /// Names in stored state.
  let segmentHashes: [UInt64]

  let leafWords: Int
  let memberWords: Int

  init(_ catalogue: SegmentCatalogue) throws(SegmentError) {
    var builder = LivePlanBuilder(catalogue)
    var programs: [SegmentProgram] = []
    for segment in catalogue.segments {
      do { programs.append(try builder.program(segment.condition)) } catch { throw error.inSegment(segment.name) }
    }
    self.catalogue = catalogue
    self.programs = programs
    streams = builder.streams
    leaves = builder.leaves
    counts = ContiguousArray(builder.leaves.map { CountTerm($0.term) })
    calendars = builder.calendars
    factEnvironment = builder.factEnvironment
    factSlots = builder.factSlots
    segmentHashes = catalogue.segments.map { nameHash($0.name.rawValue) }
    leafWords = max(1, (leaves.count + 63) / 64)
    memberWords = max(1, (catalogue.segments.count + 63) / 64)

    var kinds: [InteractionKind: Int] = [:]
    for stream in streams {
      for kind in stream.events.kinds where kinds[kind] == nil { kinds[kind] = kinds.count }
    }
    var kindStreams = [[Int]](repeating: [], count: kinds.count + 1)
    for (number, stream) in streams.enumerated() {
      if stream.events.kinds.isEmpty {
        for kind in kindStreams.indices { kindStreams[kind].append(number) }
      } else {
        for kind in stream.events.kinds { if let kind = kinds[kind] { kindStreams[kind].append(number) } }
      }
    }
    self.kinds = kinds
    self.kindStreams = kindStreams

    var streamLeaves = [[Int32]](repeating: [], count: streams.count)
    var factLeaves = [[Int32]](repeating: [], count: catalogue.facts.facts.count)
    for (number, leaf) in leaves.enumerated() {
      for stream in Set(leaf.streams).sorted() { streamLeaves[stream].append(Int32(number)) }
      for fact in leaf.facts { factLeaves[fact].append(Int32(number)) }
    }
    self.streamLeaves = streamLeaves
    self.factLeaves = factLeaves

    var leafSegments = [[Int32]](repeating: [], count: leaves.count)
    var segmentSegments = [[Int32]](repeating: [], count: programs.count)
    for (number, program) in programs.enumerated() {
      for operand in program.operands {
        if operand >= 0 {
          leafSegments[Int(operand)].append(Int32(number))
        } else if Int(~operand) != number {
          // A segment that names itself is asked when its terms change.
          segmentSegments[Int(~operand)].append(Int32(number))
        }
      }
    }
    self.leafSegments = leafSegments
    self.segmentSegments = segmentSegments
    hasNestedSegments = segmentSegments.contains { !$0.isEmpty }
    var rank = [Int32](repeating: 0, count: programs.count)
    for (place, segment) in catalogue.order.enumerated() { rank[segment] = Int32(place) }
    self.rank = hasNestedSegments ? rank : programs.indices.map { Int32($0) }
  }
}
