/// A date of birth taken apart for comparison; see ``DescriptorComparison``.
struct BirthDate: Sendable {
  private let year: Int
  private let month: Int
  private let day: Int

  /// Reads `yyyy-mm-dd`; anything else, and 1900-01-01, is no date.
  init(_ text: String) {
    let parts = text.utf8.split(separator: 0x2D, omittingEmptySubsequences: false).map { part in
      part.allSatisfy { (0x30...0x39).contains($0) } ? Int(Substring(part)) ?? 0 : 0
    }
    let isDate = parts.count == 3 && (1...12).contains(parts[1]) && (1...31).contains(parts[2]) && parts[0] > 0
    (year, month, day) = isDate && parts != [1900, 1, 1] ? (parts[0], parts[1], parts[2]) : (0, 0, 0)
  }

  /// Whether there is nothing to compare.
  var isEmpty: Bool { year == 0 }

  func compare(_ other: BirthDate) -> DescriptorComparison {
    if isEmpty || other.isEmpty { return .undecided }
    let same = [year == other.year, month == other.month, day == other.day].count { $0 }
    if same >= 2 { return .agree }
    guard year == other.year else { return .disagree }
    let isExchanged = month == other.day && day == other.month
    let isWholeYear = (month, day) == (1, 1) || (other.month, other.day) == (1, 1)
    return isExchanged || isWholeYear ? .agree : .disagree
  }
}
