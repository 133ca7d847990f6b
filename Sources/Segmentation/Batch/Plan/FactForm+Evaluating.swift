import SCRMModel

extension FactForm {
  /// For whom the form holds and for whom it fails: one bit for each person.
  struct Truth {
    var holds: [UInt64]
    var fails: [UInt64]
  }

  /// Evaluates the form for the people of a range, which begins at a multiple of 64; O(people).
  func evaluate(_ people: Range<Int>, _ columns: [FactColumn]) -> Truth {
    switch self {
    case .flag(let number):
      guard case .bools(let values) = columns[number].values else { return Self.nobody(people) }
      return Self.truth(people, columns[number], values) { $0 }
    case .int(let number, let comparison, let constant):
      guard case .ints(let values) = columns[number].values else { return Self.nobody(people) }
      return Self.compared(people, columns[number], values, comparison, constant)
    case .double(let number, let comparison, let constant):
      guard case .doubles(let values) = columns[number].values else { return Self.nobody(people) }
      return Self.compared(people, columns[number], values, comparison, constant)
    case .intAmong(let number, let constants):
      guard case .ints(let values) = columns[number].values else { return Self.nobody(people) }
      // Small numbers, as codes are, in one word.
      if constants.allSatisfy({ (0..<64).contains($0) }) {
        let mask = constants.reduce(UInt64(0)) { $0 | 1 << UInt64($1) }
        return Self.truth(people, columns[number], values) {
          UInt64(bitPattern: $0) < 64 && mask &>> UInt64(bitPattern: $0 & 63) & 1 == 1
        }
      }
      return Self.truth(people, columns[number], values) { constants.contains($0) }
    case .text(let number, let fits):
      guard case .texts(let codes, _) = columns[number].values else { return Self.nobody(people) }
      return Self.truth(people, columns[number], codes) { $0 < fits.count && fits[Int($0)] }
    case .listHolds(let number, let wanted):
      guard case .textLists(let starts, let codes, _) = columns[number].values else { return Self.nobody(people) }
      let bits = codes.withUnsafeBufferPointer { codes in
        starts.withUnsafeBufferPointer { starts in
          Self.bits(people) { person in
            var found = false
            for place in Int(starts[person])..<Int(starts[person + 1]) { found = found || codes[place] == wanted }
            return found
          }
        }
      }
      return Self.truth(people, columns[number], bits)
    case .has(let number):
      let present = Self.present(people, columns[number])
      let everybody = Self.bits(people) { _ in true }
      return Truth(holds: present, fails: zip(everybody, present).map { $0 & ~$1 })
    case .not(let form):
      let truth = form.evaluate(people, columns)
      return Truth(holds: truth.fails, fails: truth.holds)
    case .all(let forms):
      return forms.dropFirst().reduce(forms[0].evaluate(people, columns)) { truth, form in
        let other = form.evaluate(people, columns)
        return Truth(
          holds: zip(truth.holds, other.holds).map { $0 & $1 }, fails: zip(truth.fails, other.fails).map { $0 | $1 })
      }
    case .any(let forms):
      return forms.dropFirst().reduce(forms[0].evaluate(people, columns)) { truth, form in
        let other = form.evaluate(people, columns)
        return Truth(
          holds: zip(truth.holds, other.holds).map { $0 | $1 }, fails: zip(truth.fails, other.fails).map { $0 & $1 })
      }
    }
  }

  private static func nobody(_ people: Range<Int>) -> Truth {
    let none = [UInt64](repeating: 0, count: (people.count + 63) / 64)
    return Truth(holds: none, fails: none)
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

  private static func present(_ people: Range<Int>, _ column: FactColumn) -> [UInt64] {
    guard let isPresent = column.isPresent else { return bits(people) { _ in true } }
    return isPresent.withUnsafeBufferPointer { isPresent in bits(people) { isPresent[$0] } }
  }

  private static func truth(_ people: Range<Int>, _ column: FactColumn, _ bits: [UInt64]) -> Truth {
    let present = present(people, column)
    return Truth(holds: zip(bits, present).map { $0 & $1 }, fails: zip(bits, present).map { ~$0 & $1 })
  }

  @inline(__always)
  private static func truth<Element>(
    _ people: Range<Int>, _ column: FactColumn, _ values: [Element], _ test: (Element) -> Bool
  ) -> Truth {
    truth(people, column, values.withUnsafeBufferPointer { values in bits(people) { test(values[$0]) } })
  }

  @inline(__always)
  private static func compared<Number: Comparable>(
    _ people: Range<Int>, _ column: FactColumn, _ values: [Number], _ comparison: MeasureComparison, _ constant: Number
  ) -> Truth {
    switch comparison {
    case .equal: truth(people, column, values) { $0 == constant }
    case .notEqual: truth(people, column, values) { $0 != constant }
    case .less: truth(people, column, values) { $0 < constant }
    case .lessOrEqual: truth(people, column, values) { $0 <= constant }
    case .greater: truth(people, column, values) { $0 > constant }
    case .greaterOrEqual: truth(people, column, values) { $0 >= constant }
    }
  }
}
