import Foundation
import SQLiteStore
import SocialCRM

/// Commits batches to a new file and prints the rows per second; making the batches is not part of the time.
///
/// `CommitThroughput [--rows 1000000] [--batch 5000]`
@main struct CommitThroughput {
  static func main() async throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    let rows = number("--rows", in: arguments) ?? 1_000_000
    let batch = number("--batch", in: arguments) ?? 5_000
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("commits-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("crm.sqlite").path
    let store = try await SQLiteStore(path: path)
    var workload = Workload(rowsPerBatch: batch)
    let clock = ContinuousClock()
    var (count, time) = (0, Duration.zero)
    while count < rows {
      let changes = workload.next()
      let start = clock.now
      _ = try await store.commit(changes)
      time += clock.now - start
      count += changes.rowCount
    }
    let seconds = time / .seconds(1)
    let bytes = (try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    let settings = try await store.database.settings()
    print(
      "\(count) rows in \(String(format: "%.2f", seconds)) s: \(Int(Double(count) / seconds)) rows/s",
      "in batches of \(batch), \(bytes / count) bytes a row, \(settings)")
  }

  private static func number(_ option: String, in arguments: [String]) -> Int? {
    guard let index = arguments.firstIndex(of: option), index + 1 < arguments.count else { return nil }
    return Int(arguments[index + 1])
  }
}
