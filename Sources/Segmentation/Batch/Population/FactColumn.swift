public import SCRMModel

/// One fact about everybody: a value for each person, in the order of their numbers.
public struct FactColumn: Sendable {
  /// The values in a form that suits their type.
  public enum Values: Sendable {
    /// Truth values.
    case bools([Bool])
    /// Whole numbers.
    case ints([Int64])
    /// Numbers; NaN is a value.
    case doubles([Double])
    /// Texts, each once in the dictionary, and for each person the place there.
    case texts(codes: [UInt32], dictionary: [String])
    /// Lists of texts: person `n` has the codes `starts[n] ..< starts[n + 1]`, places in the dictionary.
    case textLists(starts: [UInt32], codes: [UInt32], dictionary: [String])
    /// Values of any other type; `nil` where there is none.
    case values([Value?])
  }

  /// The values; what stands where a person has none is not read.
  public let values: Values
  /// Who has a value; `nil` when everybody has, or when the values say so themselves.
  public let isPresent: [Bool]?

  /// Creates a column.
  public init(_ values: Values, isPresent: [Bool]? = nil) {
    self.values = values
    self.isPresent = isPresent
  }

  /// The number of people.
  public var count: Int {
    switch values {
    case .bools(let values): values.count
    case .ints(let values): values.count
    case .doubles(let values): values.count
    case .texts(let codes, _): codes.count
    case .textLists(let starts, _, _): max(starts.count - 1, 0)
    case .values(let values): values.count
    }
  }

  /// The value of a person; `nil` when there is none.
  public func value(of person: Int) -> Value? {
    if let isPresent, !isPresent[person] { return nil }
    switch values {
    case .bools(let values): return .bool(values[person])
    case .ints(let values): return .int(values[person])
    case .doubles(let values): return .double(values[person])
    case .texts(let codes, let dictionary): return .string(dictionary[Int(codes[person])])
    case .textLists(let starts, let codes, let dictionary):
      return .list(codes[Int(starts[person])..<Int(starts[person + 1])].map { .string(dictionary[Int($0)]) })
    case .values(let values): return values[person]
    }
  }

  /// What is wrong with the column as one of a type and of so many people; `nil` when it fits.
  func fault(_ type: ExpressionType, people: Int) -> String? {
    guard count == people, isPresent.map({ $0.count == people }) ?? true else {
      return "expected \(people) values, found \(count)"
    }
    switch (values, type) {
    case (.bools, .bool), (.ints, .int), (.doubles, .double), (.values, _): return nil
    case (.texts(let codes, let dictionary), .string):
      return codes.indices.contains { (isPresent?[$0] ?? true) && codes[$0] >= dictionary.count }
        ? "a code beyond the \(dictionary.count) texts of the dictionary" : nil
    case (.textLists(let starts, let codes, let dictionary), .list(.string)):
      guard starts.first == 0, starts.last.map(Int.init) == codes.count, zip(starts, starts.dropFirst()).allSatisfy(<=)
      else { return "expected starts that ascend from 0 to \(codes.count)" }
      return codes.contains { $0 >= dictionary.count }
        ? "a code beyond the \(dictionary.count) texts of the dictionary" : nil
    default: return "expected values of type \(type)"
    }
  }
}
