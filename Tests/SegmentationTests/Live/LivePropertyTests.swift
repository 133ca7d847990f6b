import DenseData
import Segmentation
import Testing

@Suite struct LivePropertyTests {
  /// A change without what brought it about: what happened, and to whom.
  struct Net: Hashable, Comparable {
    let time: Int64
    let person: Int
    let segment: Int
    let isEntry: Bool

    static func < (left: Net, right: Net) -> Bool {
      (left.time, left.person, left.segment, left.isEntry ? 0 : 1)
        < (right.time, right.person, right.segment, right.isEntry ? 0 : 1)
    }
  }

  private static let people = 3

  private func live(_ catalogue: SegmentCatalogue, lateness: Duration) throws -> LiveSegments {
    let start = try #require(Instant(millisecondsSinceEpoch: GeneratedCase.start - 1))
    var live = try LiveSegments(catalogue, at: start, lateness: lateness)
    for number in 0..<Self.people { _ = live.person(PersonID(high: 9, low: UInt64(number))) }
    return live
  }

  private func histories(_ made: inout GeneratedCase) -> [(person: Int, happening: GeneratedCase.Happening)] {
    var all: [(person: Int, happening: GeneratedCase.Happening)] = []
    for person in 0..<Self.people { all += made.history(25).map { (person, $0) } }
    return all.enumerated().sorted { ($0.element.happening.time, $0.offset) < ($1.element.happening.time, $1.offset) }
      .map(\.element)
  }

  /// The reports with what was withdrawn taken out again.
  private func net(_ changes: [LiveMembershipChange]) -> [Net] {
    var kept: [Net] = []
    for change in changes {
      let net = Net(time: change.time, person: change.person, segment: change.segment, isEntry: change.isEntry)
      if change.report == .withdrawn {
        guard let index = kept.lastIndex(of: net) else {
          Issue.record("withdrawn, but never reported: \(net)")
          continue
        }
        kept.remove(at: index)
      } else {
        kept.append(net)
      }
    }
    return kept.sorted()
  }

  private func expectAlternation(_ net: [Net], _ live: LiveSegments) {
    var state: [[Int]: Bool] = [:]
    for change in net {
      #expect(state[[change.person, change.segment], default: false] != change.isEntry, "\(change)")
      state[[change.person, change.segment]] = change.isEntry
    }
    for person in 0..<live.count {
      for segment in live.catalogue.segments.indices {
        #expect(state[[person, segment], default: false] == live.isMember(person, of: segment))
      }
    }
  }

  @Test(arguments: seeds(from: 100, 12, soak: 2_000)) func shuffledArrivalWithinTheLatenessChangesNothing(
    _ seed: UInt64
  ) throws {
    var made = try GeneratedCase(seed: seed)
    let all = histories(&made)
    let lateness: Int64 = 2 * 3_600_000
    let end = (all.last?.happening.time ?? 0) + 40 * 86_400_000

    var inOrder = try live(made.catalogue, lateness: .milliseconds(lateness))
    for (person, happening) in all { _ = GeneratedCase.apply(happening, to: &inOrder, person: person) }
    inOrder.advance(to: end)
    let expected = net(inOrder.takeChanges())
    expectAlternation(expected, inOrder)

    // Everything arrives within the lateness of its time: sorted by a delayed time.
    let delayed = all.map { (arrival: $0.happening.time + Int64(made.random.below(Int(lateness))), $0) }
      .sorted { $0.arrival < $1.arrival }
    var shuffled = try live(made.catalogue, lateness: .milliseconds(lateness))
    var late = 0
    for (arrival, (person, happening)) in delayed {
      // The clock runs on between arrivals, but never past what may still come.
      if made.random.below(3) == 0 { shuffled.advance(to: arrival - lateness / 2) }
      let result = GeneratedCase.apply(happening, to: &shuffled, person: person)
      #expect(result != .tooLate)
      if result == .late { late += 1 }
    }
    shuffled.advance(to: end)
    let found = net(shuffled.takeChanges())
    #expect(found == expected, "seed \(seed), \(late) late")
    for person in 0..<Self.people { #expect(shuffled.segments(of: person) == inOrder.segments(of: person)) }
  }

  @Test(arguments: seeds(from: 200, 6, soak: 1_000)) func restartingAtAnyPointChangesNothing(_ seed: UInt64) throws {
    var made = try GeneratedCase(seed: seed)
    let all = histories(&made)
    var straight = try live(made.catalogue, lateness: .seconds(600))
    var broken = straight
    for (index, (person, happening)) in all.enumerated() {
      _ = GeneratedCase.apply(happening, to: &straight, person: person)
      _ = GeneratedCase.apply(happening, to: &broken, person: person)
      if index % 3 == 0 {
        // The engine as a whole, or every person as a record of their own.
        #expect(broken.takeChanges() == straight.takeChanges(), "seed \(seed), \(index)")
        if made.random.below(2) == 0 {
          let bytes = broken.snapshot()
          broken = try LiveSegments(made.catalogue, snapshot: bytes)
          #expect(broken.snapshot() == bytes)
        } else {
          let clock = try #require(Instant(millisecondsSinceEpoch: broken.clock))
          var next = try LiveSegments(made.catalogue, at: clock, lateness: .seconds(600))
          for person in 0..<broken.count {
            try next.restore(broken.state(of: person), as: #require(broken.id(person)))
          }
          broken = next
        }
        #expect(broken.takeChanges().isEmpty)
      }
    }
    let end = straight.clock + 40 * 86_400_000
    straight.advance(to: end)
    broken.advance(to: end)
    #expect(broken.takeChanges() == straight.takeChanges())
    #expect(broken.snapshot() == straight.snapshot())
  }

  @Test func whatIsTooLateChangesNothing() throws {
    let catalogue = try SegmentCatalogue([Segment("buyers", parsing: "did('purchase', ever())")])
    var live = try LiveSegments(catalogue, at: .epoch, lateness: .seconds(10))
    let person = live.person(PersonID(high: 1, low: 1))
    live.advance(to: 100_000)
    #expect(live.record(SegmentEvent("purchase", at: 89_999), for: person) == .tooLate)
    #expect(!live.isMember(person, of: 0))
    #expect(live.record(SegmentEvent("purchase", at: 90_000), for: person) == .late)
    let changes = live.takeChanges()
    #expect(changes.map(\.report) == [.added])
    #expect(changes.map(\.time) == [90_000])
  }

  @Test func malformedStateIsRefused() throws {
    let catalogue = try SegmentCatalogue([Segment("buyers", parsing: "sum('purchase', event.amount, days(3)) > 1.0")])
    var live = try LiveSegments(catalogue, at: .epoch)
    let person = live.person(PersonID(high: 1, low: 1))
    live.record(SegmentEvent("purchase", at: 5, amount: 3), for: person)
    let bytes = live.snapshot()
    for count in 0..<bytes.count {
      #expect(throws: SCRMError.self) { try LiveSegments(catalogue, snapshot: Array(bytes[..<count])) }
    }
    var random = SeededGenerator(seed: 4)
    for _ in 0..<2_000 {
      var broken = bytes
      broken[random.below(broken.count)] = UInt8(random.below(256))
      _ = try? LiveSegments(catalogue, snapshot: broken)
    }
  }
}
