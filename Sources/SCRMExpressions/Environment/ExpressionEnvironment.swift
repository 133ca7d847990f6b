/// What an expression may name: variables, record types, functions, time zones.
///
/// A variable of a record type is laid out as one slot a field, so that `event.type` is read without a search:
///
/// ```swift
/// var environment = ExpressionEnvironment()
/// environment.declare(ExpressionRecord("Event", [.init("type", .string), .init("amount", .double)]))
/// environment.declare("event", .record("Event"))
/// let program = try environment.compile("event.type == 'purchase' && event.amount > 100.0")
/// ```
public struct ExpressionEnvironment: Sendable {
  /// The name space in which names are looked up first, such as `crm.rules`; empty for none.
  public var container: String = ""
  /// What expressions may be at most.
  public var limits: ExpressionLimits = .default
  /// Whether operations on constants are done once, when the expression is compiled.
  package var foldsConstants = true
  /// Whether macros (`has`, `all`, `exists`, …) are known.
  public var knowsMacros = true
  /// Gives the rules of a named time zone; offsets such as `+08:00` and `UTC` need none.
  public var zone: @Sendable (String) -> ZoneRules? = { _ in nil }
  /// The variables in the order of their slots.
  public private(set) var variables: [ExpressionVariable] = []

  private(set) var index: [String: Name] = [:]
  private(set) var records: [String: ExpressionRecord] = [:]
  private(set) var functions: [String: [ExpressionFunction.Overload]] = [:]

  /// What a declared name stands for.
  enum Name: Sendable {
    case variable(Int)
    case record(ExpressionRecordLayout)
  }

  /// Creates an environment with the standard library and the extensions, without variables.
  public init() {}

  /// Declares a record type; a type of the same name is replaced for later variables.
  public mutating func declare(_ record: ExpressionRecord) { records[record.name] = record }

  /// Declares a variable; one of the same name is replaced.
  public mutating func declare(_ name: String, _ type: ExpressionType) { _ = add(name, type, depth: 0) }

  /// Declares a host function; overloads are added to those the name has.
  public mutating func declare(_ function: ExpressionFunction) {
    functions[function.name, default: BuiltInLibrary.functions[function.name] ?? []] += function.overloads
  }

  /// The slot of a variable, or of a field of a record variable: `event.type`.
  public func slot(_ name: String) -> Int? {
    if case .variable(let index)? = index[name] { index } else { nil }
  }

  func overloads(_ name: String) -> [ExpressionFunction.Overload]? {
    functions[name] ?? BuiltInLibrary.functions[name]
  }

  private mutating func add(_ name: String, _ type: ExpressionType, depth: Int) -> Name {
    let added: Name
    // A record within itself ends as a map.
    if case .record(let record) = type, let record = records[record], depth < 8 {
      var fields: [ExpressionRecordLayout.Field] = []
      for field in record.fields {
        let place = add(name + "." + field.name, field.type, depth: depth + 1)
        fields.append(.init(name: field.name, type: field.type, place: place))
      }
      added = .record(ExpressionRecordLayout(name: record.name, fields: fields))
    } else {
      added = .variable(variables.count)
      variables.append(ExpressionVariable(name: name, type: type, slot: variables.count))
    }
    index[name] = added
    return added
  }
}

/// Where the fields of a record variable lie.
struct ExpressionRecordLayout: Sendable {
  struct Field: Sendable {
    var name: String
    var type: ExpressionType
    var place: ExpressionEnvironment.Name
  }

  var name: String
  var fields: [Field]
}
