/// The text of a piece of HTML, as platforms write posts: tags are dropped, character references are resolved.
enum HTMLText {
  /// The text of a piece of HTML.
  ///
  /// Line breaks and the ends of paragraphs, list items and the like become line feeds. Comments and the content of
  /// `script` and `style` are dropped. A `<` that begins no tag stays. O(n).
  static func plain(_ html: String) -> String {
    let bytes = Array(html.utf8)
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      switch bytes[index] {
      case 0x3C:
        guard let tag = tag(bytes, from: index) else {
          output.append(0x3C)
          index += 1
          continue
        }
        if breaking.contains(tag.name), tag.name == "br" || tag.isEnd, !output.isEmpty { output.append(0x0A) }
        index = tag.end
        if tag.name == "script" || tag.name == "style", !tag.isEnd { index = contentEnd(bytes, of: tag) }
      case 0x26:
        let reference = CharacterReference.read(bytes, from: index)
        output += reference.bytes
        index = reference.end
      default:
        output.append(bytes[index])
        index += 1
      }
    }
    while let last = output.last, last == 0x0A || last == 0x20 { output.removeLast() }
    return String(decoding: output, as: UTF8.self)
  }

  private struct Tag {
    var name: String
    var isEnd: Bool
    var end: Int
  }

  private static let breaking = ["br", "p", "div", "li", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "tr"]

  // Longer ones are text; this keeps the cost of hostile input linear.
  private static let longestTag = 2_048

  private static func tag(_ bytes: [UInt8], from start: Int) -> Tag? {
    let bytes = bytes[..<min(bytes.count, start + longestTag)]
    var index = start + 1
    if bytes[index...].starts(with: [0x21, 0x2D, 0x2D]) {
      index += 3
      while index < bytes.endIndex {
        if bytes[index...].starts(with: [0x2D, 0x2D, 0x3E]) { return Tag(name: "!", isEnd: false, end: index + 3) }
        index += 1
      }
      return nil
    }
    let isEnd = index < bytes.endIndex && bytes[index] == 0x2F
    if isEnd { index += 1 }
    let first = index
    while index < bytes.endIndex, isNameByte(bytes[index]) { index += 1 }
    guard index > first, (0x61...0x7A).contains(bytes[first] | 0x20) else { return nil }
    let name = String(decoding: bytes[first..<index], as: UTF8.self).lowercased()
    var quote: UInt8?
    while index < bytes.endIndex {
      let byte = bytes[index]
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == 0x22 || byte == 0x27 {
        quote = byte
      } else if byte == 0x3E {
        return Tag(name: name, isEnd: isEnd, end: index + 1)
      }
      index += 1
    }
    return nil
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte)
  }

  // Behind the end tag, or at the end of the text.
  private static func contentEnd(_ bytes: [UInt8], of open: Tag) -> Int {
    var index = open.end
    while index < bytes.count {
      if bytes[index] == 0x3C, let next = tag(bytes, from: index), next.isEnd, next.name == open.name {
        return next.end
      }
      index += 1
    }
    return bytes.count
  }
}

/// Character references of HTML: decimal, hexadecimal and the names that matter in posts.
enum CharacterReference {
  /// What stands at an ampersand, and where it ends; an unknown reference stays as it is.
  static func read(_ bytes: [UInt8], from start: Int) -> (bytes: [UInt8], end: Int) {
    let limit = min(bytes.count, start + 32)
    guard let end = bytes[start..<limit].firstIndex(of: 0x3B) else { return ([0x26], start + 1) }
    let name = String(decoding: bytes[(start + 1)..<end], as: UTF8.self)
    guard let scalar = scalar(name) else { return ([0x26], start + 1) }
    return (Array(String(scalar).utf8), end + 1)
  }

  private static func scalar(_ name: String) -> Unicode.Scalar? {
    guard name.utf8.first == 0x23 else { return names[name] }
    let digits = name.dropFirst()
    let isHexadecimal = digits.utf8.first.map { $0 | 0x20 == 0x78 } ?? false
    let figures = isHexadecimal ? digits.dropFirst() : digits
    guard let first = figures.utf8.first, first != 0x2B, first != 0x2D else { return nil }
    let number = UInt32(figures, radix: isHexadecimal ? 16 : 10)
    // A control would be data no one typed; HTML replaces zero and everything that is no character.
    guard let number, number >= 0x20 || number == 0x0A || number == 0x09 else { return "\u{FFFD}" }
    return Unicode.Scalar(number) ?? "\u{FFFD}"
  }

  private static let names: [String: Unicode.Scalar] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "hellip": "…", "mdash": "—",
    "ndash": "–", "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”", "laquo": "«", "raquo": "»", "middot": "·",
    "copy": "©", "reg": "®", "trade": "™", "euro": "€", "yen": "¥", "pound": "£", "cent": "¢", "deg": "°",
    "times": "×",
  ]
}
