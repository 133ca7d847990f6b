public import SCRMExpressions
public import StrictJSON

/// How a column writes points in time.
///
/// The JSON form is `rfc3339`, `unixSeconds`, `unixMilliseconds`, or any other text as a pattern.
///
/// | token | meaning |
/// |---|---|
/// | `yyyy` | year, four digits |
/// | `MM` `dd` `HH` `mm` `ss` | month, day, hour (0–23), minute, second: two digits |
/// | `M` `d` `H` | the same with one or two digits |
/// | `MMM` | month by its English name, three letters: `Oct` |
/// | `EEE` | weekday by its English name, three letters: `Tue`; it must fit the date |
/// | `SSS` | milliseconds, three digits |
/// | `Z` | offset from UTC: `+0800`, `+08:00` or `Z` |
/// | `xxx` | offset from UTC: `+08:00` |
/// | `'…'` | letters as they are |
///
/// Other signs stand for themselves. The tokens are those of Unicode TS 35; a pattern without an offset is read in the zone
/// the mapping gives.
public enum TimestampFormat: Sendable, Hashable {
  /// `2024-05-01T08:30:00+08:00`.
  case rfc3339
  /// Seconds since 1970, with up to nine decimals.
  case unixSeconds
  /// Milliseconds since 1970.
  case unixMilliseconds
  /// A pattern such as `EEE MMM dd HH:mm:ss Z yyyy`.
  case pattern(String)

  /// The form in a mapping.
  public var text: String {
    switch self {
    case .rfc3339: "rfc3339"
    case .unixSeconds: "unixSeconds"
    case .unixMilliseconds: "unixMilliseconds"
    case .pattern(let pattern): pattern
    }
  }

  /// Reads the form in a mapping.
  public init(text: String) {
    switch text {
    case "rfc3339": self = .rfc3339
    case "unixSeconds": self = .unixSeconds
    case "unixMilliseconds": self = .unixMilliseconds
    default: self = .pattern(text)
    }
  }

  /// Reads a point in time.
  ///
  /// A pattern is taken apart on every call; a parser does so once.
  /// - Parameters:
  ///   - text: the time as written.
  ///   - offset: seconds east of UTC for a pattern without an offset.
  /// - Throws: ``SCRMError`` with `invalidValue`.
  public func instant(_ text: String, offset: Int32 = 0) throws(SCRMError) -> Instant {
    let reader = try TimestampReader(self, offset: offset)
    guard let instant = reader.read(text) else {
      throw SCRMError(.invalidValue, subject: "time", reader.expected)
    }
    return instant
  }
}

extension TimestampFormat: JSONCodable {
  /// Reads the text form.
  public init(json: JSON) throws(JSONError) { self.init(text: try json.stringValue()) }
  /// Writes the text form.
  public func write(to writer: inout JSONWriter) { writer.string(text) }
}
