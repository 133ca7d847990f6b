/// Base64 with padding (RFC 4648, section 4).
package enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  private static let values: [UInt8] = {
    var table = [UInt8](repeating: 0xFF, count: 256)
    for (index, byte) in alphabet.enumerated() { table[Int(byte)] = UInt8(index) }
    return table
  }()

  /// The text for `bytes`; O(n).
  package static func encode(_ bytes: [UInt8]) -> String {
    var output: [UInt8] = []
    output.reserveCapacity((bytes.count + 2) / 3 * 4)
    var index = 0
    while index < bytes.count {
      let first = bytes[index]
      let second = index + 1 < bytes.count ? bytes[index + 1] : 0
      let third = index + 2 < bytes.count ? bytes[index + 2] : 0
      output.append(alphabet[Int(first >> 2)])
      output.append(alphabet[Int((first & 3) << 4 | second >> 4)])
      output.append(index + 1 < bytes.count ? alphabet[Int((second & 15) << 2 | third >> 6)] : 0x3D)
      output.append(index + 2 < bytes.count ? alphabet[Int(third & 63)] : 0x3D)
      index += 3
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// The bytes of a padded text; `nil` for any other character, length or non-zero padding bits.
  package static func decode(_ text: String) -> [UInt8]? {
    let input = Array(text.utf8)
    guard input.count % 4 == 0 else { return nil }
    var output: [UInt8] = []
    output.reserveCapacity(input.count / 4 * 3)
    for start in stride(from: 0, to: input.count, by: 4) {
      let isLast = start + 4 == input.count
      let padding = isLast ? (input[start + 3] == 0x3D ? (input[start + 2] == 0x3D ? 2 : 1) : 0) : 0
      var word: UInt32 = 0
      for offset in 0..<4 {
        let value = offset >= 4 - padding ? 0 : values[Int(input[start + offset])]
        guard value != 0xFF else { return nil }
        word = word << 6 | UInt32(value)
      }
      if padding == 1, word & 0xFF != 0 { return nil }
      if padding == 2, word & 0xFFFF != 0 { return nil }
      output.append(UInt8(truncatingIfNeeded: word >> 16))
      if padding < 2 { output.append(UInt8(truncatingIfNeeded: word >> 8)) }
      if padding < 1 { output.append(UInt8(truncatingIfNeeded: word)) }
    }
    return output
  }
}
