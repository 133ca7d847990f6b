import Foundation
import SocialCRM

/// Reads one input in chunks.
///
/// Memory is bounded by a chunk and one row.
struct InputReader {
  static let chunkSize = 64 << 10

  let name: String
  /// Bytes of the input; `nil` when it is no regular file.
  let size: Int?
  private let next: (Int) throws -> Data?
  private var isFirst = true

  /// - Throws: ``CommandFailure`` when the file cannot be opened.
  init(_ name: String, console: Console) throws {
    self.name = name == "-" ? "standard input" : name
    guard name != "-" else {
      next = console.input
      size = nil
      return
    }
    let url = URL(fileURLWithPath: name)
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: name, isDirectory: &isFolder) else {
      throw CommandFailure("\(name): there is no such file")
    }
    guard !isFolder.boolValue, let handle = try? FileHandle(forReadingFrom: url) else {
      throw CommandFailure("\(name): the file cannot be read")
    }
    size = (try? url.resourceValues(forKeys: [.fileSizeKey]))?.fileSize
    next = { try handle.read(upToCount: $0) }
  }

  /// The next bytes; `nil` at the end.
  /// - Throws: ``CommandFailure`` for a compressed file, or when reading fails.
  mutating func read() throws -> [UInt8]? {
    do {
      guard let data = try next(Self.chunkSize), !data.isEmpty else { return nil }
      let bytes = [UInt8](data)
      if isFirst, bytes.starts(with: [0x1F, 0x8B]) {
        throw CommandFailure("\(name): the file is compressed, expected text, such as gunzip -c writes to a pipe")
      }
      isFirst = false
      return bytes
    } catch let failure as CommandFailure {
      throw failure
    } catch {
      throw CommandFailure("\(name): reading failed")
    }
  }
}
