import SocialCRM

/// People who turned out to be one.
struct MergeSurvey {
  private var total = 0
  private var telling: [MergeRecord] = []
  private static let mostExamples = 4

  /// Reads the merge log to its end.
  mutating func read(_ store: any SCRMStore) async throws {
    var position = LogPosition.start
    while true {
      let page = try await store.merges(after: position, limit: 1_000)
      guard let last = page.last else { return }
      for record in page { add(record) }
      position = last.position
    }
  }

  private mutating func add(_ record: MergeRecord) {
    total += 1
    let place = telling.firstIndex { $0.accounts.count < record.accounts.count } ?? telling.count
    telling.insert(record, at: place)
    if telling.count > Self.mostExamples { telling.removeLast() }
  }

  /// The figures, with the accounts named by their namespaces alone.
  func figures(of crm: SocialCRM) async throws -> MergeFigures {
    var figures = MergeFigures()
    figures.total = total
    for record in telling {
      let survivor = try await crm.person(record.survivor)
      func names(_ accounts: [AccountID]) -> [String] {
        accounts.compactMap { account in
          survivor?.accounts.first { $0.account == account }?.key.namespace.description
        }
      }
      figures.examples.append(
        MergeFigures.Example(record: record, joined: names(record.accounts), evidence: names(record.evidence)))
    }
    return figures
  }
}
