import Foundation

/// Little-endian column files as `gen_segmentation.py --raw` writes them.
struct ColumnFiles {
  let folder: URL
  let profiles: Int
  let types: [String]

  init(_ data: URL) throws {
    folder = data.appendingPathComponent("raw")
    let manifest = try JSONSerialization.jsonObject(
      with: Data(contentsOf: folder.appendingPathComponent("manifest.json")))
    guard let object = manifest as? [String: Any], let profiles = object["profiles"] as? Int,
      let types = object["types"] as? [String]
    else { throw CocoaError(.fileReadCorruptFile) }
    self.profiles = profiles
    self.types = types
  }

  /// The numbers of a column.
  func column<Number: BitwiseCopyable>(_ name: String, as type: Number.Type) throws -> [Number] {
    let data = try Data(contentsOf: folder.appendingPathComponent(name + ".bin"), options: .alwaysMapped)
    return data.withUnsafeBytes { bytes in
      let size = MemoryLayout<Number>.size
      return [Number](unsafeUninitializedCapacity: bytes.count / size) { buffer, count in
        count = bytes.count / size
        UnsafeMutableRawBufferPointer(buffer).copyMemory(
          from: UnsafeRawBufferPointer(rebasing: bytes[..<(count * size)]))
      }
    }
  }
}
