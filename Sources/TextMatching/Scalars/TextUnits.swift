/// Units of text for measuring distance between words: a run of letters of a script with spaces is one, every letter of a
/// script without spaces is one, and what is no letter or digit is none.
package enum TextUnits {
  /// Calls the body with the UTF-8 offset at which each unit begins.
  ///
  /// - Complexity: O(*n*).
  package static func forEach(in text: String, _ body: (Int) -> Void) {
    UTF8Bytes.with(text) { bytes in
      var offset = 0
      var isInWord = false
      while offset < bytes.count {
        let (scalar, end) = UTF8Bytes.scalar(at: offset, in: bytes)
        switch ScalarClass(scalar) {
        case .unspaced:
          body(offset)
          isInWord = false
        case .spaced:
          if !isInWord { body(offset) }
          isInWord = true
        case .other:
          // A combining mark or an apostrophe within a word does not end it.
          isInWord = isInWord && (scalar == 0x27 || scalar == 0x2019 || (0x0300...0x036F).contains(scalar))
        }
        offset = end
      }
    }
  }
}
