public import SocialCRM

/// The conformance kit: runs every law of the storage protocols against an adapter.
///
/// It knows no test framework. A host calls it from its own tests, or from an executable, and reads the report:
///
/// ```swift
/// let kit = StoreConformance("InMemoryStore") { workspace in InMemoryStore(workspace: workspace) }
/// let report = await kit.run()
/// print(report.passed)  // true
/// ```
///
/// Two parts make up a run: the laws (``StoreLaw/all``), each on fresh stores, and sequences of operations drawn from a
/// seed, whose every answer is compared with that of `InMemoryStore`. A sequence that fails is shortened, and the
/// finding holds the line that replays it.
public struct StoreConformance: Sendable {
  /// The name of the store in the report.
  public var name: String
  /// How much is tried.
  public var settings: Settings
  /// What the store can do beside the protocols.
  public var capabilities: StoreCapabilities
  /// Opens a fresh, empty store for a workspace.
  public var make: @Sendable (WorkspaceID) async throws -> any SCRMStore

  /// Creates a kit.
  /// - Parameters:
  ///   - name: the name of the store in the report.
  ///   - settings: how much is tried.
  ///   - capabilities: what more can be tried.
  ///   - make: opens a fresh, empty store for a workspace; called many times.
  public init(
    _ name: String, settings: Settings = .quick, capabilities: StoreCapabilities = StoreCapabilities(),
    make: @escaping @Sendable (WorkspaceID) async throws -> any SCRMStore
  ) {
    self.name = name
    self.settings = settings
    self.capabilities = capabilities
    self.make = make
  }

  /// Tries every law, one after the other, and the sequences.
  /// - Parameter excluding: the names of laws to leave out; ``sequencesLaw`` for the sequences.
  public func run(excluding: Set<String> = []) async -> ConformanceReport {
    var findings: [ConformanceFinding] = []
    for law in StoreLaw.all where !excluding.contains(law.name) { findings.append(await check(law)) }
    if !excluding.contains(Self.sequencesLaw) { findings.append(await checkSequences()) }
    return ConformanceReport(store: name, findings: findings)
  }

  /// Tries one law on fresh stores.
  ///
  /// A thrown error is a failure like any other.
  public func check(_ law: StoreLaw) async -> ConformanceFinding {
    func finding(_ outcome: ConformanceFinding.Outcome) -> ConformanceFinding {
      ConformanceFinding(law: law.name, summary: law.summary, outcome: outcome, seed: settings.seed)
    }
    if let reason = capabilities.missing(of: law.needs) { return finding(.skipped(reason: reason)) }
    if Task.isCancelled { return finding(.skipped(reason: "the run was cancelled")) }
    let run = LawRun(conformance: self)
    let outcome: ConformanceFinding.Outcome
    do {
      try await law.check(run)
      outcome = .passed
    } catch let failure as LawFailure {
      outcome = .failed(reason: failure.reason)
    } catch {
      outcome = .failed(reason: "an unexpected error: \(error)")
    }
    await run.discardStores()
    return finding(outcome)
  }
}
