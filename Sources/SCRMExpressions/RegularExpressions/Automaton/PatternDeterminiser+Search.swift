extension PatternDeterminiser {
  /// Searches a text, making the states it meets; `nil` when the budget ran out first.
  mutating func search(_ text: UnsafeBufferPointer<UInt8>, spending budget: inout Int) -> Bool? {
    var row = start
    var spent = 0
    // Reading ends with the end of the text as a class of its own.
    for index in 0...text.count {
      if row <= Self.matched { break }
      let byte = index < text.count ? text[index] : nil
      let number = byte.map { Int(classes[Int($0)]) } ?? stride - 1
      var next = table[Int(row) + number]
      if next == Self.unknown { next = transition(from: row, class: number, byte: byte) }
      row = next
      spent += 1
      if spent + steps > budget { break }
    }
    budget -= spent + steps
    if budget < 0 { return nil }
    return row == Self.matched
  }
}
