/// For each of some numbers the numbers that belong to it, in one piece of memory.
struct Adjacency: Sendable {
  private let starts: ContiguousArray<Int32>
  /// The numbers of all, one after the other.
  let items: ContiguousArray<Int32>

  init(_ lists: [[Int32]]) {
    var starts: ContiguousArray<Int32> = [0]
    for list in lists { starts.append(starts[starts.count - 1] + Int32(list.count)) }
    self.starts = starts
    items = ContiguousArray(lists.joined())
  }

  /// How many numbers have a list.
  var count: Int { starts.count - 1 }

  /// Where in `items` the list of a number stands.
  @inline(__always)
  func places(of number: Int) -> Range<Int> { Int(starts[number])..<Int(starts[number + 1]) }

  /// The list of a number.
  func list(of number: Int) -> ArraySlice<Int32> { items[places(of: number)] }
}
