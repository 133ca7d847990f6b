/// Mandarin readings of Han characters in Hanyu Pinyin (ISO 7098), in small ASCII letters without tones, ü as v.
///
/// Each character has its commonest reading. That is enough to see that 李娜 and "Li Na" may be one name, or that two
/// characters sound alike; it is not enough to read a sentence aloud.
package enum Pinyin {
  /// The readings, laid out by character; built when first asked for.
  private static let readings = Readings(PinyinData.table)

  /// The syllable by which a character is usually read; `nil` for one that the table does not have.
  ///
  /// O(1).
  package static func syllable(of character: UInt32) -> [UInt8]? {
    let number = readings.number(of: character)
    return number == 0 ? nil : readings.syllables[number]
  }

  /// Whether two characters are the same or usually sound the same but for the tone, as variants of one character do.
  ///
  /// O(1).
  package static func soundsAlike(_ one: UInt32, _ two: UInt32) -> Bool {
    if one == two { return true }
    let number = readings.number(of: one)
    return number != 0 && number == readings.number(of: two)
  }

  /// Whether a word in small letters can be read as syllables of Pinyin, one or several.
  ///
  /// O(n) in its letters, as no syllable has more than six.
  package static func canSpell(_ word: [UInt8]) -> Bool {
    if word.isEmpty { return false }
    // Whether the letters before each place make whole syllables.
    var isReached = [Bool](repeating: false, count: word.count + 1)
    isReached[0] = true
    for start in word.indices where isReached[start] {
      for end in (start + 1)...min(start + 6, word.count) where readings.isSyllable.contains(word[start..<end]) {
        isReached[end] = true
      }
    }
    return isReached[word.count]
  }

  private struct Readings: Sendable {
    private static let first: UInt32 = 0x4E00
    /// Number 0 stands for no reading.
    var syllables: [[UInt8]] = [[]]
    var isSyllable: Set<ArraySlice<UInt8>> = []
    private var numbers = [UInt16](repeating: 0, count: 0xA000 - 0x4E00)

    init(_ table: String) {
      for line in table.split(separator: "\n") {
        let parts = line.split(separator: " ")
        guard parts.count == 2 else { continue }
        let syllable = Array(parts[0].utf8)
        if syllables.last != syllable { syllables.append(syllable) }
        isSyllable.insert(syllable[...])
        for scalar in parts[1].unicodeScalars {
          if let place = place(of: scalar.value) { numbers[place] = UInt16(truncatingIfNeeded: syllables.count - 1) }
        }
      }
    }

    private func place(of character: UInt32) -> Int? {
      let place = Int(character) - Int(Self.first)
      return numbers.indices.contains(place) ? place : nil
    }

    func number(of character: UInt32) -> Int { place(of: character).map { Int(numbers[$0]) } ?? 0 }
  }
}
