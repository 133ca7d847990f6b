public import SCRMModel

extension SegmentCondition {
  /// Both hold; a chain is one node, as in text.
  public static func && (left: Self, right: Self) -> Self {
    if case .all(let parts) = left { return .all(parts + [right]) }
    return .all([left, right])
  }

  /// One holds; a chain is one node, as in text.
  public static func || (left: Self, right: Self) -> Self {
    if case .any(let parts) = left { return .any(parts + [right]) }
    return .any([left, right])
  }

  /// It does not hold.
  public static prefix func ! (operand: Self) -> Self { .not(operand) }
}

// A number compared with a measure that is a double is taken as a double, one compared with a count as an int.
extension Measure {
  /// Equality.
  public static func == (left: Measure, right: Double) -> SegmentCondition { left.compared(.equal, right) }
  /// Inequality.
  public static func != (left: Measure, right: Double) -> SegmentCondition { left.compared(.notEqual, right) }
  /// Less than.
  public static func < (left: Measure, right: Double) -> SegmentCondition { left.compared(.less, right) }
  /// Less than or equal.
  public static func <= (left: Measure, right: Double) -> SegmentCondition { left.compared(.lessOrEqual, right) }
  /// Greater than.
  public static func > (left: Measure, right: Double) -> SegmentCondition { left.compared(.greater, right) }
  /// Greater than or equal.
  public static func >= (left: Measure, right: Double) -> SegmentCondition { left.compared(.greaterOrEqual, right) }
  /// Equality.
  public static func == (left: Measure, right: Int) -> SegmentCondition { left.compared(.equal, right) }
  /// Inequality.
  public static func != (left: Measure, right: Int) -> SegmentCondition { left.compared(.notEqual, right) }
  /// Less than.
  public static func < (left: Measure, right: Int) -> SegmentCondition { left.compared(.less, right) }
  /// Less than or equal.
  public static func <= (left: Measure, right: Int) -> SegmentCondition { left.compared(.lessOrEqual, right) }
  /// Greater than.
  public static func > (left: Measure, right: Int) -> SegmentCondition { left.compared(.greater, right) }
  /// Greater than or equal.
  public static func >= (left: Measure, right: Int) -> SegmentCondition { left.compared(.greaterOrEqual, right) }

  /// Compares with any constant: an instant for `firstTime` and `lastTime`, text for `first` and `last` of a text.
  public func compared(_ comparison: MeasureComparison, _ value: Value) -> SegmentCondition {
    .measure(self, comparison, function.constant(value))
  }

  private func compared(_ comparison: MeasureComparison, _ value: Int) -> SegmentCondition {
    compared(comparison, .int(Int64(value)))
  }
  private func compared(_ comparison: MeasureComparison, _ value: Double) -> SegmentCondition {
    compared(comparison, .double(value))
  }
}

extension Measure.Function {
  /// Whether its result is always a double.
  var isDouble: Bool { self == .sum || self == .average || self == .minimum || self == .maximum }

  /// A constant in the kind it is compared with: whole numbers become doubles for measures that are.
  func constant(_ value: Value) -> Value {
    switch value {
    case .int(let number) where isDouble: .double(Double(number))
    default: value
    }
  }
}
