/// The functions of the standard library and of the extensions.
enum BuiltInFunction: UInt8, Sendable {
  // Standard: size, text, conversions, types.
  case size, contains, startsWith, endsWith, matches
  case toBool, toBytes, toDouble, toInt, toString, toUint, toDuration, toTimestamp, toDyn, typeOf
  // Standard: time.
  case fullYear, month, dayOfMonth, date, dayOfYear, dayOfWeek, hours, minutes, seconds, milliseconds
  // Optional values.
  case optionalOf, optionalNone, optionalOfNonZero, hasValue, optionalValue, optionalUnwrap
  // Text.
  case charAt, indexOf, lastIndexOf, lowerASCII, upperASCII, replace, split, join, substring, trim, reverse, quote,
    format
  // Mathematics.
  case greatest, least, ceil, floor, round, trunc, abs, sign, isNaN, isInf, isFinite, squareRoot
  case bitAnd, bitOr, bitXor, bitNot, bitShiftLeft, bitShiftRight
  // Encodings, sets, lists.
  case base64Encode, base64Decode
  case setsContains, setsEquivalent, setsIntersects
  case listRange, slice, flatten, distinct, sort, first, last, sortByKeys
}
