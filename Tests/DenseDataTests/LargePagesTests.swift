import DenseData
import Testing

struct LargePagesTests {
  @Test(
    "an array holds the same after it was moved to large pages, however much of one it fills",
    arguments: [0, 1, 1 << 18, 1 << 19 + 1, 3 << 20])
  func keepsElements(count: Int) {
    var random = SeededGenerator(seed: UInt64(count))
    var elements = (0..<count).map { _ in random.next() }
    let copy = elements.map { $0 }
    elements.moveToLargePages()
    #expect(elements == copy)
    elements.append(7)
    elements.moveToLargePages()
    #expect(elements.dropLast() == copy[...] && elements.last == 7)
  }
}
