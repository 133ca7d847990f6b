/// Why a document or a part of it was refused: a code, the path to the part, and what was expected.
///
/// Reasons never quote values, which may be personal; paths hold member names, cut after 64 bytes.
public struct JSONError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kind of refusal; codes may be added.
  public struct Code: Sendable, Hashable, CustomStringConvertible {
    /// The stable name of the code.
    public let description: String
    /// The text does not follow the grammar.
    public static let syntax = Code(description: "syntax")
    /// The text ends too early.
    public static let unexpectedEnd = Code(description: "unexpectedEnd")
    /// A string is not UTF-8.
    public static let invalidUTF8 = Code(description: "invalidUTF8")
    /// An escape names half of a surrogate pair.
    public static let loneSurrogate = Code(description: "loneSurrogate")
    /// An object names a member twice.
    public static let duplicateKey = Code(description: "duplicateKey")
    /// The nesting is too deep.
    public static let depth = Code(description: "depth")
    /// The text is too long.
    public static let size = Code(description: "size")
    /// A value is of another kind than expected.
    public static let typeMismatch = Code(description: "typeMismatch")
    /// A required member is missing.
    public static let missing = Code(description: "missing")
    /// A value is of the right kind but not acceptable.
    public static let invalidValue = Code(description: "invalidValue")
    /// A number does not fit.
    public static let numberRange = Code(description: "numberRange")
  }

  /// A step on the way from the root to the part concerned.
  public enum PathElement: Sendable, Hashable {
    /// A member of an object.
    case key(String)
    /// An element of an array, from 0.
    case index(Int)
  }

  /// What kind of refusal it is.
  public var code: Code
  /// The way from the root to the part concerned; empty for the root and for syntax errors.
  public var path: [PathElement]
  /// The byte offset of a syntax error.
  public var offset: Int?
  /// What was wrong and what was expected.
  public var reason: String

  /// Creates an error.
  public init(_ code: Code, _ reason: String, path: [PathElement] = [], offset: Int? = nil) {
    self.code = code
    self.reason = reason
    self.path = path
    self.offset = offset
  }

  /// The same error, seen from one level further out.
  public func prefixed(by element: PathElement) -> JSONError {
    var copy = self
    copy.path.insert(element, at: 0)
    return copy
  }

  /// `$.context.page[2]: expected a string, found a number`.
  public var description: String {
    var text = "$"
    for element in path {
      switch element {
      case .key(let key): text += "." + Self.shown(key)
      case .index(let index): text += "[\(index)]"
      }
    }
    if let offset { text += " at byte \(offset)" }
    return text + ": " + reason
  }

  // Names come from documents: cut by bytes, since one character can hold any number of them, and on one line.
  private static func shown(_ key: String) -> String {
    var text = String.UnicodeScalarView()
    var length = 0
    for scalar in key.unicodeScalars {
      length += UTF8.width(scalar)
      if length > 64 {
        text.append("…")
        break
      }
      text.append(scalar.properties.generalCategory == .control ? "\u{FFFD}" : scalar)
    }
    return String(text)
  }
}

/// What a document may be at most, and what happens to repeated member names.
public struct JSONLimits: Sendable, Hashable {
  /// What happens when an object names a member twice.
  public enum DuplicateKeys: Sendable, Hashable {
    /// The document is refused.
    case refused
    /// The first one counts.
    case firstWins
    /// The last one counts, in the place of the first.
    case lastWins
  }

  /// Levels of arrays and objects, 1 … 512.
  public var maximumDepth: Int { didSet { maximumDepth = Self.bounded(maximumDepth) } }
  /// Bytes of the text.
  public var maximumBytes: Int
  /// What happens to repeated member names.
  public var duplicateKeys: DuplicateKeys

  /// Creates limits; the depth is limited to 1 … 512.
  public init(maximumDepth: Int = 128, maximumBytes: Int = 16 << 20, duplicateKeys: DuplicateKeys = .refused) {
    self.maximumDepth = Self.bounded(maximumDepth)
    self.maximumBytes = maximumBytes
    self.duplicateKeys = duplicateKeys
  }

  // Reading recurses: 512 levels take less than 256 KiB of stack in an optimised build.
  private static func bounded(_ depth: Int) -> Int { min(max(depth, 1), 512) }

  /// 128 levels, 16 MiB, no repeated names.
  public static let `default` = JSONLimits()
}
