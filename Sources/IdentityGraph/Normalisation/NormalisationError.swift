/// Why an identifier cannot be brought to its normal form.
///
/// Neither the code nor the reason repeats the identifier: it is personal data, and errors end up in logs.
public struct NormalisationError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kind of problem.
  public var code: Code
  /// The problem in words, without the value.
  public var reason: String

  /// Creates an error.
  public init(code: Code, reason: String) {
    self.code = code
    self.reason = reason
  }

  /// The kind of problem and the reason.
  public var description: String { "\(code): \(reason)" }

  /// The kinds of problem; later versions may add some.
  public struct Code: Sendable, Hashable, CustomStringConvertible {
    /// The name of the kind, stable between versions.
    public let name: String

    private init(_ name: String) { self.name = name }

    /// The name of the kind.
    public var description: String { name }

    /// Nothing is left after trimming.
    public static let empty = Code("empty")
    /// Longer than the identifier may be.
    public static let tooLong = Code("tooLong")
    /// Shorter than the identifier must be.
    public static let tooShort = Code("tooShort")
    /// A character that the identifier cannot have.
    public static let forbiddenCharacter = Code("forbiddenCharacter")
    /// The parts do not make an identifier of the kind.
    public static let malformed = Code("malformed")
    /// A national telephone number, and no country code to complete it.
    public static let missingCountryCode = Code("missingCountryCode")
    /// A form that exists but is refused because it does not name one person, or not for certain.
    public static let unsupported = Code("unsupported")
    /// The setting given with the identifier is wrong, not the identifier.
    public static let invalidSetting = Code("invalidSetting")
  }
}
