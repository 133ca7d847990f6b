public import SCRMExpressions
public import StrictJSON

/// The facts about a person that conditions may name, with their types: what segments and rules are checked against.
///
/// A path of two or more steps is a field of a record, so `person.city` and `person.level` are fields of `person`.
///
/// ```swift
/// let schema = try FactSchema([
///   Fact("person.city", .string), Fact("tags", .list(.string), .tag), Fact("influence.score", .double, .influence),
/// ])
/// let program = try schema.environment().compile("person.city == '上海' && influence.score > 50.0")
/// ```
public struct FactSchema: Sendable, Hashable {
  /// The facts in the order declared; the place of a fact is its number in columns and rows.
  public private(set) var facts: [Fact] = []

  /// Creates a schema without facts.
  public init() {}

  /// Creates a schema.
  /// - Throws: as ``declare(_:)``.
  public init(_ facts: [Fact]) throws(SCRMError) {
    for fact in facts { try declare(fact) }
  }

  /// Adds a fact; O(n).
  /// - Throws: ``SCRMError`` with `duplicateName` when the path is declared or is part of one that is, with
  ///   `invalidValue` when it is no path of names or its root is a word of the language.
  public mutating func declare(_ fact: Fact) throws(SCRMError) {
    let steps = fact.steps
    guard (1...8).contains(steps.count), Self.isVariable(steps[0]), steps.allSatisfy(Self.isField) else {
      throw SCRMError(
        .invalidValue, subject: "fact \(fact.name)", "expected names joined by dots, the first one no reserved word")
    }
    for other in facts {
      let known = other.steps
      let shared = min(known.count, steps.count)
      guard !zip(known.prefix(shared), steps.prefix(shared)).allSatisfy({ $0.sameBytes(as: $1) }) else {
        throw SCRMError(.duplicateName, subject: "fact \(fact.name)", "\(other.name) is declared already")
      }
    }
    facts.append(fact)
  }

  /// The number of a fact; `nil` when it is not declared.
  ///
  /// O(n).
  public func index(of name: String) -> Int? { facts.firstIndex { $0.name.sameBytes(as: name) } }

  /// The facts every workspace has: `tags`, `segments`, `identity.accounts`, `identity.namespaces`, `channel.ids`,
  /// `channel.classes`, `influence.score` and `consent.` with the purposes named by the SDK.
  public static let standard = FactSchema(unchecked: [
    Fact("tags", .list(.string), .tag), Fact("segments", .list(.string), .segment),
    Fact("identity.accounts", .int, .identity), Fact("identity.namespaces", .list(.string), .identity),
    Fact("channel.ids", .list(.string), .channel), Fact("channel.classes", .list(.string), .channel),
    Fact("influence.score", .double, .influence), Fact("consent.service", .bool, .consent),
    Fact("consent.marketing", .bool, .consent), Fact("consent.profiling", .bool, .consent),
    Fact("consent.automated_decision", .bool, .consent), Fact("consent.sharing", .bool, .consent),
    Fact("consent.analytics", .bool, .consent),
  ])

  private init(unchecked facts: [Fact]) { self.facts = facts }

  private static func isVariable(_ text: String) -> Bool {
    Keywords.isIdentifier(text.utf8) && !Keywords.operators.contains(text) && !Keywords.reserved.contains(text)
  }

  private static func isField(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x60 && $0 != 0x7F }
  }
}

extension FactSchema {
  /// An environment in which every fact is a variable, or a field of a record variable.
  public func environment() -> ExpressionEnvironment {
    var environment = ExpressionEnvironment()
    declare(in: &environment)
    return environment
  }

  /// Declares every fact in an environment that a host goes on filling: with `event`, with functions.
  ///
  /// Afterwards `environment.slot("person.city")` is the slot of that fact.
  public func declare(in environment: inout ExpressionEnvironment) {
    declare(facts.map { (steps: $0.steps[...], type: $0.type) }, under: "", in: &environment)
  }

  private typealias Branch = (steps: ArraySlice<String>, type: ExpressionType)

  /// Declares what lies under a path and gives the fields of the record there.
  @discardableResult
  private func declare(
    _ branches: [Branch], under path: String, in environment: inout ExpressionEnvironment
  ) -> [ExpressionRecord.Field] {
    var fields: [ExpressionRecord.Field] = []
    var rest = branches[...]
    while let first = rest.first, let name = first.steps.first {
      let same = rest.filter { $0.steps.first.map { $0.sameBytes(as: name) } ?? false }
      rest = rest.filter { !($0.steps.first.map { $0.sameBytes(as: name) } ?? false) }[...]
      let type: ExpressionType
      if first.steps.count == 1 {
        type = first.type
      } else {
        let record = path + name
        let inner = declare(
          same.map { (steps: $0.steps.dropFirst(), type: $0.type) }, under: record + ".", in: &environment)
        environment.declare(ExpressionRecord(record, inner))
        type = .record(record)
      }
      fields.append(.init(name, type))
      if path.isEmpty { environment.declare(name, type) }
    }
    return fields
  }
}

/// The JSON form: `{"facts":[…]}`.
extension FactSchema: JSONCodable {
  /// Reads the form.
  /// - Throws: `JSONError` with the path to what was wrong.
  public init(json: JSON) throws(JSONError) {
    let facts: [Fact] = try json.objectValue().array("facts")
    self.init()
    for (index, fact) in facts.enumerated() {
      do { try declare(fact) } catch {
        throw JSONError(.invalidValue, error.description).prefixed(by: .index(index)).prefixed(by: .key("facts"))
      }
    }
  }

  /// Writes the form.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("facts", facts)
    writer.endObject()
  }
}
