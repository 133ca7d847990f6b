import SCRMModel

/// A number per kind of interaction: an array for the vocabulary, a dictionary for the kinds of hosts.
struct KindTable: Sendable {
  private let byCode: [Int64]
  private let others: [InteractionKind: Int64]
  private let standard: Int64

  init(_ values: [InteractionKind: Int64], standard: Int64) {
    byCode = InteractionKind.vocabulary.map { values[$0] ?? standard }
    others = values.filter { $0.key.code < 0 }
    self.standard = standard
  }

  /// The number of a kind as a history names it.
  func value(_ code: Int32, in history: ActivityHistory) -> Int64 {
    code >= 0 ? byCode[Int(code)] : others[history.kind(of: code)] ?? standard
  }
}
