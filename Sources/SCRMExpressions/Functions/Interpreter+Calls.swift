extension Interpreter {
  /// Calls a built-in function.
  mutating func call(_ function: BuiltInFunction, _ arguments: [Value]) throws(ValueError) -> Value {
    switch function {
    case .size, .contains, .startsWith, .endsWith, .matches:
      return try callText(function, arguments)
    case .toBool, .toBytes, .toDouble, .toInt, .toString, .toUint, .toDuration, .toTimestamp, .toDyn, .typeOf:
      guard let value = arguments.first else { break }
      try spend(size: value.size)
      return try value.converted(by: function)
    case .fullYear, .month, .dayOfMonth, .date, .dayOfYear, .dayOfWeek, .hours, .minutes, .seconds, .milliseconds:
      return try callTime(function, arguments)
    case .optionalOf, .optionalNone, .optionalOfNonZero, .hasValue, .optionalValue, .optionalUnwrap:
      return try callOptional(function, arguments)
    case .charAt, .indexOf, .lastIndexOf, .substring: return try callPositions(function, arguments)
    case .lowerASCII, .upperASCII, .replace, .split, .join, .trim, .quote: return try callStrings(function, arguments)
    case .format:
      guard arguments.count == 2, case .string(let text) = arguments[0], case .list(let values) = arguments[1] else {
        break
      }
      try spend(size: text.utf8.count)
      try spend(values.reduce(0) { $0 + $1.deepSize })
      var formatter = TextFormatter(text, values)
      return .string(try formatter.result())
    case .greatest, .least, .ceil, .floor, .round, .trunc, .abs, .sign, .isNaN, .isInf, .isFinite, .squareRoot,
      .bitAnd, .bitOr, .bitXor, .bitNot, .bitShiftLeft, .bitShiftRight:
      return try callMathematics(function, arguments)
    case .base64Encode, .base64Decode: return try callEncodings(function, arguments)
    case .setsContains, .setsEquivalent, .setsIntersects: return try callSets(function, arguments)
    case .reverse, .listRange, .slice, .flatten, .distinct, .sort, .first, .last, .sortByKeys:
      return try callLists(function, arguments)
    }
    throw undefined(function, arguments)
  }

  func undefined(_ function: BuiltInFunction, _ arguments: [Value]) -> ValueError {
    let kinds = arguments.map(\.typeName).joined(separator: ", ")
    return ValueError(.noSuchOverload, "'\(function)' is not defined for (\(kinds))")
  }
}
