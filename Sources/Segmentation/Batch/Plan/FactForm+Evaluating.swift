import SCRMModel

extension FactForm {
  /// For whom the form holds, a bit for each person; O(people).
  ///
  /// What is undecided holds neither so nor negated.
  /// - Parameters:
  ///   - people: a range that begins at a multiple of 64.
  ///   - columns: the facts.
  ///   - lists: the answers about lists of the same people.
  ///   - negated: whether it is asked for whom the form fails.
  func evaluate(
    _ people: Range<Int>, _ columns: [FactColumn], _ lists: ListBits, negated: Bool = false
  ) -> [UInt64] {
    switch self {
    case .flag(let number):
      guard case .bools(let values) = columns[number].values else { return Self.nobody(people) }
      return Self.truth(people, columns[number], negated, values) { $0 }
    case .int(let number, let comparison, let constant):
      guard case .ints(let values) = columns[number].values else { return Self.nobody(people) }
      return Self.compared(people, columns[number], negated, values, comparison, constant)
    case .double(let number, let comparison, let constant):
      guard case .doubles(let values) = columns[number].values else { return Self.nobody(people) }
      return Self.compared(people, columns[number], negated, values, comparison, constant)
    case .intAmong(let number, let constants):
      guard case .ints(let values) = columns[number].values else { return Self.nobody(people) }
      // Small numbers, as codes are, in one word.
      if constants.allSatisfy({ (0..<64).contains($0) }) {
        let mask = constants.reduce(UInt64(0)) { $0 | 1 << UInt64($1) }
        return Self.truth(people, columns[number], negated, values) {
          UInt64(bitPattern: $0) < 64 && mask &>> UInt64(bitPattern: $0 & 63) & 1 == 1
        }
      }
      return Self.truth(people, columns[number], negated, values) { constants.contains($0) }
    case .text(let number, let fits):
      guard case .texts(let codes, _) = columns[number].values else { return Self.nobody(people) }
      return Self.truth(people, columns[number], negated, codes) { $0 < fits.count && fits[Int($0)] }
    case .listHolds(let number, let test):
      return Self.decided(
        people, columns[number], negated, test.map { Array(lists.bits(of: $0)) } ?? Self.nobody(people))
    case .has(let number):
      var bits = Self.present(people, columns[number]) ?? Self.bits(people) { _ in true }
      if negated { for place in bits.indices { bits[place] = ~bits[place] } }
      return bits
    case .not(let form): return form.evaluate(people, columns, lists, negated: !negated)
    case .all(let forms): return Self.combined(forms, people, columns, lists, negated, takesAll: !negated)
    case .any(let forms): return Self.combined(forms, people, columns, lists, negated, takesAll: negated)
    }
  }

  /// A conjunction fails where one part fails, a disjunction where all do.
  private static func combined(
    _ forms: [FactForm], _ people: Range<Int>, _ columns: [FactColumn], _ lists: ListBits, _ negated: Bool,
    takesAll: Bool
  ) -> [UInt64] {
    var bits = forms[0].evaluate(people, columns, lists, negated: negated)
    for form in forms.dropFirst() {
      let other = form.evaluate(people, columns, lists, negated: negated)
      for place in bits.indices { bits[place] = takesAll ? bits[place] & other[place] : bits[place] | other[place] }
    }
    return bits
  }

  private static func nobody(_ people: Range<Int>) -> [UInt64] {
    [UInt64](repeating: 0, count: (people.count + 63) / 64)
  }

  /// A bit for each person for whom a test holds.
  @inline(__always)
  private static func bits(_ people: Range<Int>, _ test: (Int) -> Bool) -> [UInt64] {
    [UInt64](unsafeUninitializedCapacity: (people.count + 63) / 64) { words, count in
      var person = people.lowerBound
      while person < people.upperBound {
        let end = min(person + 64, people.upperBound)
        var word: UInt64 = 0
        for lane in 0..<(end - person) { word |= (test(person &+ lane) ? 1 : 0) &<< UInt64(truncatingIfNeeded: lane) }
        words[count] = word
        count += 1
        person = end
      }
    }
  }

  /// Who has the fact; `nil` when everybody does.
  private static func present(_ people: Range<Int>, _ column: FactColumn) -> [UInt64]? {
    guard let isPresent = column.isPresent else { return nil }
    return isPresent.withUnsafeBufferPointer { isPresent in bits(people) { isPresent[$0] } }
  }

  /// The bits of a test, turned round if wanted, among those who have the fact.
  private static func decided(
    _ people: Range<Int>, _ column: FactColumn, _ negated: Bool, _ tested: [UInt64]
  ) -> [UInt64] {
    var bits = tested
    if negated { for place in bits.indices { bits[place] = ~bits[place] } }
    if let present = present(people, column) {
      for place in bits.indices { bits[place] &= present[place] }
    }
    return bits
  }

  @inline(__always)
  private static func truth<Element>(
    _ people: Range<Int>, _ column: FactColumn, _ negated: Bool, _ values: [Element], _ test: (Element) -> Bool
  ) -> [UInt64] {
    decided(
      people, column, negated, values.withUnsafeBufferPointer { values in bits(people) { test(values[$0]) } })
  }

  @inline(__always)
  private static func compared<Number: Comparable>(
    _ people: Range<Int>, _ column: FactColumn, _ negated: Bool, _ values: [Number], _ comparison: MeasureComparison,
    _ constant: Number
  ) -> [UInt64] {
    switch comparison {
    case .equal: truth(people, column, negated, values) { $0 == constant }
    case .notEqual: truth(people, column, negated, values) { $0 != constant }
    case .less: truth(people, column, negated, values) { $0 < constant }
    case .lessOrEqual: truth(people, column, negated, values) { $0 <= constant }
    case .greater: truth(people, column, negated, values) { $0 > constant }
    case .greaterOrEqual: truth(people, column, negated, values) { $0 >= constant }
    }
  }
}
