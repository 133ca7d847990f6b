import SocialCRM

/// What became of the rows of `scrm stitch`.
struct StitchCounts {
  /// Rows read, the header not counted.
  var rows = 0
  /// Rows that could not be used.
  var refused = 0
  /// Values of rows that could not be normalised; the rest of their rows was used.
  var refusedValues = 0
  /// Identifiers known at the end.
  var identifiers = 0
  /// People or components.
  var clusters = 0
  /// Records or identifiers of the largest.
  var largest = 0

  var members: [(String, Int)] {
    [
      ("refused", refused), ("refused_values", refusedValues), ("identifiers", identifiers), ("clusters", clusters),
      ("largest", largest),
    ]
  }

  var sentence: String {
    "\(rows) rows: \(refused) refused, \(refusedValues) values refused; \(identifiers) identifiers, \(clusters) clusters, "
      + "the largest of \(largest)"
  }

  /// Reports a bad row.
  /// - Throws: ``CommandFailure`` when nothing may be wrong.
  mutating func refuse(_ error: InputError, of input: String, isStrict: Bool, on console: Console) throws {
    let message = "\(input):\(error.line): " + (error.column.map { "column \($0): " } ?? "") + error.reason
    if isStrict { throw CommandFailure(message) }
    refused += 1
    console.error(message + "\n")
  }
}
