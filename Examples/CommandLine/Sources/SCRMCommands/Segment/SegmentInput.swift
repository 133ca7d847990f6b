import SocialCRM

/// What became of the rows of `scrm segment`.
struct SegmentCounts {
  /// Lines read.
  var rows = 0
  /// Lines that could not be used.
  var refused = 0
  /// People.
  var people = 0
  /// Interactions that were counted.
  var interactions = 0

  var members: [(String, Int)] { [("refused", refused), ("people", people), ("interactions", interactions)] }

  var sentence: String { "\(rows) rows: \(refused) refused; \(people) people, \(interactions) interactions" }
}

/// The profiles and interactions of a run, by the numbers of the people.
struct SegmentInput {
  let catalogue: SegmentCatalogue
  let isStrict: Bool
  private(set) var counts = SegmentCounts()
  /// The ids as written, by number.
  private(set) var names: [String] = []
  private(set) var facts: [[Value?]] = []
  private(set) var events: [(person: UInt32, event: SegmentEvent)] = []
  private var numbers: [String: UInt32] = [:]

  init(catalogue: SegmentCatalogue, isStrict: Bool) {
    self.catalogue = catalogue
    self.isStrict = isStrict
  }

  /// The number of a person by the id as written.
  func number(of name: String) -> Int? { numbers[name].map(Int.init) }

  /// The ids of the people by number, for the engines.
  var ids: [PersonID] { names.indices.map { PersonID(high: 0, low: UInt64($0)) } }

  /// Reads profiles: `{"id":"p1","facts":{"person.city":"上海"}}` a line.
  /// - Throws: ``CommandFailure``.
  mutating func readProfiles(_ path: String, _ console: Console) throws {
    let schema = catalogue.facts
    try read(path, console) { input, object throws(JSONError) in
      try object.expect("id", "facts")
      let id = try object.name("id")
      guard input.numbers[id] == nil else {
        throw JSONError(.invalidValue, "the id stands in an earlier line, expected another", path: [.key("id")])
      }
      var row = [Value?](repeating: nil, count: schema.facts.count)
      if let facts = try object.optionalObject("facts") {
        for member in facts {
          guard let number = schema.index(of: member.key) else {
            throw JSONError(
              .invalidValue, "the fact is not declared in the definitions", path: [.key("facts"), .key(member.key)])
          }
          do throws(JSONError) {
            row[number] = try Self.value(member.value, schema.facts[number].type)
          } catch { throw error.prefixed(by: .key(member.key)).prefixed(by: .key("facts")) }
        }
      }
      input.numbers[id] = UInt32(truncatingIfNeeded: input.names.count)
      input.names.append(id)
      input.facts.append(row)
      input.counts.people += 1
    }
  }

  /// Reads interactions: `{"person":"p1","kind":"purchase","at":"…","amount":30,"fields":{"channel":"web"}}` a line, or an
  /// interaction in the form of the SDK, one of whose actor's identifiers has the id of a profile as its value.
  /// - Throws: ``CommandFailure``.
  mutating func readInteractions(_ path: String, _ console: Console) throws {
    let schema = catalogue.events
    let takesInteractions = schema == .standard || schema == .amount
    try read(path, console) { input, object throws(JSONError) in
      let number: UInt32
      let event: SegmentEvent
      if object["actor"] != nil {
        guard takesInteractions else {
          throw JSONError(.invalidValue, "an interaction has the standard fields alone, the definitions declare others")
        }
        let interaction = try Interaction(json: .object(object))
        var owner: UInt32?
        for identifier in interaction.actor.identifiers where owner == nil { owner = input.numbers[identifier.value] }
        guard let known = owner else {
          throw JSONError(.invalidValue, "no profile has one of these identifiers as its id", path: [.key("actor")])
        }
        number = known
        event = SegmentEvent(interaction)
      } else {
        try object.expect("person", "kind", "at", "amount", "fields")
        guard let known = input.numbers[try object.string("person")] else {
          throw JSONError(.invalidValue, "no profile has this id", path: [.key("person")])
        }
        number = known
        event = try Self.event(object, schema)
      }
      input.events.append((number, event))
      input.counts.interactions += 1
    }
  }

  private static func event(_ object: JSONObject, _ schema: EventSchema) throws(JSONError) -> SegmentEvent {
    let time = try object.required("at", as: Instant.self)
    let kind = try object.required("kind", as: InteractionKind.self)
    var event = SegmentEvent(kind, at: time.millisecondsSinceEpoch, amount: try object.optionalDouble("amount") ?? .nan)
    guard let fields = try object.optionalObject("fields") else { return event }
    event.further = [Value?](repeating: nil, count: schema.fields.count - 1)
    for member in fields {
      guard let number = schema.index(of: member.key), number > 0 else {
        throw JSONError(
          .invalidValue, "the field is not declared in the definitions", path: [.key("fields"), .key(member.key)])
      }
      do throws(JSONError) { event.further[number - 1] = try value(member.value, schema.fields[number].type) } catch {
        throw error.prefixed(by: .key(member.key)).prefixed(by: .key("fields"))
      }
    }
    return event
  }

  /// A value of the declared type; a whole number may stand for a double.
  private static func value(_ json: JSON, _ type: ExpressionType) throws(JSONError) -> Value? {
    if json.isNull { return nil }
    let value = try Value(json: json)
    switch (type, value) {
    case (.double, .int(let number)): return .double(Double(number))
    case (.bool, .bool), (.int, .int), (.double, .double), (.string, .string), (.timestamp, .timestamp): return value
    case (.list(.string), .list(let elements)) where elements.allSatisfy({ $0.stringValue != nil }): return value
    case (.timestamp, .string(let text)):
      do { return .timestamp(try Instant(rfc3339: text)) } catch { throw JSONError(.invalidValue, error.reason) }
    case (.bool, _), (.int, _), (.double, _), (.string, _), (.timestamp, _), (.list(.string), _):
      throw JSONError(.typeMismatch, "expected \(type), found \(value.typeName)")
    default: return value
    }
  }

  /// Reads lines; what is wrong with one is told, counted, and the rest goes on.
  private mutating func read(
    _ path: String, _ console: Console, _ take: (inout SegmentInput, JSONObject) throws(JSONError) -> Void
  ) throws {
    var source = try InputReader(path, console: console)
    var progress = Progress(console: console, totalBytes: source.size)
    defer { progress.finish() }
    var splitter = LineSplitter()
    func takeAll(_ lines: [InputLine], _ input: inout SegmentInput) throws {
      for line in lines {
        do throws(InputError) {
          let bytes = try line.content.get()
          if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
          input.counts.rows += 1
          do throws(JSONError) { try take(&input, try JSON(bytes: Array(bytes)).objectValue()) } catch {
            throw InputError(error, line: line.number)
          }
        } catch {
          let place = error.column.map { "column \($0): " } ?? ""
          let message = "\(source.name):\(error.line): \(place)\(error.reason)"
          if input.isStrict { throw CommandFailure(message) }
          input.counts.refused += 1
          console.error(message + "\n")
        }
      }
    }
    while let bytes = try source.read() {
      try takeAll(splitter.push(bytes), &self)
      progress.advance(bytes: bytes.count, rows: counts.rows)
    }
    try takeAll(splitter.finish(), &self)
  }
}
