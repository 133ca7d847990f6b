import Foundation
import SCRMReport
import SCRMTesting
import SocialCRM

/// Runs the whole loop and says what it found out and why.
///
///     swift run Quickstart                 a bundled, invented audience
///     swift run Quickstart FILE.ndjson     interactions in the SDK's JSON form, one on each line
///     swift run Quickstart --snapshot OUT  also writes everything that was stored as one JSON document
///     swift run Quickstart --report OUT    also writes a page with charts
///
/// Personal data never appears: people are shown by their opaque ids.
@main struct Quickstart {
  static func main() async {
    // The file at hand, which is named when something is wrong with it.
    var path: String?
    do {
      var arguments = Array(CommandLine.arguments.dropFirst())
      if arguments.contains(where: { $0 == "-h" || $0 == "--help" }) {
        print("usage: Quickstart [FILE.ndjson] [--snapshot OUT.json] [--report OUT.html]")
        return
      }
      func value(of option: String) -> String? {
        guard let place = arguments.firstIndex(of: option), place + 1 < arguments.count else { return nil }
        defer { arguments.removeSubrange(place...(place + 1)) }
        return arguments[place + 1]
      }
      let snapshot = value(of: "--snapshot")
      let page = value(of: "--report")
      let store = InMemoryStore()
      path = arguments.first
      let source = try path.map { try file($0) } ?? sample()
      path = nil
      let (crm, recorder) = try await run(source, into: store)
      if let page {
        path = page
        let report = try await recorder.report(on: crm, title: source.title)
        try Data(report.html.utf8).write(to: URL(fileURLWithPath: page), options: .atomic)
      }
      if let snapshot {
        path = snapshot
        try Data(await store.snapshot()).write(to: URL(fileURLWithPath: snapshot), options: .atomic)
      }
    } catch {
      // Foundation's errors have their text for people elsewhere than in their description.
      let reason = (error as? CocoaError)?.localizedDescription ?? "\(error)"
      FileHandle.standardError.write(Data("Quickstart: \(path.map { $0 + ": " } ?? "")\(reason)\n".utf8))
      exit(1)
    }
  }

  /// 400 invented people over two months, with repeated, late and wrong deliveries.
  static func sample() -> InputSource {
    let settings = SyntheticAudience.Settings(people: 400, interactions: 8_000, days: 60, seed: 2024)
    return InputSource(
      title: "an invented audience (seed \(settings.seed))",
      batches: AnySequence(BatchSequence(SyntheticAudience(settings).interactions().lazy.map { .success($0) })))
  }

  static func run(
    _ source: InputSource, into store: InMemoryStore
  ) async throws -> (crm: SocialCRM, recorder: RunRecorder) {
    // An import cannot know when the data ends, so influence is computed whenever so many days have passed.
    let refresh = Duration.days(15)
    let crm = try await SocialCRM(store: store, configuration: try LoopConfiguration.make())
    var tally = Tally()
    var nextRefresh: Instant?
    for batch in source.batches {
      var interactions: [Interaction] = []
      for result in batch {
        switch result {
        case .success(let interaction): interactions.append(interaction)
        case .failure(let error): tally.add(error)
        }
      }
      tally.add(try await crm.ingest(interactions))
      guard let now = interactions.last?.received else { continue }
      if let due = nextRefresh, now >= due { _ = try await crm.refreshInfluence(asOf: now) }
      if nextRefresh.map({ now >= $0 }) ?? true { nextRefresh = now.advanced(by: refresh) }
      tally.end = max(tally.end, now)
    }
    if let failure = source.failure() { throw failure }
    let scores = try await crm.refreshInfluence(asOf: tally.end)
    tally.add(try await crm.advance(to: tally.end))
    try await Summary(crm: crm, source: source.title, tally: tally, scores: scores).printAll()
    return (crm, tally.recorder)
  }
}
