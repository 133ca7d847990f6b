import SCRMExpressions
import StrictJSON

/// A mapping bound to the columns of one table.
struct CSVRowReader: Sendable {
  private let mapping: CSVMapping
  private let limits: Limits
  private let id: Int?
  private let kind: CSVColumns.Lookup
  private let actor: CSVColumns.Party
  private let target: CSVColumns.Party?
  private let object: (type: CSVColumns.Lookup, id: Int, name: Int?)?
  private let text: Int?
  private let language: CSVColumns.Lookup?
  private let time: CSVColumns.Time
  private let received: CSVColumns.Time?
  private let inReplyTo: Int?
  private let thread: Int?
  private let session: Int?
  private let brand: CSVColumns.Lookup?
  private let channel: CSVColumns.Lookup?
  private let campaign: CSVColumns.Lookup?
  private let amount: (column: Int, name: String, currency: CSVColumns.Lookup)?
  private let properties: [CSVColumns.Field]
  private let traits: [CSVColumns.Field]

  /// - Throws: ``SCRMError`` whose subject names the column or member concerned.
  init(_ mapping: CSVMapping, header: [String], limits: Limits) throws(SCRMError) {
    let table = CSVColumns(header)
    self.mapping = mapping
    self.limits = limits
    id = try table.optional(mapping.id)
    kind = try table.lookup(mapping.kind)
    actor = try table.party(mapping.actor, hasText: mapping.text != nil, "actor")
    guard !mapping.actor.identifiers.isEmpty else {
      throw SCRMError(.missing, subject: "actor.ids", "expected at least one identifier")
    }
    target = try mapping.target.map { (party) throws(SCRMError) in
      try table.party(party, hasText: mapping.text != nil, "target")
    }
    object = try mapping.object.map { (part) throws(SCRMError) in
      (type: try table.lookup(part.type), id: try table.index(part.id), name: try table.optional(part.name))
    }
    text = try table.optional(mapping.text?.column)
    language = try table.lookup(mapping.text?.language)
    time = try table.time(mapping.time)
    received = try mapping.received.map { (part) throws(SCRMError) in try table.time(part) }
    inReplyTo = try table.optional(mapping.inReplyTo)
    thread = try table.optional(mapping.thread)
    session = try table.optional(mapping.session)
    brand = try table.lookup(mapping.brand)
    channel = try table.lookup(mapping.channel)
    campaign = try table.lookup(mapping.campaign)
    amount = try mapping.amount.map { (part) throws(SCRMError) in
      (column: try table.index(part.column), name: part.column, currency: try table.lookup(part.currency))
    }
    properties = try table.fields(mapping.properties)
    traits = try table.fields(mapping.traits)
  }

  // MARK: Reading

  func interaction(_ row: CSVRow, received host: Instant) throws(InputError) -> Interaction {
    guard let occurred = try instant(time, row) else {
      throw InputError(.missing, line: row.line, column: time.name, "the cell is empty, " + time.reader.expected)
    }
    guard let kind = kind.text(in: row) else { throw notMapped(self.kind, row) }
    guard let actor = try party(actor, row) else {
      throw InputError(
        .missing, line: row.line, column: mapping.actor.identifiers.first?.column,
        "no identifier, expected one of the actor")
    }
    var context = InteractionContext(
      brand: brand?.text(in: row), channel: channel?.text(in: row), thread: cell(thread, row),
      inReplyTo: cell(inReplyTo, row).map { EventKey(mapping.source, $0) },
      campaign: campaign?.text(in: row).map { CampaignReference(name: $0) })
    context.session = cell(session, row)
    let said = cell(text, row).map { LocalizedText($0, language: language?.text(in: row)) }
    let interaction = Interaction(
      key: key(row), kind: InteractionKind(kind), actor: actor, object: reference(row),
      target: try target.flatMap { (part) throws(InputError) in try party(part, row) }, text: said,
      amount: try money(row), properties: try values(properties, row), traits: try values(traits, row),
      context: context, at: occurred,
      received: try received.flatMap { (part) throws(InputError) in try instant(part, row) } ?? host)
    do throws(JSONError) { try interaction.check(limits) } catch { throw InputError(error, line: row.line) }
    return interaction
  }

  private func cell(_ column: Int?, _ row: CSVRow) -> String? {
    guard let column else { return nil }
    let text = row[column]
    return text.isEmpty ? nil : text
  }

  private func key(_ row: CSVRow) -> EventKey {
    if let id = cell(id, row) { return EventKey(mapping.source, id) }
    var writer = CSVWriter()
    writer.row(row.fields)
    return .fallback(source: mapping.source, content: writer.bytes)
  }

  private func instant(_ time: CSVColumns.Time, _ row: CSVRow) throws(InputError) -> Instant? {
    guard let text = cell(time.column, row) else { return nil }
    guard let instant = time.reader.read(text) else {
      throw InputError(.invalidValue, line: row.line, column: time.name, time.reader.expected)
    }
    return instant
  }

  private func notMapped(_ lookup: CSVColumns.Lookup, _ row: CSVRow) -> InputError {
    InputError(
      .invalidValue, line: row.line, column: lookup.name, "the value is not in the mapping, which has no default")
  }

  private func party(_ party: CSVColumns.Party, _ row: CSVRow) throws(InputError) -> Party? {
    guard let name = party.role.text(in: row) else { throw notMapped(party.role, row) }
    guard let role = ActorRole(rawValue: name) else {
      throw InputError(
        .invalidValue, line: row.line, column: party.role.name,
        "expected one of \(ActorRole.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    var identifiers: [Identifier] = []
    for (column, mapping) in party.identifiers where mapping.role ?? role == role {
      let value = column == nil ? text.flatMap { Mention.first(in: row.utf8($0)) } : cell(column, row)
      guard let value else { continue }
      identifiers.append(Identifier(mapping.namespace, value, mapping.assertion))
    }
    return identifiers.isEmpty ? nil : Party(identifiers, role: role, displayName: cell(party.name, row))
  }

  private func reference(_ row: CSVRow) -> ObjectReference? {
    guard let object, let id = cell(object.id, row), let type = object.type.text(in: row) else { return nil }
    return ObjectReference(type: type, id: id, name: cell(object.name, row))
  }

  private func money(_ row: CSVRow) throws(InputError) -> Money? {
    guard let amount, let digits = cell(amount.column, row) else { return nil }
    guard let currency = amount.currency.text(in: row) else { throw notMapped(amount.currency, row) }
    do { return try Money(digits, currency: currency) } catch {
      throw InputError(.invalidValue, line: row.line, column: amount.name, error.reason)
    }
  }

  private func values(_ fields: [CSVColumns.Field], _ row: CSVRow) throws(InputError) -> ValueMap {
    var map = ValueMap()
    for field in fields {
      guard let text = cell(field.column, row) else { continue }
      guard let value = Self.value(text, field) else {
        throw InputError(
          .invalidValue, line: row.line, column: field.mapping.column,
          field.time?.expected ?? "expected a value of kind \(field.mapping.kind)")
      }
      map[field.mapping.name] = value
    }
    return map
  }

  private static func value(_ text: String, _ field: CSVColumns.Field) -> Value? {
    switch field.mapping.kind {
    case .text: return .string(text)
    case .int: return Int64(text).map { .int($0) }
    case .double: return JSONNumber(text: text)?.double.map { .double($0) }
    case .timestamp: return field.time?.read(text).map { .timestamp($0) }
    case .bool:
      switch text.lowercased() {
      case "true", "yes", "1": return .bool(true)
      case "false", "no", "0": return .bool(false)
      default: return nil
      }
    }
  }
}
