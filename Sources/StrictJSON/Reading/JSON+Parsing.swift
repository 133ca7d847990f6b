extension JSON {
  /// Reads one document of RFC 8259: strict grammar, strict UTF-8, no byte-order mark, nothing behind it.
  ///
  /// O(n) in the number of bytes.
  /// - Throws: ``JSONError`` with the byte offset of what was wrong.
  public init(bytes: [UInt8], limits: JSONLimits = .default) throws(JSONError) {
    self = try bytes.withUnsafeBufferPointer { Self.read($0, limits) }.get()
  }

  /// Reads one document; offsets in errors count from the start of the slice.
  public init(bytes: ArraySlice<UInt8>, limits: JSONLimits = .default) throws(JSONError) {
    self = try bytes.withUnsafeBufferPointer { Self.read($0, limits) }.get()
  }

  /// Reads one document; offsets in errors count the bytes of its UTF-8 form.
  public init(text: String, limits: JSONLimits = .default) throws(JSONError) {
    var copy = text
    self = try copy.withUTF8 { Self.read($0, limits) }.get()
  }

  private static func read(_ bytes: UnsafeBufferPointer<UInt8>, _ limits: JSONLimits) -> Result<JSON, JSONError> {
    guard bytes.count <= limits.maximumBytes else {
      return .failure(JSONError(.size, "expected at most \(limits.maximumBytes) bytes, found \(bytes.count)"))
    }
    do throws(JSONError) {
      var reader = DocumentReader(bytes: bytes, limits: limits)
      return .success(try reader.document())
    } catch { return .failure(error) }
  }
}
