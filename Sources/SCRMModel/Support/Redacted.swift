/// A type that may hold personal data and therefore prints without it: in logs, errors, explanations and `dump`.
///
/// `description`, `debugDescription` and the mirror all show ``redactedDescription``. Read the properties to get the data.
public protocol Redacted: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// What may be shown: kinds, counts and opaque ids, never names, texts, addresses or places.
  var redactedDescription: String { get }
}

extension Redacted {
  /// The redacted description.
  public var description: String { redactedDescription }
  /// The redacted description.
  public var debugDescription: String { redactedDescription }
  /// A mirror without children.
  public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}
