import SCRMExpressions
import StateCoding

/// What has a state of its own in a ``PatternStream``: a person, a thread, an order, by number or by text.
public enum PatternKey: Sendable {
  /// A number.
  case number(UInt64)
  /// A text; compared by its bytes.
  case text(String)
}

extension PatternKey: Hashable, Comparable {
  /// Whether both are the same key.
  public static func == (left: PatternKey, right: PatternKey) -> Bool {
    switch (left, right) {
    case (.number(let l), .number(let r)): l == r
    case (.text(let l), .text(let r)): l.sameBytes(as: r)
    default: false
    }
  }

  /// Numbers before texts, texts by their bytes.
  public static func < (left: PatternKey, right: PatternKey) -> Bool {
    switch (left, right) {
    case (.number(let l), .number(let r)): l < r
    case (.text(let l), .text(let r)): l.byteOrder(r) == .ascending
    case (.number, .text): true
    case (.text, .number): false
    }
  }

  /// Hashes the key.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .number(let number): hasher.combine(number)
    case .text(let text): text.hashBytes(into: &hasher)
    }
  }
}

extension PatternKey {
  func write(to writer: inout ByteWriter) {
    switch self {
    case .number(let number):
      writer.byte(0)
      writer.unsigned(number)
    case .text(let text):
      writer.byte(1)
      writer.string(text)
    }
  }

  init(from reader: inout ByteReader) throws(StateDecodingError) {
    switch try reader.byte() {
    case 0: self = .number(try reader.unsigned())
    case 1: self = .text(try reader.string())
    default: throw .malformed
    }
  }
}
