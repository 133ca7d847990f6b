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

  subscript(kind: InteractionKind) -> Int64 {
    kind.code >= 0 ? byCode[Int(kind.code)] : others[kind] ?? standard
  }
}
