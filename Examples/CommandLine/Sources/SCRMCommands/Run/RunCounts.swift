/// What became of the rows of a run.
struct RunCounts: Sendable {
  /// Rows, lines or messages that are not blank.
  var rows = 0
  /// Interactions that are now in the log and were not before.
  var accepted = 0
  /// Interactions that were known already.
  var duplicates = 0
  /// Interactions the loop refused, such as another body under a known id.
  var refused = 0
  /// Rows that could not be read.
  var unreadable = 0

  /// One line for the reader at the end of a run.
  func sentence(hasChanged: Bool) -> String {
    "\(rows) rows: \(accepted) accepted, \(duplicates) duplicates, \(refused) refused, \(unreadable) unreadable"
      + (hasChanged ? "" : "; nothing changed")
  }
}
