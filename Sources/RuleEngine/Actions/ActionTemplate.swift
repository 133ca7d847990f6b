import SCRMExpressions
public import SCRMModel

/// Text with fields in braces, filled from the facts of the event: `Hello {profile.name|there}, your order {event.order}`.
///
/// A field names a fact; behind `|` stands what is taken when the fact is missing. A field without that refuses the
/// proposal when its fact is missing, so that nobody is ever addressed as nothing. `{{` and `}}` stand for braces.
public struct ActionTemplate: Sendable, Hashable {
  /// A piece of a template.
  enum Piece: Sendable, Hashable {
    case text(String)
    case field(String, otherwise: String?)
  }

  /// The template as written.
  public let text: String
  let pieces: [Piece]

  /// Reads a template.
  /// - Throws: `SCRMError` with `invalidValue` for a brace without its partner or an empty field.
  public init(_ text: String) throws(SCRMError) {
    var pieces: [Piece] = []
    var plain: [UInt8] = []
    var field: [UInt8]?
    let bytes = Array(text.utf8)
    var index = 0
    func fault(_ reason: String) -> SCRMError { SCRMError(.invalidValue, subject: "template", reason) }
    while index < bytes.count {
      let byte = bytes[index]
      let isDouble = index + 1 < bytes.count && bytes[index + 1] == byte
      index += 1
      if var open = field {
        if byte == 0x7B { throw fault("a brace opens within a field, expected } first") }
        guard byte == 0x7D else {
          open.append(byte)
          field = open
          continue
        }
        let parts = open.split(separator: 0x7C, maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(decoding: parts[0], as: UTF8.self)
        if name.isEmpty { throw fault("a field without name, expected the name of a fact") }
        pieces.append(.field(name, otherwise: parts.count > 1 ? String(decoding: parts[1], as: UTF8.self) : nil))
        field = nil
      } else if byte == 0x7B || byte == 0x7D {
        if isDouble {
          plain.append(byte)
          index += 1
          continue
        }
        if byte == 0x7D { throw fault("a brace closes without field, write }} for a brace") }
        if !plain.isEmpty { pieces.append(.text(String(decoding: plain, as: UTF8.self))) }
        plain = []
        field = []
      } else {
        plain.append(byte)
      }
    }
    if field != nil { throw fault("a field is not closed, expected }") }
    if !plain.isEmpty { pieces.append(.text(String(decoding: plain, as: UTF8.self))) }
    self.text = text
    self.pieces = pieces
  }

  /// The names of the facts it needs, in order.
  public var fields: [String] {
    pieces.compactMap { if case .field(let name, _) = $0 { name } else { nil } }
  }

  /// The text without its fields.
  var plainText: String {
    pieces.reduce("") { text, piece in if case .text(let plain) = piece { text + plain } else { text } }
  }

  /// The filled text, or the first field without value.
  func filled(
    escaping: TextEscaping, _ value: (String) -> String?
  ) -> Result<String, MissingField> {
    var result = ""
    for piece in pieces {
      switch piece {
      case .text(let text): result += text
      case .field(let name, let otherwise):
        guard let text = value(name) ?? otherwise else { return .failure(MissingField(name: name)) }
        result += escaping.escape(text)
      }
    }
    return .success(result)
  }

  /// A field that has no value and no text to fall back on.
  struct MissingField: Error { var name: String }
}

extension ActionTemplate {
  /// Whether both are written with the same bytes.
  public static func == (left: Self, right: Self) -> Bool { left.text.sameBytes(as: right.text) }
  /// Hashes the bytes.
  public func hash(into hasher: inout Hasher) { text.hashBytes(into: &hasher) }
}
