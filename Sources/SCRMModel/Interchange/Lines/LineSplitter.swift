/// A line of an input with its number.
public struct InputLine: Sendable, Hashable, Redacted {
  /// The number, from 1.
  public var number: Int
  /// The bytes without their line end, or why the line was skipped.
  public var content: Result<ArraySlice<UInt8>, InputError>

  /// Creates a line.
  public init(number: Int, content: Result<ArraySlice<UInt8>, InputError>) {
    self.number = number
    self.content = content
  }

  /// The number and the length.
  public var redactedDescription: String {
    switch content {
    case .success(let bytes): "line \(number) of \(bytes.count) bytes"
    case .failure(let error): "line \(number): \(error)"
    }
  }
}

/// Cuts a stream of bytes, given in chunks of any size, into lines.
///
/// A line ends with LF or CR LF; the last one needs no end. A UTF-8 byte-order mark at the start is dropped. A line above
/// the limit is skipped up to its end without being kept, and reported in its place.
///
/// ```swift
/// var splitter = LineSplitter()
/// let first = splitter.push(Array("a\r\nb".utf8))  // line 1: a
/// let last = splitter.finish()  // line 2: b
/// ```
///
/// O(n) in the bytes; memory is bounded by the chunk and one line.
public struct LineSplitter: Sendable {
  /// The most bytes of a line, without its end.
  public let limit: Int
  private var number = 1
  private var partial: [UInt8] = []
  private var skipping = false

  /// Creates a splitter.
  public init(limits: Limits = Limits()) { limit = max(limits.lineBytes, 1) }

  /// The lines that end in this chunk.
  public mutating func push(_ bytes: [UInt8]) -> [InputLine] {
    var lines: [InputLine] = []
    var start = 0
    while let end = Self.lineFeed(in: bytes, from: start) {
      if skipping {
        lines.append(tooLong())
      } else if partial.isEmpty {
        lines.append(line(bytes[start..<end]))
      } else {
        keep(bytes[start..<end])
        lines.append(skipping ? tooLong() : line(partial[...]))
      }
      partial = []
      skipping = false
      number += 1
      start = end + 1
    }
    keep(bytes[start...])
    return lines
  }

  /// The last line when it has no end; afterwards the splitter is as new.
  public mutating func finish() -> [InputLine] {
    var lines: [InputLine] = []
    if skipping {
      lines.append(tooLong())
    } else if !partial.isEmpty {
      let last = line(partial[...])
      if number > 1 || last.content != .success([]) { lines.append(last) }
    }
    number = 1
    partial = []
    skipping = false
    return lines
  }

  private static func lineFeed(in bytes: [UInt8], from start: Int) -> Int? {
    bytes.withUnsafeBufferPointer { buffer in
      var index = start
      while index < buffer.count {
        if buffer[index] == 0x0A { return index }
        index += 1
      }
      return nil
    }
  }

  // A byte-order mark and a CR may still be dropped, so four bytes more than the limit are kept.
  private mutating func keep(_ bytes: ArraySlice<UInt8>) {
    if skipping || bytes.isEmpty { return }
    guard partial.count + bytes.count <= limit + 4 else {
      partial = []
      skipping = true
      return
    }
    partial.append(contentsOf: bytes)
  }

  private func line(_ bytes: ArraySlice<UInt8>) -> InputLine {
    var bytes = bytes
    if number == 1, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
    if bytes.last == 0x0D { bytes = bytes.dropLast() }
    return bytes.count <= limit ? InputLine(number: number, content: .success(bytes)) : tooLong()
  }

  private func tooLong() -> InputLine {
    InputLine(
      number: number,
      content: .failure(
        InputError(.limitExceeded, line: number, "the line is too long, expected at most \(limit) bytes")))
  }
}
