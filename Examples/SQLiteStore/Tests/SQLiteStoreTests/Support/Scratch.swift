import Foundation
import SQLiteStore
import SocialCRM

/// A folder of its own for a test, removed at its end.
final class Scratch: Sendable {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("sqlite-store-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func path(_ name: String = "crm.sqlite") -> String { folder.appendingPathComponent(name).path }

  /// Every byte of all files in the folder: the database, its write-ahead log and its index.
  func bytes() throws -> [UInt8] {
    try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .sorted { $0.path < $1.path }
      .flatMap { [UInt8](try Data(contentsOf: $0)) }
  }
}

/// Whether `bytes` hold `needle`.
func holds(_ bytes: [UInt8], _ needle: String) -> Bool { Data(bytes).range(of: Data(needle.utf8)) != nil }

/// The code with which a storage call is refused; `nil` when it is not.
func storageRefusal(_ body: () async throws -> Void) async -> String? {
  do {
    try await body()
    return nil
  } catch let error as StorageError {
    return error.code.description
  } catch {
    return "\(error)"
  }
}
