extension Interaction {
  /// Reads something of every part of the interactions that is going to be looked at.
  ///
  /// Interactions that come in lie in main memory. Read together, the processor waits for many at once and not for one
  /// after the other.
  /// - Returns: what was read, which means nothing; reading for nothing would be optimised away.
  package static func warm(_ interactions: ArraySlice<Interaction>) -> UInt {
    interactions.withUnsafeBytes { bytes in
      let stride = MemoryLayout<Interaction>.stride
      // An interaction is one reference; nothing is read ahead should that ever change.
      guard stride == MemoryLayout<UnsafeRawPointer>.stride else { return 0 }
      var boxes: [Unmanaged<Box>] = []
      boxes.reserveCapacity(bytes.count / stride)
      for offset in Swift.stride(from: 0, to: bytes.count, by: stride) {
        boxes.append(Unmanaged.fromOpaque(bytes.load(fromByteOffset: offset, as: UnsafeRawPointer.self)))
      }
      // Without counting references, which waits for each object.
      var touched: UInt = 0
      for box in boxes { touched &+= box._withUnsafeGuaranteedRef { touch($0) } }
      for box in boxes { touched &+= box._withUnsafeGuaranteedRef { touchParts($0) } }
      return touched
    }
  }

  private static func touch(_ box: Box) -> UInt {
    UInt(bitPattern: box.fields.key.hashed) &+ UInt(truncatingIfNeeded: box.fields.received.secondsSinceEpoch)
      &+ (box.fields.revision == nil ? 0 : 1) &+ (box.fields.amount == nil ? 0 : 1) &+ UInt(box.fields.trust)
      &+ (box.fields.place == nil ? 0 : 1)
  }

  private static func touchParts(_ box: Box) -> UInt {
    UInt(box.fields.actor.identifiers.count) &+ UInt(box.fields.target?.identifiers.count ?? 0)
      &+ UInt(box.fields.consents.count)
  }
}
