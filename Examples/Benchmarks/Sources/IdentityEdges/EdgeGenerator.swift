import Foundation

/// Writes edges between identifiers of invented people, as texts and as numbers.
///
/// A person has 2 to 9 identifiers; each edge names two of one person, repeats allowed. One edge of 10,000 joins strangers,
/// and 5,000 join somebody with one shared identifier. 10,000,000 edges name about 7.4 million different texts.
struct EdgeGenerator {
  private var state: UInt64
  private let edgeCount: Int
  private var firstOfPerson: [Int32] = [0]
  private var numbers: [Int32]

  init(edges: Int, seed: UInt64) {
    edgeCount = edges
    state = seed
    numbers = []
    let sizes: [(size: Int32, upTo: Double)] = [(2, 0.35), (3, 0.60), (4, 0.78), (5, 0.90), (6, 0.97), (9, 1)]
    for _ in 0..<max(edges / 4, 1) {
      let draw = unit()
      let size = sizes.first { draw < $0.upTo }?.size ?? 9
      firstOfPerson.append(firstOfPerson[firstOfPerson.count - 1] + size)
    }
    numbers = Array(0..<firstOfPerson[firstOfPerson.count - 1])
    for index in stride(from: numbers.count - 1, to: 0, by: -1) { numbers.swapAt(index, below(index + 1)) }
  }

  /// Writes `PATH.tsv` with two texts a line and `PATH.bin` with two 32-bit numbers an edge.
  mutating func write(to path: String) throws {
    for name in [path + ".tsv", path + ".bin"] where !FileManager.default.createFile(atPath: name, contents: nil) {
      throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: name])
    }
    let text = try FileHandle(forWritingTo: URL(fileURLWithPath: path + ".tsv"))
    let binary = try FileHandle(forWritingTo: URL(fileURLWithPath: path + ".bin"))
    let sharedEvery = max(edgeCount / 5_000, 1)
    var lines: [UInt8] = []
    var pairs: [Int32] = []
    for edge in 0..<edgeCount {
      var (left, right) = pair()
      if unit() < 1e-4 { right = Int32(below(numbers.count)) }
      if edge % sharedEvery == 0 { left = 0 }
      let (one, other) = (numbers[Int(left)], numbers[Int(right)])
      pairs.append(one)
      pairs.append(other)
      append(one, to: &lines)
      lines.append(0x09)
      append(other, to: &lines)
      lines.append(0x0A)
      if lines.count > 1 << 20 || edge == edgeCount - 1 {
        try text.write(contentsOf: Data(lines))
        try binary.write(contentsOf: pairs.withUnsafeBytes { Data($0) })
        lines.removeAll(keepingCapacity: true)
        pairs.removeAll(keepingCapacity: true)
      }
    }
    try text.close()
    try binary.close()
  }

  private mutating func pair() -> (Int32, Int32) {
    let person = below(firstOfPerson.count - 1)
    let start = firstOfPerson[person]
    let size = Int(firstOfPerson[person + 1] - start)
    let left = below(size)
    let right = (left + 1 + below(size - 1)) % size
    return (start + Int32(left), start + Int32(right))
  }

  private func append(_ number: Int32, to bytes: inout [UInt8]) {
    switch number % 5 {
    case 0: append("phone:138", number, radix: 10, width: 8, "", &bytes)
    case 1: append("email:u", number, radix: 10, width: 1, "@example.com", &bytes)
    case 2: append("wechat:o6_bm", number, radix: 16, width: 8, "", &bytes)
    case 3: append("device:", number, radix: 16, width: 16, "", &bytes)
    default: append("handle:@user_", number, radix: 10, width: 1, "", &bytes)
    }
  }

  private func append(
    _ prefix: StaticString, _ number: Int32, radix: Int32, width: Int, _ suffix: StaticString, _ bytes: inout [UInt8]
  ) {
    prefix.withUTF8Buffer { bytes.append(contentsOf: $0) }
    let start = bytes.count
    var rest = number
    while rest > 0 || bytes.count - start < width {
      let digit = UInt8(truncatingIfNeeded: rest % radix)
      bytes.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
      rest /= radix
    }
    bytes[start...].reverse()
    suffix.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  // SplitMix64.
  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }

  private mutating func below(_ bound: Int) -> Int { Int(next().multipliedFullWidth(by: UInt64(bound)).high) }

  private mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }
}
