extension String {
  /// The most characters of a text that are shown.
  static let mostShown = 400

  /// Appends the text so that it is harmless in markup: in content and in attributes in double quotes.
  ///
  /// Control characters become visible ones or spaces, controls of writing direction and what XML does not know become
  /// replacement characters, marks beyond six on one character are dropped, and what is very long is cut.
  func appendEscaped(to target: inout String, limit: Int = String.mostShown) {
    var length = 0
    var marks = 0
    for scalar in unicodeScalars {
      marks = scalar.isMark ? marks + 1 : 0
      if marks > 6 { continue }
      if length == limit {
        target += "…"
        return
      }
      length += 1
      switch scalar.value {
      case 0x26: target += "&amp;"
      case 0x3C: target += "&lt;"
      case 0x3E: target += "&gt;"
      case 0x22: target += "&quot;"
      case 0x27: target += "&#39;"
      case 0x09, 0x0A, 0x0D, 0x85, 0x2028, 0x2029: target += " "
      // The pictures of control characters.
      case 0x00...0x1F: target.unicodeScalars.append(Unicode.Scalar(UInt16(0x2400 + scalar.value)) ?? "\u{FFFD}")
      case 0x7F: target += "\u{2421}"
      case 0x80...0x9F, 0x202A...0x202E, 0x2066...0x2069: target += "\u{FFFD}"
      case let value where value & 0xFFFE == 0xFFFE || (0xFDD0...0xFDEF).contains(value): target += "\u{FFFD}"
      default: target.unicodeScalars.append(scalar)
      }
    }
  }

  /// The text cut to a number of characters.
  func shortened(to limit: Int) -> String { count > limit ? String(prefix(max(limit - 1, 1))) + "…" : self }
}

extension Unicode.Scalar {
  fileprivate var isMark: Bool {
    guard value >= 0x300 else { return false }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return true
    default: return false
    }
  }
}
