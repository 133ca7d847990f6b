/// Finds the name that was probably meant.
enum Spelling {
  /// The nearest of the names within a third of the length in edits: insert, delete, replace, swap neighbours.
  ///
  /// Of equally near ones the first by bytes. O(n · m²) in the number and length of the names.
  static func nearest(_ name: String, among names: [String]) -> String? {
    let wanted = Array(name.utf8)
    guard wanted.count <= 64 else { return nil }
    let limit = max(1, wanted.count / 3)
    var best: (name: String, distance: Int)?
    for candidate in names {
      let bytes = Array(candidate.utf8)
      guard abs(bytes.count - wanted.count) <= limit else { continue }
      let distance = distance(wanted, bytes)
      guard distance <= limit, distance > 0 else { continue }
      if let known = best,
        (known.distance, known.name).0 < distance
          || known.distance == distance && known.name.byteOrder(candidate) != .descending
      {
        continue
      }
      best = (candidate, distance)
    }
    return best?.name
  }

  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var before: [Int] = []
    var previous = Array(0...right.count)
    for (row, byte) in left.enumerated() {
      var current = [row + 1]
      for (column, other) in right.enumerated() {
        var cost = min(previous[column + 1] + 1, current[column] + 1, previous[column] + (byte == other ? 0 : 1))
        if row > 0, column > 0, byte == right[column - 1], left[row - 1] == other {
          cost = min(cost, before[column - 1] + 1)
        }
        current.append(cost)
      }
      before = previous
      previous = current
    }
    return previous[right.count]
  }
}
