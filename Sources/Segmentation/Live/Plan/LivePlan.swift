import EventTime
import SCRMModel
import StateCoding

/// A catalogue compiled for the live engine: streams, leaves shared among segments, and who depends on what.
final class LivePlan: Sendable {
  let catalogue: SegmentCatalogue
  let streams: [LiveStream]
  /// What an event has to pass to be in a stream, in the form the hot path reads.
  let admissions: ContiguousArray<StreamAdmission>
  let leaves: [LiveLeaf]
  let programs: SegmentPrograms

  /// The numbers of kinds; one more stands for those that no pattern names.
  let kinds: [InteractionKind: Int]
  /// The streams of a kind.
  let kindStreams: Adjacency
  /// What is brought up to date when an event enters a stream.
  let streamSlots: Adjacency
  /// The leaves that read a fact.
  let factLeaves: Adjacency
  /// The segments with a short condition over leaves alone that ask a leaf, as places in ``tabled``.
  let leafTabled: Adjacency
  /// These segments in the order in which leaves ask them.
  let tabled: ContiguousArray<TabledSegment>
  /// The places in the order of evaluation of the other segments that ask a leaf.
  let leafRanks: Adjacency
  /// The places of the segments that name a segment.
  let dependentRanks: Adjacency
  let hasDependents: Bool
  /// The segments in the order of evaluation: each after those it names.
  let ranked: ContiguousArray<Int32>

  let countWindows: ContiguousArray<ThresholdWindow>
  let countSteps: ContiguousArray<Threshold<Int>>
  let sumWindows: ContiguousArray<ThresholdWindow>
  let sumSteps: ContiguousArray<Threshold<Int128>>
  let slots: ContiguousArray<DeadlineSlot>
  /// The stream that a slot looks at, −1 for leaves of several, and −1 at the end when there is no slot.
  let slotStreams: ContiguousArray<Int32>
  /// The slot of a leaf that has one of its own; −1 for leaves over facts and snapshots and for thresholds.
  let leafSlots: ContiguousArray<Int32>
  /// The leaves without thresholds.
  let singleLeaves: ContiguousArray<Int32>
  let layout: LiveRowLayout

  let calendars: [(span: CalendarSpan, zone: ZoneRules)]
  let factEnvironment: ExpressionEnvironment
  /// The variables of the fact environment in the order of the schema.
  let factSlots: [Int]
  /// Names in stored state.
  let segmentHashes: [UInt64]

