import DenseData
import EventTime
import Testing

@Suite struct DeadlineQueueTests {
  private struct Waiting: Hashable, Comparable {
    let time: Int64
    let owner: UInt32

    static func < (left: Waiting, right: Waiting) -> Bool { (left.time, left.owner) < (right.time, right.owner) }
  }

  /// Pops what is due from both and compares.
  private func expectSame(_ queue: inout DeadlineQueue, _ waiting: inout [Waiting], at now: Int64) {
    var found: [Waiting] = []
    while let (time, owner) = queue.popDue(now) { found.append(Waiting(time: time, owner: owner)) }
    waiting.sort()
    let due = waiting.prefix { $0.time <= now }
    #expect(found == Array(due), "at \(now)")
    waiting.removeFirst(due.count)
    #expect(queue.count == waiting.count)
    #expect((queue.earliest == nil) == waiting.isEmpty)
    if let earliest = queue.earliest, let first = waiting.first { #expect(earliest <= first.time) }
  }

  /// Against a sorted list: more deadlines than the heap takes, near and far ones, at one moment and in the past.
  @Test(arguments: 0..<12) func popsInOrder(_ seed: UInt64) {
    var random = SeededGenerator(seed: 900 + seed)
    var queue = DeadlineQueue()
    var waiting: [Waiting] = []
    var now: Int64 = [0, -1_000_000, 1_750_000_000_000][Int(seed % 3)]
    for _ in 0..<60 {
      for _ in 0..<[3, 40, 900][random.below(3)] {
        let span: Int64 = [1, 60, 4_000, 3_600_000, 86_400_000, 15_552_000_000, 400_000_000_000][random.below(7)]
        var time = now + Int64(random.below(Int(span))) + 1
        switch random.below(12) {
        case 0: time = now - Int64(random.below(100))
        case 1: time = (now / 86_400_000 + 1) * 86_400_000
        default: break
        }
        let owner = UInt32(random.below(5_000))
        queue.add(time, owner: owner)
        waiting.append(Waiting(time: time, owner: owner))
      }
      now += Int64(random.below([2, 5_000, 90_000_000, 2_000_000_000][random.below(4)]))
      expectSame(&queue, &waiting, at: now)
    }
    expectSame(&queue, &waiting, at: .max)
    #expect(waiting.isEmpty)
  }

  /// Every deadline is earlier than those before, and the ends of time are times like others.
  @Test func fallingAndOutermostTimes() {
    var queue = DeadlineQueue()
    var waiting: [Waiting] = []
    for number in 0..<5_000 {
      let time = Int64(5_000 - number) * 977
      queue.add(time, owner: UInt32(number))
      waiting.append(Waiting(time: time, owner: UInt32(number)))
    }
    for (number, time) in [Int64.min, .min, .max, .max, .max - 1, 0].enumerated() {
      queue.add(time, owner: UInt32(number))
      waiting.append(Waiting(time: time, owner: UInt32(number)))
    }
    for now in [Int64.min, 0, 1_000_000, 4_885_000, .max - 1, .max] { expectSame(&queue, &waiting, at: now) }
    queue.add(7, owner: 1)
    queue.removeAll()
    #expect(queue.count == 0 && queue.popDue(.max) == nil)
  }

  /// What is opened is what is popped next.
  @Test func opensTheNextGroup() {
    var queue = DeadlineQueue()
    for number in 0..<4_000 { queue.add(Int64(number) * 1_000, owner: UInt32(number)) }
    var popped: [UInt32] = []
    var opened = 0
    for now in stride(from: Int64(0), through: 4_000_000, by: 10_000) {
      if queue.open(through: now) {
        opened += queue.opened.count
        #expect(queue.opened.map(\.owner).min() == UInt32(popped.count))
      }
      while let (_, owner) = queue.popDue(now) { popped.append(owner) }
    }
    #expect(popped == Array(0..<4_000))
    #expect(opened > 200)
  }
}
