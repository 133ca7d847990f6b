/// Which handles look alike: `paypal` and `раураl` in Cyrillic letters, `paul` and `pauI`, `modern` and `rnodern`.
///
/// Handles that look alike are different keys and never joined for it; a confusable handle is something to show to a person.
/// The method is that of Unicode Technical Standard #39, *Unicode Security Mechanisms*, section 4: two texts are confusable
/// when their skeletons are the same. The table holds the look-alikes of Latin letters in Cyrillic, Greek and Latin itself,
/// and of digits; as handles are compared without case, `i`, `l` and `1` are one, and `o` and `0`.
public enum HandleConfusables {
  /// The skeleton of a normalised handle: what it looks like, not a text to show or to store as an identifier.
  ///
  /// The skeleton of a skeleton is itself. O(length).
  public static func skeleton(of handle: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in handle.lowercased().unicodeScalars where !isUnseen(scalar) {
      if scalar == "m" {
        // "rn" reads as "m" in most fonts.
        result.append("r")
        result.append("n")
      } else {
        result.append(lookAlikes[scalar] ?? scalar)
      }
    }
    return String(result)
  }

  /// Whether two handles look alike without being the same.
  public static func areConfusable(_ left: String, _ right: String) -> Bool {
    !left.sameBytes(as: right) && skeleton(of: left).sameBytes(as: skeleton(of: right))
  }

  /// Whether a handle has Latin letters beside Cyrillic or Greek ones, which no language writes so.
  public static func mixesScripts(_ handle: String) -> Bool {
    var hasLatin = false
    var hasOther = false
    for scalar in handle.unicodeScalars {
      switch scalar.value {
      case 0x41...0x5A, 0x61...0x7A,
        0xC0...0x24F where scalar.properties.isAlphabetic:
        hasLatin = true
      case 0x370...0x52F where scalar.properties.isAlphabetic: hasOther = true
      default: break
      }
    }
    return hasLatin && hasOther
  }

  /// Joiners and variation selectors, which leave no mark of their own.
  private static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x200C, 0x200D, 0xFE00...0xFE0F: true
    default: false
    }
  }

  private static let lookAlikes: [Unicode.Scalar: Unicode.Scalar] = [
    // Digits and signs.
    "0": "o", "1": "l", "i": "l", "|": "l",
    // Latin.
    "ı": "l", "ɩ": "l", "ɑ": "a", "ɡ": "g", "ſ": "f", "ʋ": "u",
    // Cyrillic.
    "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "у": "y", "х": "x", "і": "l", "ӏ": "l", "ј": "j", "ѕ": "s",
    "ԁ": "d", "һ": "h", "ԛ": "q", "ԝ": "w", "ѵ": "v", "г": "r",
    // Greek.
    "α": "a", "ο": "o", "σ": "o", "ν": "v", "ρ": "p", "ι": "l", "υ": "u", "γ": "y", "ϲ": "c", "ϳ": "j",
  ]
}
