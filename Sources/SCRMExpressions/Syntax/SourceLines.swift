/// Finds line, column and the caret line of an offset.
struct SourceLines {
  /// How much of a long line is shown on either side of the caret, in scalars.
  private static let reach = 60

  private let bytes: [UInt8]

  init(_ source: String) { bytes = Array(source.utf8) }

  struct Place {
    /// The line from 1.
    var line: Int
    /// The column from 1, in code points.
    var column: Int
    /// The line, or the part of it around the place.
    var text: String
    /// Blanks as wide as what stands before the place.
    var pad: String
  }

  func place(of offset: Int) -> Place {
    let offset = min(max(offset, 0), bytes.count)
    let line = bytes[..<offset].reduce(into: 1) { if $1 == 0x0A { $0 += 1 } }
    let start = bytes[..<offset].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let end = bytes[offset...].firstIndex(of: 0x0A) ?? bytes.count
    let before = Array(String(decoding: bytes[start..<offset], as: UTF8.self).unicodeScalars)
    let after = Array(String(decoding: bytes[offset..<end], as: UTF8.self).unicodeScalars)
    let shownBefore = before.suffix(Self.reach)
    var text = String.UnicodeScalarView(shownBefore.map(Self.visible))
    text.append(contentsOf: after.prefix(Self.reach).map(Self.visible))
    // East Asian wide characters take two columns of a terminal.
    let pad = shownBefore.map { Self.isWide($0) ? "  " : " " }.joined()
    return Place(line: line, column: before.count + 1, text: String(text), pad: pad)
  }

  private static func visible(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) ? " " : scalar
  }

  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
      0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      true
    default: false
    }
  }
}
