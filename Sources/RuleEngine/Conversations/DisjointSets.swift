/// The sets of a partition that are joined pair by pair (Tarjan & van Leeuwen, JACM 1984: union by size, path halving);
/// almost O(1) per call.
struct DisjointSets {
  private var parents: [Int]
  private var sizes: [Int]

  init(count: Int) {
    parents = Array(0..<count)
    sizes = [Int](repeating: 1, count: count)
  }

  /// The element that stands for the set of `element`.
  mutating func root(of element: Int) -> Int {
    var node = element
    while parents[node] != node {
      parents[node] = parents[parents[node]]
      node = parents[node]
    }
    return node
  }

  /// Joins the sets of two elements.
  mutating func join(_ left: Int, _ right: Int) {
    var (large, small) = (root(of: left), root(of: right))
    if large == small { return }
    if sizes[large] < sizes[small] { swap(&large, &small) }
    parents[small] = large
    sizes[large] += sizes[small]
  }
}
