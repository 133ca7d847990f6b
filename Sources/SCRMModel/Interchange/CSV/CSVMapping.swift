/// How the columns of a table become the fields of interactions; columns are named as in the header row.
///
/// `Documentation/Interchange.md` shows the JSON form. ``check(header:)`` tells beforehand whether a table fits.
///
/// ```swift
/// let mapping = CSVMapping(
///   source: "shop", id: "order_no", kind: .constant("purchase"),
///   actor: .init([.init(column: "member", namespace: .loyalty("club"))]),
///   time: .init(column: "paid_at", format: .pattern("yyyy-MM-dd HH:mm:ss"), offset: 28_800),
///   amount: .init(column: "total", currency: .constant("CNY")))
/// ```
public struct CSVMapping: Sendable, Hashable {
  /// The source of the interactions.
  public var source: SourceID
  /// What separates the fields.
  public var delimiter: CSVDelimiter
  /// The names of the columns of a table without a header row; `nil` when the first row names them.
  public var header: [String]?
  /// The column of the event id; rows without one get ``EventKey/fallback(source:content:)`` over the row as
  /// ``CSVWriter`` writes it with commas.
  public var id: String?
  /// What was done.
  public var kind: Lookup
  /// Who did it; a row without any of the identifiers is refused.
  public var actor: PartyColumns
  /// To whom it was addressed; left out in rows without any of the identifiers.
  public var target: PartyColumns?
  /// What it is about.
  public var object: ObjectColumns?
  /// What was said.
  public var text: TextColumn?
  /// When it happened.
  public var time: TimeColumn
  /// When it was received; without it, and in empty cells, what the host gives to the parser.
  public var received: TimeColumn?
  /// The column with the event id, of the same source, of what it answers.
  public var inReplyTo: String?
  /// The column of the conversation.
  public var thread: String?
  /// The column of the session.
  public var session: String?
  /// The brand.
  public var brand: Lookup?
  /// The channel.
  public var channel: Lookup?
  /// The name of the campaign.
  public var campaign: Lookup?
  /// The money involved.
  public var amount: AmountColumns?
  /// Columns that become properties.
  public var properties: [FieldColumn]
  /// Columns that become traits of the actor.
  public var traits: [FieldColumn]

  /// Creates a mapping.
  public init(
    source: SourceID, delimiter: CSVDelimiter = .comma, header: [String]? = nil, id: String? = nil, kind: Lookup,
    actor: PartyColumns, target: PartyColumns? = nil, object: ObjectColumns? = nil, text: TextColumn? = nil,
    time: TimeColumn, received: TimeColumn? = nil, inReplyTo: String? = nil, thread: String? = nil,
    session: String? = nil, brand: Lookup? = nil, channel: Lookup? = nil, campaign: Lookup? = nil,
    amount: AmountColumns? = nil, properties: [FieldColumn] = [], traits: [FieldColumn] = []
  ) {
    self.source = source
    self.delimiter = delimiter
    self.header = header
    self.id = id
    self.kind = kind
    self.actor = actor
    self.target = target
    self.object = object
    self.text = text
    self.time = time
    self.received = received
    self.inReplyTo = inReplyTo
    self.thread = thread
    self.session = session
    self.brand = brand
    self.channel = channel
    self.campaign = campaign
    self.amount = amount
    self.properties = properties
    self.traits = traits
  }

  /// Checks that a table with these columns fits.
  /// - Throws: ``SCRMError`` whose subject names the column or member: `missing` for a column that is not there,
  ///   `duplicateName` for one that is there twice, `invalidValue` for a role or a time format that does not exist.
  public func check(header: [String]) throws(SCRMError) { _ = try CSVRowReader(self, header: header, limits: Limits()) }

  /// The names of all columns that are read, each once, in the order of the fields.
  public var columns: [String] {
    var names: [String?] = [id, kind.column]
    for party in [actor, target] {
      guard let party else { continue }
      names += party.identifiers.map(\.column) + [party.role.column, party.name]
    }
    names += [object?.id, object?.type.column, object?.name, text?.column, text?.language?.column]
    names += [time.column, received?.column, inReplyTo, thread, session, brand?.column, channel?.column]
    names += [campaign?.column, amount?.column, amount?.currency.column]
    names += (properties + traits).map(\.column)
    var seen: Set<String> = []
    return names.compactMap { $0 }.filter { seen.insert($0).inserted }
  }
}
