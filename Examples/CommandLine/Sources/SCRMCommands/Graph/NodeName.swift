/// The name of a node as it stands in a file, compared by its bytes; whole numbers come first, in their order.
struct NodeName: Sendable, Hashable, Comparable {
  let bytes: [UInt8]

  init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Whether it is a number in the usual form: digits, without a needless zero in front.
  private var isNumber: Bool {
    !bytes.isEmpty && bytes.allSatisfy { (0x30...0x39).contains($0) } && (bytes[0] != 0x30 || bytes.count == 1)
  }

  static func < (left: NodeName, right: NodeName) -> Bool {
    switch (left.isNumber, right.isNumber) {
    case (true, true) where left.bytes.count != right.bytes.count: left.bytes.count < right.bytes.count
    case (true, false): true
    case (false, true): false
    default: left.bytes.lexicographicallyPrecedes(right.bytes)
    }
  }
}
