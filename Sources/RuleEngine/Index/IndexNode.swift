/// A node of the discrimination tree: the rules found so far, and what is looked at next.
struct IndexNode: Sendable {
  /// The node above; −1 of a root.
  var parent: Int32
  /// The token that leads here from there.
  var token: Int32
  /// The rules that stand here, each to be evaluated when the node is reached.
  var rows: [Int32] = []
  /// The fields looked at below, with how many children each has.
  var attributes: [(attribute: Int32, children: Int32)] = []
  /// The ranges that stand here.
  var ranges: [IndexRange] = []

  var isEmpty: Bool { rows.isEmpty && attributes.isEmpty && ranges.isEmpty }

  mutating func noteChild(of attribute: Int32) {
    if let known = attributes.firstIndex(where: { $0.attribute == attribute }) {
      attributes[known].children += 1
    } else {
      attributes.append((attribute, 1))
    }
  }

  mutating func forgetChild(of attribute: Int32) {
    guard let known = attributes.firstIndex(where: { $0.attribute == attribute }) else { return }
    attributes[known].children -= 1
    if attributes[known].children == 0 { attributes.remove(at: known) }
  }
}

/// The rules of a node that want a field on one side of a number, ordered so that those reached come first.
struct IndexRange: Sendable {
  var attribute: Int32
  /// Whether the field must lie above; then limits ascend, otherwise they descend.
  var isAbove: Bool
  var limits: [Double] = []
  var rows: [Int32] = []

  /// The first place whose limit the value does not reach; limits equal to the value are reached.
  func end(for value: Double) -> Int {
    var (low, high) = (0, limits.count)
    while low < high {
      let middle = (low + high) / 2
      if isAbove ? limits[middle] <= value : limits[middle] >= value { low = middle + 1 } else { high = middle }
    }
    return low
  }

  mutating func insert(_ row: Int32, _ limit: Double) {
    let place = end(for: limit)
    limits.insert(limit, at: place)
    rows.insert(row, at: place)
  }

  mutating func remove(_ row: Int32) {
    guard let place = rows.firstIndex(of: row) else { return }
    limits.remove(at: place)
    rows.remove(at: place)
  }
}
