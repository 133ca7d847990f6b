/// How the values put into a template are made harmless for their channel; the text around them is the author's.
public enum TextEscaping: String, Sendable, Hashable, Codable, CaseIterable {
  /// Control characters become blanks, nothing else changes.
  case plain
  /// `&`, `<`, `>`, `"` and `'` become character references of HTML as well.
  case html

  /// The harmless form of a value.
  func escape(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch (self, scalar) {
      case (.html, "&"): result.append(contentsOf: "&amp;".unicodeScalars)
      case (.html, "<"): result.append(contentsOf: "&lt;".unicodeScalars)
      case (.html, ">"): result.append(contentsOf: "&gt;".unicodeScalars)
      case (.html, "\""): result.append(contentsOf: "&quot;".unicodeScalars)
      case (.html, "'"): result.append(contentsOf: "&#39;".unicodeScalars)
      default: result.append(scalar.properties.generalCategory == .control ? " " : scalar)
      }
    }
    return String(result)
  }
}
