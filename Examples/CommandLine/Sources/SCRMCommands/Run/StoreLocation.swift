import ArgumentParser
import Foundation
import SocialCRM

/// Where the state of a run is kept.
enum StoreLocation: Sendable, ExpressibleByArgument {
  /// In memory, for this run alone.
  case memory
  /// In one file: the snapshot document of the in-memory store.
  case file(String)

  init?(argument: String) {
    if argument == "memory" {
      self = .memory
    } else if argument.hasPrefix("file:"), argument.utf8.count > 5 {
      self = .file(String(argument.dropFirst(5)))
    } else {
      return nil
    }
  }

  var defaultValueDescription: String { path.map { "file:" + $0 } ?? "memory" }

  /// The path of the file.
  var path: String? { if case .file(let path) = self { path } else { nil } }

  /// Whether the file is still to be written for the first time.
  var isMissing: Bool { path.map { !FileManager.default.fileExists(atPath: $0) } ?? false }

  /// The store as it was left, or an empty one.
  /// - Throws: ``CommandFailure`` when the file is no snapshot or belongs to another workspace.
  func open(workspace: WorkspaceID) async throws -> InMemoryStore {
    guard let path, !isMissing else { return InMemoryStore(workspace: workspace) }
    guard let data = try? Data(contentsOf: URL(fileURLWithPath: path)) else {
      throw CommandFailure("\(path): the store cannot be read")
    }
    do {
      let store = try InMemoryStore(snapshot: [UInt8](data))
      guard store.workspace == workspace else {
        throw CommandFailure("\(path): the store holds workspace \(store.workspace), expected \(workspace)")
      }
      return store
    } catch let error as StorageError {
      throw CommandFailure("\(path): the file is no store of this tool (\(error)); it was left as it is")
    }
  }

  /// Writes the store beside the file and then puts it in its place, so that the file is always whole.
  func save(_ store: InMemoryStore) async throws {
    guard let path else { return }
    let bytes = await store.snapshot()
    do { try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic) } catch {
      throw CommandFailure("\(path): the store cannot be written")
    }
  }
}
