/// The members of a bitmap that share their upper sixteen bits, in the form that suits their number.
///
/// A list has at most 4,096 members and a bitmap more, so that neither takes over 8 KiB; runs come from
/// ``CompressedBitmap/optimiseRuns()``, from reading and from operations between runs.
enum BitmapContainer: Sendable {
  case list(ContiguousArray<UInt16>)
  case bitmap(BitmapWords)
  case runs(ValueRuns)

  /// From this number of members on, 65,536 bits take no more room than a list.
  static let listLimit = 4096

  /// The number of members.
  var count: Int {
    switch self {
    case .list(let list): list.count
    case .bitmap(let bitmap): bitmap.count
    case .runs(let runs): runs.count
    }
  }

  var isEmpty: Bool {
    switch self {
    case .list(let list): list.isEmpty
    case .bitmap(let bitmap): bitmap.count == 0
    case .runs(let runs): runs.runs.isEmpty
    }
  }

  /// Members that are in a bitmap now, as a list if they are few.
  init(fitting bitmap: BitmapWords) {
    self = bitmap.count <= Self.listLimit ? .list(bitmap.values()) : .bitmap(bitmap)
  }

  /// Values that ascend strictly, as a bitmap if they are many.
  init(fitting list: ContiguousArray<UInt16>) {
    self = list.count <= Self.listLimit ? .list(list) : .bitmap(BitmapWords(list))
  }

  /// Runs, in another form if that is smaller.
  init(fitting runs: ValueRuns) {
    let count = runs.count
    if Self.runBytes(runs.runs.count) <= Self.plainBytes(count) {
      self = .runs(runs)
    } else {
      self = count <= Self.listLimit ? .list(runs.values()) : .bitmap(runs.bitmap())
    }
  }

  /// The size of so many runs in the portable format.
  static func runBytes(_ runs: Int) -> Int { 2 + 4 * runs }

  /// The size of so many members as a list or a bitmap in the portable format.
  static func plainBytes(_ count: Int) -> Int { count <= listLimit ? 2 * count : 8192 }

  /// The same members without runs.
  var plain: BitmapContainer {
    guard case .runs(let runs) = self else { return self }
    return runs.count <= Self.listLimit ? .list(runs.values()) : .bitmap(runs.bitmap())
  }

  /// The same members as runs if that is smaller, else without runs.
  var optimised: BitmapContainer {
    let (runs, count): (Int, Int) =
      switch self {
      case .list(let list): (SortedValues.runCount(list), list.count)
      case .bitmap(let bitmap): (bitmap.runCount(), bitmap.count)
      case .runs(let runs): (runs.runs.count, runs.count)
      }
    guard Self.runBytes(runs) < Self.plainBytes(count) else { return plain }
    return switch self {
    case .list(let list): .runs(ValueRuns(list))
    case .bitmap(let bitmap): .runs(ValueRuns(bitmap))
    case .runs: self
    }
  }

  /// Whether a value is a member; O(1) for bitmaps, else O(log n).
  @inline(__always)
  func contains(_ value: UInt16) -> Bool {
    switch self {
    case .list(let list): SortedValues.search(list, value).isFound
    case .bitmap(let bitmap): bitmap.contains(value)
    case .runs(let runs): runs.contains(value)
    }
  }

  /// The members in ascending order.
  var values: ContiguousArray<UInt16> {
    switch self {
    case .list(let list): list
    case .bitmap(let bitmap): bitmap.values()
    case .runs(let runs): runs.values()
    }
  }

  /// Adds a value; returns whether it is new.
  mutating func insert(_ value: UInt16) -> Bool {
    // The payload is taken out of the enumeration, so that it is changed in place.
    switch self {
    case .list(var list):
      let (place, isFound) = SortedValues.search(list, value)
      if isFound { return false }
      self = .list([])
      list.insert(value, at: place)
      self = BitmapContainer(fitting: list)
      return true
    case .bitmap(var bitmap):
      self = .list([])
      defer { self = .bitmap(bitmap) }
      return bitmap.insert(value)
    case .runs(var runs):
      let place = runs.index(notAfter: value)
      if place >= 0, value <= runs.runs[place].last { return false }
      self = .list([])
      let joinsBefore = place >= 0 && runs.runs[place].last &+ 1 == value
      let joinsAfter = place + 1 < runs.runs.count && runs.runs[place + 1].first &- 1 == value
      switch (joinsBefore, joinsAfter) {
      case (true, true):
        runs.runs[place].last = runs.runs[place + 1].last
        runs.runs.remove(at: place + 1)
      case (true, false): runs.runs[place].last = value
      case (false, true): runs.runs[place + 1].first = value
      case (false, false): runs.runs.insert(ValueRuns.Run(first: value, last: value), at: place + 1)
      }
      self = BitmapContainer(fitting: runs)
      return true
    }
  }

  /// Takes a value out; returns whether it was there.
  mutating func remove(_ value: UInt16) -> Bool {
    switch self {
    case .list(var list):
      let (place, isFound) = SortedValues.search(list, value)
      guard isFound else { return false }
      self = .list([])
      list.remove(at: place)
      self = .list(list)
      return true
    case .bitmap(var bitmap):
      self = .list([])
      let isFound = bitmap.remove(value)
      self = isFound ? BitmapContainer(fitting: bitmap) : .bitmap(bitmap)
      return isFound
    case .runs(var runs):
      let place = runs.index(notAfter: value)
      guard place >= 0, value <= runs.runs[place].last else { return false }
      self = .list([])
      let run = runs.runs[place]
      switch (run.first == value, run.last == value) {
      case (true, true): runs.runs.remove(at: place)
      case (true, false): runs.runs[place].first = value + 1
      case (false, true): runs.runs[place].last = value - 1
      case (false, false):
        runs.runs[place].last = value - 1
        runs.runs.insert(ValueRuns.Run(first: value + 1, last: run.last), at: place + 1)
      }
      self = BitmapContainer(fitting: runs)
      return true
    }
  }
}
