import SCRMExpressions

extension BindToken {
  /// Reads the text of a token and checks its signature.
  ///
  /// - Complexity: O(1); texts above 256 bytes are refused unread.
  /// - Throws: ``BindTokenError`` `malformed` or `forged`.
  public init(_ text: String, signer: some BindTokenSigning) throws(BindTokenError) {
    guard text.utf8.count <= Self.maximumLength else { throw Self.malformed }
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map { String($0) ?? "" }
    guard parts.count == 5, let nonce = Self.bytes(parts[0]), nonce.count == 16, Self.isPurpose(parts[1]),
      let begin = Self.time(parts[2]), let end = Self.time(parts[3]), begin < end,
      let tag = Self.bytes(parts[4]), (16...64).contains(tag.count)
    else { throw Self.malformed }
    guard signer.isValid(tag, of: Array(Self.message(parts[0], parts[1], begin, end).utf8)) else {
      throw BindTokenError(.forged, "the signature is not that of the content")
    }
    self.init(nonce: parts[0], purpose: parts[1], issued: begin, expires: end, tag: tag)
  }

  private static var malformed: BindTokenError {
    BindTokenError(.malformed, "expected nonce.purpose.issued.expires.tag")
  }

  static func message(_ nonce: String, _ purpose: String, _ issued: Instant, _ expires: Instant) -> String {
    "\(nonce).\(purpose).\(issued.secondsSinceEpoch).\(expires.secondsSinceEpoch)"
  }

  static func isPurpose(_ text: String) -> Bool {
    (1...48).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
        default: false
        }
      }
  }

  static func hex(_ bytes: [UInt8]) -> String {
    var digits: [UInt8] = []
    for byte in bytes {
      for half in [byte >> 4, byte & 15] { digits.append(half < 10 ? 0x30 + half : 0x57 + half) }
    }
    return String(decoding: digits, as: UTF8.self)
  }

  /// Only the one spelling that ``hex(_:)`` gives, so that a token has one text.
  private static func bytes(_ text: String) -> [UInt8]? {
    let digits = text.utf8.map { byte -> UInt8 in
      switch byte {
      case 0x30...0x39: byte - 0x30
      case 0x61...0x66: byte - 0x57
      default: 16
      }
    }
    guard digits.count % 2 == 0, !digits.contains(16) else { return nil }
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }

  private static func time(_ text: String) -> Instant? {
    guard let seconds = Int64(text), String(seconds) == text else { return nil }
    return Instant(secondsSinceEpoch: seconds)
  }
}
