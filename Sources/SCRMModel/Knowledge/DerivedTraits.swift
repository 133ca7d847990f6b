public import SCRMExpressions

/// What follows from a birthday.
///
/// It is computed when asked for and never stored, so it cannot contradict its source.
public struct DerivedTraits: Sendable, Hashable, Redacted {
  /// The birthday.
  public let birthday: CivilDate

  /// Creates the traits of a birthday.
  public init(birthday: CivilDate) { self.birthday = birthday }

  /// Reads a birthday trait: a text that begins with `yyyy-MM-dd`, or a timestamp, read as the date where it was
  /// written.
  ///
  /// `nil` for any other value.
  public init?(birthday value: Value?) {
    switch value {
    case .string(let text)?:
      guard let date = CivilDate(text) else { return nil }
      birthday = date
    case .timestamp(let instant)?: birthday = CivilDate(instant, offset: Int(instant.utcOffset ?? 0))
    default: return nil
    }
  }

  /// Completed years on a date; `nil` before the birthday.
  ///
  /// Who was born on 29 February completes a year of 365 days on 1 March.
  public func age(on date: CivilDate) -> Int? {
    guard date >= birthday else { return nil }
    let hadBirthday = (date.month, date.day) >= (birthday.month, birthday.day)
    return date.year - birthday.year - (hadBirthday ? 0 : 1)
  }

  /// Completed years at an instant, in a zone `offset` seconds east of UTC; `nil` before the birthday.
  public func age(at time: Instant, offset: Int = 0) -> Int? {
    age(on: CivilDate(time, offset: offset))
  }

  /// The sign of the Western zodiac.
  public var zodiacSign: ZodiacSign { ZodiacSign(birthday) }

  /// The animal of the Chinese year; `nil` before the new year of 1901 and after 2100.
  public var zodiacAnimal: ZodiacAnimal? { ZodiacAnimal(birthday) }

  /// Nothing of the birthday.
  public var redactedDescription: String { "derived traits:‹redacted›" }
}
