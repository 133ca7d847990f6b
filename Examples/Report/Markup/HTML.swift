/// Markup that is well-formed as XML and as HTML.
///
/// Literals in the source are markup; every text that is put into one is escaped. So no text from data can become markup:
///
///     let cell: HTML = "<td>\(name)</td>"
struct HTML: Sendable, ExpressibleByStringInterpolation {
  private(set) var source: String

  init(stringLiteral value: String) { source = value }

  init(stringInterpolation: StringInterpolation) { source = stringInterpolation.source }

  private init(source: String) { self.source = source }

  static func + (left: HTML, right: HTML) -> HTML { HTML(source: left.source + right.source) }

  /// Nothing.
  static var none: HTML { "" }

  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var source = ""

    init(literalCapacity: Int, interpolationCount: Int) { source.reserveCapacity(literalCapacity * 2) }

    mutating func appendLiteral(_ literal: String) { source += literal }

    mutating func appendInterpolation(_ text: String) { text.appendEscaped(to: &source) }

    mutating func appendInterpolation(_ html: HTML) { source += html.source }

    mutating func appendInterpolation(_ parts: [HTML]) { for part in parts { source += part.source } }

    mutating func appendInterpolation(_ number: Int) { source += String(number) }
  }
}
