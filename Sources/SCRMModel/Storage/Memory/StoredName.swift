import SCRMExpressions

/// A text as the key of a table: compared by its bytes, as the contract says, and not by canonical equivalence.
struct StoredName: TextIdentifier {
  let rawValue: String
  init(_ rawValue: String) { self.rawValue = rawValue }
}
