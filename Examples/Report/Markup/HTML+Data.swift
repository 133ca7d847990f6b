extension HTML {
  /// A text from data, kept apart from the writing direction of what is around it.
  ///
  /// Parts in East Asian scripts are marked with their language, by which fonts choose the forms of characters.
  static func data(_ text: String) -> HTML {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return "\(text)" }
    let text = text.shortened(to: String.mostShown)
    let language = text.eastAsianLanguage
    var parts: [HTML] = []
    var run = String.UnicodeScalarView()
    var isEastAsian = false
    func end() {
      if run.isEmpty { return }
      parts.append(isEastAsian ? "<span lang=\"\(language)\">\(String(run))</span>" : "\(String(run))")
      run = String.UnicodeScalarView()
    }
    for scalar in text.unicodeScalars {
      if scalar.isEastAsian != isEastAsian {
        end()
        isEastAsian.toggle()
      }
      run.append(scalar)
    }
    end()
    return "<bdi>\(parts)</bdi>"
  }
}

extension String {
  /// The BCP 47 tag of the East Asian language that the characters of a text tell.
  fileprivate var eastAsianLanguage: String {
    for scalar in unicodeScalars {
      switch scalar.value {
      case 0x3040...0x30FF: return "ja"
      case 0x1100...0x11FF, 0xAC00...0xD7AF: return "ko"
      default: continue
      }
    }
    return "zh"
  }
}

extension Unicode.Scalar {
  fileprivate var isEastAsian: Bool {
    switch value {
    case 0x1100...0x11FF, 0x2E80...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7AF, 0xF900...0xFAFF,
      0xFF00...0xFFEF, 0x20000...0x3FFFD:
      true
    default: false
    }
  }
}
