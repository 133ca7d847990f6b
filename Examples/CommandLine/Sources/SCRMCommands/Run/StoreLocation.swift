import ArgumentParser
import Foundation
import SQLiteStore
import SocialCRM

/// Where the state of a run is kept.
enum StoreLocation: Sendable, ExpressibleByArgument {
  /// In memory, for this run alone.
  case memory
  /// In one file: the snapshot document of the in-memory store.
  case file(String)
  /// In a database file, batch by batch.
  case sqlite(String)

  init?(argument: String) {
    if argument == "memory" {
      self = .memory
    } else if argument.hasPrefix("file:"), argument.utf8.count > 5 {
      self = .file(String(argument.dropFirst(5)))
    } else if argument.hasPrefix("sqlite:"), argument.utf8.count > 7 {
      self = .sqlite(String(argument.dropFirst(7)))
    } else {
      return nil
    }
  }

  var defaultValueDescription: String {
    switch self {
    case .memory: "memory"
    case .file(let path): "file:" + path
    case .sqlite(let path): "sqlite:" + path
    }
  }

  /// The path of the file.
  var path: String? {
    switch self {
    case .memory: nil
    case .file(let path), .sqlite(let path): path
    }
  }

  /// Whether the file is still to be written for the first time.
  var isMissing: Bool { path.map { !FileManager.default.fileExists(atPath: $0) } ?? false }

  /// Whether each batch is kept as soon as it is decided, and not the whole run at its end.
  var keepsBatches: Bool { if case .sqlite = self { true } else { false } }

  /// The store as it was left, or an empty one.
  /// - Throws: ``CommandFailure`` when the file is no store, or a snapshot of another workspace.
  func open(workspace: WorkspaceID) async throws -> any SCRMStore {
    switch self {
    case .memory: return InMemoryStore(workspace: workspace)
    case .file(let path):
      if isMissing { return InMemoryStore(workspace: workspace) }
      return try Self.readSnapshot(path, workspace: workspace)
    case .sqlite(let path): return try await Self.openDatabase(path, workspace: workspace)
    }
  }

  private static func openDatabase(_ path: String, workspace: WorkspaceID) async throws -> SQLiteStore {
    do { return try await SQLiteStore(path: path, workspace: workspace) } catch let error as StorageError {
      throw CommandFailure("\(path): the file is no store of this tool (\(error)); it was left as it is")
    } catch {
      throw CommandFailure("\(path): the store cannot be opened: \(error)")
    }
  }

  private static func readSnapshot(_ path: String, workspace: WorkspaceID) throws -> InMemoryStore {
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

  /// Writes a snapshot beside the file and then puts it in its place, so that the file is always whole; what keeps batches
  /// has nothing left to write.
  func save(_ store: any SCRMStore) async throws {
    guard case .file(let path) = self, let store = store as? InMemoryStore else { return }
    let bytes = await store.snapshot()
    do { try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic) } catch {
      throw CommandFailure("\(path): the store cannot be written")
    }
  }
}
