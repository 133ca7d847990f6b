/// The name of a node as it stands in a file, compared by its bytes; whole numbers come first, in their order.
struct NodeName: Sendable, Hashable, Comparable {
  let bytes: [UInt8]
  /// Whether it is a number in the usual form: digits, without a needless zero in front.
  let isNumber: Bool

  init(_ bytes: some Sequence<UInt8>) {
    self.bytes = Array(bytes)
    isNumber =
      !self.bytes.isEmpty && self.bytes.allSatisfy { (0x30...0x39).contains($0) }
      && (self.bytes[0] != 0x30 || self.bytes.count == 1)
  }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  static func < (left: NodeName, right: NodeName) -> Bool {
    switch (left.isNumber, right.isNumber) {
    case (true, true) where left.bytes.count != right.bytes.count: left.bytes.count < right.bytes.count
    case (true, false): true
    case (false, true): false
    default: left.bytes.lexicographicallyPrecedes(right.bytes)
    }
  }
}
