import Foundation
import SocialCRM

/// A result that is written in portions, line by line.
struct OutputFile {
  private let put: (Data) throws -> Void
  private var buffer: [UInt8] = []

  /// Writes a result to a path, or to standard output for `-`.
  /// - Throws: ``CommandFailure`` when it cannot be written.
  static func write<Result>(
    to path: String, on console: Console, _ body: (inout OutputFile) async throws -> Result
  ) async throws -> Result {
    let handle = path == "-" ? nil : try handle(for: path)
    var file = OutputFile { data in
      do {
        if let handle { try handle.write(contentsOf: data) } else { try console.output(data) }
      } catch { throw failure(path) }
    }
    let result = try await body(&file)
    try file.flush()
    try handle?.close()
    return result
  }

  /// Writes a small result at once: whole, or not at all.
  /// - Throws: ``CommandFailure`` when it cannot be written.
  static func write(_ bytes: [UInt8], to path: String) throws {
    let data = Data(bytes)
    do {
      if FileManager.default.fileExists(atPath: path), !isRegular(path) {
        let handle = try handle(for: path)
        try handle.write(contentsOf: data)
        try handle.close()
      } else {
        try data.write(to: resolved(path), options: .atomic)
      }
    } catch { throw failure(path) }
  }

  /// Opens a file, made where there is none, emptied where it held something.
  private static func handle(for path: String) throws -> FileHandle {
    // Made only then: making a file puts it in the place of whatever is there, a device or a link too.
    if !FileManager.default.fileExists(atPath: path) {
      guard FileManager.default.createFile(atPath: path, contents: nil) else { throw failure(path) }
    }
    guard let handle = FileHandle(forWritingAtPath: path) else { throw failure(path) }
    if isRegular(path) { do { try handle.truncate(atOffset: 0) } catch { throw failure(path) } }
    return handle
  }

  private static func resolved(_ path: String) -> URL { URL(fileURLWithPath: path).resolvingSymlinksInPath() }

  /// Whether a path leads to a file that keeps what is written, not to a device or a pipe.
  private static func isRegular(_ path: String) -> Bool {
    let attributes = try? FileManager.default.attributesOfItem(atPath: resolved(path).path)
    return attributes?[.type] as? FileAttributeType == .typeRegular
  }

  /// Finds out before a long run that a result could not be written after it.
  static func checkFolder(of path: String) throws {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
      throw CommandFailure("\(path): there is no folder for it")
    }
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return }
    if isFolder.boolValue { throw CommandFailure("\(path): is a folder, expected a file") }
    guard FileManager.default.isWritableFile(atPath: path) else { throw failure(path) }
  }

  private static func failure(_ path: String) -> CommandFailure { CommandFailure("\(path): cannot be written") }

  private init(_ put: @escaping (Data) throws -> Void) { self.put = put }

  /// Adds one JSON object as a line.
  mutating func line(_ body: (inout JSONWriter) throws -> Void) rethrows {
    var writer = JSONWriter()
    writer.beginObject()
    try body(&writer)
    writer.endObject()
    buffer += writer.bytes
    buffer.append(0x0A)
  }

  /// Adds one row of comma-separated values.
  mutating func row(_ fields: [String]) {
    var writer = CSVWriter(lineEnd: .lf)
    writer.row(fields)
    buffer += writer.bytes
  }

  /// Adds bytes, such as rows of a table.
  mutating func append(_ bytes: [UInt8]) { buffer += bytes }

  /// Hands on what is buffered once there is enough of it.
  mutating func flushIfLarge() throws { if buffer.count >= 1 << 16 { try flush() } }

  private mutating func flush() throws {
    if buffer.isEmpty { return }
    try put(Data(buffer))
    buffer.removeAll(keepingCapacity: true)
  }
}