  init(_ catalogue: SegmentCatalogue) throws(SegmentError) {
    var builder = LivePlanBuilder(catalogue)
    let conditions = catalogue.segments.map(\.condition.normalised)
    for (segment, condition) in zip(catalogue.segments, conditions) {
      do { try builder.addLeaves(condition) } catch { throw error.inSegment(segment.name) }
    }
    self.catalogue = catalogue
    let (streams, leaves) = (builder.streams, builder.leaves)
    self.streams = streams
    self.leaves = leaves
    admissions = ContiguousArray(streams.map { StreamAdmission($0) })
    calendars = builder.calendars
    factEnvironment = builder.factEnvironment
    factSlots = builder.factSlots
    segmentHashes = catalogue.segments.map { nameHash($0.name.rawValue) }

    var kinds: [InteractionKind: Int] = [:]
    for stream in streams {
      for kind in stream.events.kinds where kinds[kind] == nil { kinds[kind] = kinds.count }
    }
    var kindStreams = [[Int32]](repeating: [], count: kinds.count + 1)
    for (number, stream) in streams.enumerated() {
      if stream.events.kinds.isEmpty {
        for kind in kindStreams.indices { kindStreams[kind].append(Int32(number)) }
      } else {
        for kind in stream.events.kinds { if let kind = kinds[kind] { kindStreams[kind].append(Int32(number)) } }
      }
    }
    self.kinds = kinds
    self.kindStreams = Adjacency(kindStreams)

    let counts = ThresholdTable(leaves.enumerated().compactMap { LiveLeaf.count($0.element, Int32($0.offset)) })
    let sums = ThresholdTable(leaves.enumerated().compactMap { LiveLeaf.sum($0.element, Int32($0.offset)) })
    (countWindows, countSteps) = (counts.windows, counts.steps)
    (sumWindows, sumSteps) = (sums.windows, sums.steps)
    var slots: ContiguousArray<DeadlineSlot> = []
    var streamSlots = [[Int32]](repeating: [], count: streams.count)
    for (stream, windows) in counts.streams {
      streamSlots[stream].append(Int32(slots.count))
      slots.append(.counts(stream: stream, windows: windows))
    }
    for (stream, windows) in sums.streams {
      streamSlots[stream].append(Int32(slots.count))
      slots.append(.sums(stream: stream, windows: windows))
    }
    var leafSlots = ContiguousArray<Int32>(repeating: -1, count: leaves.count)
    var factLeaves = [[Int32]](repeating: [], count: catalogue.facts.facts.count)
    for (number, leaf) in leaves.enumerated() {
      for fact in leaf.facts { factLeaves[fact].append(Int32(number)) }
      if leaf.isThreshold || leaf.streams.isEmpty { continue }
      for stream in Set(leaf.streams) { streamSlots[stream].append(Int32(slots.count)) }
      leafSlots[number] = Int32(slots.count)
      slots.append(.leaf(number))
    }
    self.slots = slots
    slotStreams = ContiguousArray(
      slots.map { slot in
        switch slot {
        case .counts(let stream, _), .sums(let stream, _): Int32(stream)
        case .leaf: -1
        }
      } + [-1])
    self.leafSlots = leafSlots
    self.streamSlots = Adjacency(streamSlots)
    self.factLeaves = Adjacency(factLeaves)
    singleLeaves = ContiguousArray(leaves.indices.filter { !leaves[$0].isThreshold }.map { Int32($0) })
    let layout = LiveRowLayout(
      slots: slots.count, leaves: leaves.count, segments: catalogue.segments.count,
      windows: counts.windows.count + sums.windows.count)
    self.layout = layout
    let programs = SegmentPrograms(conditions) { [builder] in
      let operand = builder.operand($0)
      return operand < 0 ? layout.place(ofSegment: ~operand) : layout.place(ofLeaf: operand)
    }

    self.programs = programs

    var ranks = [Int32](repeating: 0, count: conditions.count)
    for (rank, segment) in catalogue.order.enumerated() { ranks[segment] = Int32(rank) }
    var leafTabled = [[TabledSegment]](repeating: [], count: leaves.count)
    var leafRanks = [[Int32]](repeating: [], count: leaves.count)
    var dependentRanks = [[Int32]](repeating: [], count: conditions.count)
    for (segment, condition) in conditions.enumerated() {
      var operands: Set<Int32> = []
      condition.collect { term in
        switch term {
        case .constant, .all, .any, .not: break
        default: operands.insert(builder.operand(term))
        }
      }
      let isNested = operands.contains { $0 < 0 }
      for operand in operands {
        if operand < 0 {
          // A segment that names itself is asked when its terms change.
          if Int(~operand) != segment { dependentRanks[Int(~operand)].append(ranks[segment]) }
        } else if !isNested, let table = programs.tables[segment] {
          leafTabled[Int(operand)].append(TabledSegment(table: table, segment: UInt32(segment)))
        } else {
          leafRanks[Int(operand)].append(ranks[segment])
        }
      }
    }
    ranked = ContiguousArray(catalogue.order.map { Int32($0) })
    var placed: Int32 = 0
    self.leafTabled = Adjacency(
      leafTabled.map { list in
        defer { placed += Int32(list.count) }
        return Array(placed..<(placed + Int32(list.count)))
      })
    tabled = ContiguousArray(leafTabled.joined())
    self.leafRanks = Adjacency(leafRanks)
    self.dependentRanks = Adjacency(dependentRanks)
    hasDependents = dependentRanks.contains { !$0.isEmpty }
  }
}

/// What an event has to pass to be in a stream, and how long it matters there, in plain numbers.
struct StreamAdmission: Sendable {
  enum Filter: Sendable {
    case none
    case amount(MeasureComparison, Double)
    /// The stream's own filter decides.
    case general
  }

  let filter: Filter
  let content: LiveStream.Content
  /// The number of the field that is read, −1 for none.
  let field: Int32
  /// How long an event may matter, in milliseconds; `Int64.max` for ever.
  let retention: Int64

  init(_ stream: LiveStream) {
    filter =
      switch stream.filter {
      case .none: .none
      case .amount(let comparison, let number): .amount(comparison, number)
      case .general: .general
      }
    content = stream.content
    field = stream.field.map { Int32($0) } ?? -1
    retention = stream.retention ?? .max
  }
}
