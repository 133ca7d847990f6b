import Foundation
import SQLiteStore
import SocialCRM

/// Kills a writer at random moments and looks at what it left: nothing that was acknowledged may be lost, nothing be there
/// in part or twice.
public struct KillTrial: Sendable {
  /// The program that runs ``TrialWriter``, with its first arguments; path and number of the first batch follow.
  public var writer: [String]
  /// How many writers are killed.
  public var kills: Int
  /// The seed of the moments.
  public var seed: UInt64
  /// The path of the database file, which is new.
  public var path: String

  /// Creates a trial.
  public init(writer: [String], kills: Int, seed: UInt64, path: String) {
    self.writer = writer
    self.kills = kills
    self.seed = seed
    self.path = path
  }

  /// Runs the trial.
  /// - Parameter progress: is told how many writers were killed so far.
  public func run(progress: (Int) -> Void = { _ in }) async throws -> TrialResult {
    var random = Moments(seed: seed)
    var result = TrialResult()
    var (acknowledged, known) = (0, 0)
    while result.kills < kills {
      let (numbers, failure) = try await killed(at: random.next(), first: acknowledged + 1)
      result.kills += 1
      if let failure { result.failures.append(failure) }
      // Each batch is acknowledged once, in order.
      if numbers != Array((acknowledged + 1)..<(acknowledged + 1 + numbers.count)) { result.doubled += 1 }
      acknowledged += numbers.count
      // Now and then the next writer finds the file as the last one left it, and mends it itself.
      if random.isOneOf(5), result.kills < kills { continue }
      let database = try await SQLiteDatabase(path: path)
      let last = try await TrialCheck(try await database.open("trial"))
        .check(after: known, acknowledged: acknowledged, into: &result)
      try database.close()
      if last > acknowledged { result.unacknowledged += 1 }
      known = min(last, acknowledged)
      progress(result.kills)
    }
    // All of it once more: no later kill has harmed what was sound before.
    let database = try await SQLiteDatabase(path: path)
    var whole = TrialResult()
    _ = try await TrialCheck(try await database.open("trial")).check(after: 0, acknowledged: acknowledged, into: &whole)
    try database.close()
    result.lost = max(result.lost, whole.lost)
    result.torn = max(result.torn, whole.torn)
    result.doubled = max(result.doubled, whole.doubled)
    result.integrityErrors = max(result.integrityErrors, whole.integrityErrors)
    result.acknowledged = acknowledged
    return result
  }

  /// Starts a writer and kills it.
  /// - Returns: the batches it acknowledged, and what it wrote to standard error if it ended by itself.
  private func killed(at moment: Moments.Moment, first: Int) async throws -> (numbers: [Int], failure: String?) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: writer[0])
    process.arguments = writer.dropFirst() + [path, "\(first)"]
    process.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
    let (output, error) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = error
    try process.run()
    var bytes: [UInt8] = []
    if moment.isAfterFirst { bytes = [UInt8](output.fileHandleForReading.availableData) }
    try await Task.sleep(for: moment.delay)
    kill(process.processIdentifier, SIGKILL)
    bytes += [UInt8](output.fileHandleForReading.readDataToEndOfFile())
    let message = String(decoding: error.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    // A line that was cut off acknowledges nothing.
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast()
    let numbers = lines.compactMap { Int(String(decoding: $0, as: UTF8.self)) }
    let wasKilled = process.terminationReason == .uncaughtSignal && process.terminationStatus == SIGKILL
    return (numbers, wasKilled ? nil : "a writer ended with status \(process.terminationStatus): \(message)")
  }
}
