import DenseData

/// What the values of nodes lack, and how many edges take that on.
struct Residuals: Sendable {
  /// Whether single precision does.
  let isSingle: Bool
  /// What each value lacks, in one of two precisions.
  private var double: [Double]
  private var single: [Float]
  /// The size of the row of each node as a class of ``RowClass``.
  private(set) var classes: [UInt8]
  /// Nodes from here on pass nothing on.
  private(set) var end = 0
  /// As long as so many edges the rows of a class take.
  private let sizes: [Double]

  /// Those of no node, as what is moved out leaves behind.
  static let none = Residuals(count: 0, isSingle: false, sizes: [])

  init(count: Int, isSingle: Bool) { self.init(count: count, isSingle: isSingle, sizes: RowClass.sizes) }

  private init(count: Int, isSingle: Bool, sizes: [Double]) {
    (self.isSingle, self.sizes) = (isSingle, sizes)
    double = [Double](repeating: 0, count: isSingle ? 0 : count)
    single = [Float](repeating: 0, count: isSingle ? count : 0)
    classes = [UInt8](repeating: RowClass.empty, count: count)
  }

  /// Moves the columns to large pages.
  func moveToLargePages() {
    double.moveToLargePages()
    single.moveToLargePages()
    classes.moveToLargePages()
  }

  /// The number of nodes.
  var count: Int { classes.count }

  /// What a value lacks.
  subscript(node: Int) -> Double {
    get { isSingle ? Double(single[node]) : double[node] }
    set { if isSingle { single[node] = Float(newValue) } else { double[node] = newValue } }
  }

  mutating func append() {
    if isSingle { single.append(0) } else { double.append(0) }
    classes.append(RowClass.empty)
  }

  mutating func setDegree(_ degree: Int, of node: Int) {
    classes[node] = RowClass.of(degree)
    if degree > 0, node >= end { end = node + 1 }
  }

  /// Whether a node passes its residual on.
  func counts(_ node: Int) -> Bool { classes[node] != RowClass.empty }

  /// Whether a residual is more than `threshold` for each edge that its row takes as long as.
  func isLarge(_ amount: Double, at node: Int, _ threshold: Double) -> Bool {
    abs(amount) > threshold * sizes[Int(classes[node])]
  }

  /// The columns inside a loop.
  struct Columns<Amount: ResidualAmount> {
    let amounts: UnsafeMutableBufferPointer<Amount>
    let classes: UnsafeBufferPointer<UInt8>
    let sizes: UnsafeBufferPointer<Double>
    let end: Int
  }

  /// Hands the columns to a loop, in one precision or the other.
  mutating func withColumns<Result>(
    double inDouble: (Columns<Double>) -> Result, single inSingle: (Columns<Float>) -> Result
  ) -> Result {
    classes.withUnsafeBufferPointer { classes in
      sizes.withUnsafeBufferPointer { sizes in
        isSingle
          ? single.withUnsafeMutableBufferPointer {
            inSingle(Columns(amounts: $0, classes: classes, sizes: sizes, end: end))
          }
          : double.withUnsafeMutableBufferPointer {
            inDouble(Columns(amounts: $0, classes: classes, sizes: sizes, end: end))
          }
      }
    }
  }
}

/// Classes of rows by the number of their edges: eight for each doubling.
enum RowClass {
  /// That of a row without edges; the last, so that any residual is small for it.
  static let empty: UInt8 = 255
  /// Finding and noting one row takes as long as following so many edges.
  private static let overhead = 8
  /// The first bits of 1 as a single-precision number.
  private static let one: UInt32 = 127 << 3

  static func of(_ degree: Int) -> UInt8 {
    degree > 0 ? UInt8(clamping: Int(Float(degree + overhead).bitPattern >> 20 &- one)) : empty
  }

  /// By class, the least number of edges that a row takes as long as.
  static var sizes: [Double] {
    (0...UInt32(empty)).map { $0 == UInt32(empty) ? .infinity : Double(Float(bitPattern: ($0 + one) << 20)) }
  }

  /// The sizes of eight classes that lie one after the other; of a row without edges, that of a very long one.
  @inline(__always)
  static func eightSizes(at first: UnsafePointer<UInt8>) -> SIMD8<Float> {
    let classes = UnsafeRawPointer(first).loadUnaligned(as: SIMD8<UInt8>.self)
    return unsafeBitCast((SIMD8<UInt32>(truncatingIfNeeded: classes) &+ one) &<< 20, to: SIMD8<Float>.self)
  }
}

/// What residuals sum up to.
struct ResidualSums: Sendable, Hashable {
  /// Of nodes that pass theirs on; this one at most.
  var absolute = 0.0
  /// Of those too, with their signs.
  var signed = 0.0
  /// By how much that may be off.
  var slack = 0.0
  /// Of all nodes.
  var all = 0.0

  mutating func add(_ amount: Double, counts: Bool) {
    all += amount
    guard counts else { return }
    absolute += abs(amount)
    signed += amount
  }

  /// Takes in what was passed on without looking at where it went.
  mutating func pass(_ work: PassingWork, damping: Double) {
    all -= (1 - damping) * work.grown
    absolute -= (1 - damping) * work.passed
    slack = .infinity
  }
}
