import SCRMExpressions

/// The columns of one table by name, and parts of a mapping bound to their positions.
struct CSVColumns {
  struct Lookup: Sendable {
    var column: Int?
    var name = ""
    var lookup: CSVMapping.Lookup

    func text(in row: CSVRow) -> String? {
      guard let column else { return lookup.fallback }
      let cell = row[column]
      if let value = lookup.values[cell] { return value.isEmpty ? nil : value }
      return lookup.values.isEmpty && !cell.isEmpty ? cell : lookup.fallback
    }
  }

  struct Time: Sendable {
    var column: Int
    var name: String
    var reader: TimestampReader
  }

  struct Party: Sendable {
    var identifiers: [(column: Int?, mapping: CSVMapping.IdentifierColumn)]
    var role: Lookup
    var name: Int?
  }

  struct Field: Sendable {
    var column: Int
    var mapping: CSVMapping.FieldColumn
    var time: TimestampReader?
  }

  private var positions: [String: Int] = [:]
  private var repeated: Set<String> = []

  init(_ names: [String]) {
    for (index, name) in names.enumerated() where positions.updateValue(index, forKey: name) != nil {
      repeated.insert(name)
    }
  }

  func index(_ name: String) throws(SCRMError) -> Int {
    guard let index = positions[name] else {
      throw SCRMError(.missing, subject: "column \(name)", "the table has no such column")
    }
    if repeated.contains(name) {
      throw SCRMError(.duplicateName, subject: "column \(name)", "the table has this column twice")
    }
    return index
  }

  func optional(_ name: String?) throws(SCRMError) -> Int? {
    guard let name else { return nil }
    return try index(name)
  }

  func lookup(_ lookup: CSVMapping.Lookup) throws(SCRMError) -> Lookup {
    Lookup(column: try optional(lookup.column), name: lookup.column ?? "", lookup: lookup)
  }

  func lookup(_ lookup: CSVMapping.Lookup?) throws(SCRMError) -> Lookup? {
    guard let lookup else { return nil }
    return try self.lookup(lookup)
  }

  func time(_ part: CSVMapping.TimeColumn) throws(SCRMError) -> Time {
    Time(
      column: try index(part.column), name: part.column,
      reader: try TimestampReader(part.format, offset: part.offset))
  }

  func party(_ party: CSVMapping.PartyColumns, hasText: Bool, _ member: String) throws(SCRMError) -> Party {
    var identifiers: [(column: Int?, mapping: CSVMapping.IdentifierColumn)] = []
    for identifier in party.identifiers {
      if identifier.column == nil, !hasText {
        throw SCRMError(.missing, subject: member + ".ids", "a mention needs a text column")
      }
      identifiers.append((column: try optional(identifier.column), mapping: identifier))
    }
    for role in party.role.values.values + [party.role.fallback].compactMap({ $0 })
    where ActorRole(rawValue: role) == nil {
      throw SCRMError(
        .invalidValue, subject: member + ".role",
        "expected one of \(ActorRole.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return Party(
      identifiers: identifiers, role: try lookup(party.role), name: try optional(party.name))
  }

  func fields(_ fields: [CSVMapping.FieldColumn]) throws(SCRMError) -> [Field] {
    var bound: [Field] = []
    for field in fields {
      var time: TimestampReader?
      if case .timestamp(let format, let offset) = field.kind { time = try TimestampReader(format, offset: offset) }
      bound.append(Field(column: try index(field.column), mapping: field, time: time))
    }
    return bound
  }
}
