extension CSVMapping {
  /// A text that is the same in all rows, or that is looked up by the value of a column.
  public struct Lookup: Sendable, Hashable {
    /// The column; `nil` for the same text in all rows.
    public var column: String?
    /// What the values of the column stand for; when empty, a value stands for itself.
    public var values: [String: String]
    /// What any other value, or an empty cell, stands for.
    public var fallback: String?

    /// The same text in all rows.
    public static func constant(_ text: String) -> Lookup { Lookup(column: nil, values: [:], fallback: text) }

    /// A text by the value of a column.
    public static func column(
      _ column: String, values: [String: String] = [:], default fallback: String? = nil
    ) -> Lookup {
      Lookup(column: column, values: values, fallback: fallback)
    }

    init(column: String?, values: [String: String], fallback: String?) {
      self.column = column
      self.values = values
      self.fallback = fallback
    }
  }

  /// An identifier of a party: from a column, or the first mention in the text.
  public struct IdentifierColumn: Sendable, Hashable {
    /// The column; `nil` for the first `@name` in the text.
    ///
    /// A mention begins at the start or behind a sign that is no letter, digit or `_`. A name that begins with an ASCII
    /// letter, a digit or `_` goes on with these; any other with letters, digits, `_` and `-` of any script.
    public var column: String?
    /// The namespace.
    public var namespace: IdentifierNamespace
    /// How it is asserted.
    public var assertion: Identifier.Assertion
    /// The role the party must have in a row for the identifier to be read; `nil` for any.
    public var role: ActorRole?

    /// An identifier from a column.
    public init(
      column: String, namespace: IdentifierNamespace, assertion: Identifier.Assertion = .claimed,
      role: ActorRole? = nil
    ) {
      self.column = column
      self.namespace = namespace
      self.assertion = assertion
      self.role = role
    }

    /// The first mention in the text.
    public static func mention(
      namespace: IdentifierNamespace, assertion: Identifier.Assertion = .claimed, role: ActorRole? = nil
    ) -> IdentifierColumn {
      var identifier = IdentifierColumn(column: "", namespace: namespace, assertion: assertion, role: role)
      identifier.column = nil
      return identifier
    }
  }

  /// The actor or the target.
  public struct PartyColumns: Sendable, Hashable {
    /// The identifiers.
    public var identifiers: [IdentifierColumn]
    /// The role: `customer`, `staff`, `automation` or `brand`.
    public var role: Lookup
    /// The column of the name to show.
    public var name: String?

    /// Creates a party.
    public init(_ identifiers: [IdentifierColumn], role: Lookup = .constant("customer"), name: String? = nil) {
      self.identifiers = identifiers
      self.role = role
      self.name = name
    }
  }

  /// What an interaction is about; left out in rows without the id.
  public struct ObjectColumns: Sendable, Hashable {
    /// The type, such as `product`.
    public var type: Lookup
    /// The column of the id.
    public var id: String
    /// The column of the name.
    public var name: String?

    /// Creates an object.
    public init(type: Lookup, id: String, name: String? = nil) {
      self.type = type
      self.id = id
      self.name = name
    }
  }

  /// What was said.
  public struct TextColumn: Sendable, Hashable {
    /// The column.
    public var column: String
    /// BCP 47 language tag.
    public var language: Lookup?

    /// Creates a text.
    public init(column: String, language: Lookup? = nil) {
      self.column = column
      self.language = language
    }
  }

  /// A point in time.
  public struct TimeColumn: Sendable, Hashable {
    /// The column.
    public var column: String
    /// How it is written.
    public var format: TimestampFormat
    /// Seconds east of UTC for a pattern without an offset; whole minutes within one day.
    public var offset: Int32

    /// Creates a time.
    public init(column: String, format: TimestampFormat = .rfc3339, offset: Int32 = 0) {
      self.column = column
      self.format = format
      self.offset = offset
    }
  }

  /// An amount of money; read by its digits, left out in rows without it.
  public struct AmountColumns: Sendable, Hashable {
    /// The column of the amount.
    public var column: String
    /// The currency.
    public var currency: Lookup

    /// Creates an amount.
    public init(column: String, currency: Lookup) {
      self.column = column
      self.currency = currency
    }
  }

  /// A column that becomes a property or a trait; empty cells are left out.
  public struct FieldColumn: Sendable, Hashable {
    /// What the cells hold.
    public enum Kind: Sendable, Hashable {
      /// Text.
      case text
      /// A whole number of 64 signed bits.
      case int
      /// A finite decimal number.
      case double
      /// `true`, `yes`, `1` or `false`, `no`, `0`, in any case.
      case bool
      /// A point in time; the offset, in seconds, counts for a pattern without one.
      case timestamp(TimestampFormat, offset: Int32)
    }

    /// The column.
    public var column: String
    /// The name of the property or trait.
    public var name: String
    /// What the cells hold.
    public var kind: Kind

    /// Creates a field; without a name it has that of the column.
    public init(column: String, name: String? = nil, kind: Kind = .text) {
      self.column = column
      self.name = name ?? column
      self.kind = kind
    }
  }
}
