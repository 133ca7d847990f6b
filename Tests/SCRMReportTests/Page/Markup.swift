/// A strict reading of a page as XML: what a browser is lenient about is an error here.
struct Markup {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  struct Element {
    let name: String
    let attributes: [String: String]
    /// The places of the elements around it, outermost first.
    let parents: [Int]
    /// The text inside, with that of inner elements.
    var text = ""
  }

  private(set) var elements: [Element] = []
  private var open: [Int] = []
  private let scalars: [Unicode.Scalar]
  private var place = 0

  init(_ source: String) throws {
    scalars = Array(source.unicodeScalars)
    for scalar in scalars where scalar.value < 0x20 && scalar != "\n" || (0x7F...0x9F).contains(scalar.value) {
      throw Failure(description: "control character \(scalar.value)")
    }
    let doctype = Array("<!DOCTYPE html>".unicodeScalars)
    guard scalars.starts(with: doctype) else { throw Failure(description: "no document type") }
    place = doctype.count
    while place < scalars.count { try step() }
    guard open.isEmpty else { throw Failure(description: "\(elements[open[0]].name) is not closed") }
  }

  func elements(_ name: String, class style: String? = nil) -> [Element] {
    elements.filter { element in
      guard element.name == name else { return false }
      guard let style else { return true }
      return element.attributes["class"]?.split(separator: " ").contains { $0 == style } ?? false
    }
  }

  func element(id: String) -> Element? { elements.first { $0.attributes["id"] == id } }

  /// The texts of the cells of the row that a text names, without those that hold drawings.
  func row(_ name: String) -> [String]? {
    guard let row = elements.firstIndex(where: { $0.name == "tr" && $0.text.hasPrefix(name) }) else { return nil }
    return elements.filter { ["th", "td"].contains($0.name) && $0.parents.contains(row) }.map(\.text)
      .filter { !$0.isEmpty }
  }

  private mutating func step() throws {
    guard scalars[place] == "<" else { return try text() }
    place += 1
    if peek("/") {
      place += 1
      let name = try word()
      try expect(">")
      guard let last = open.popLast(), elements[last].name == name else {
        throw Failure(description: "</\(name)> closes what was not opened")
      }
      return
    }
    let name = try word()
    var attributes: [String: String] = [:]
    while true {
      let hadSpace = skipSpaces()
      if peek("/") {
        place += 1
        try expect(">")
        add(name, attributes)
        return
      }
      if peek(">") {
        place += 1
        add(name, attributes)
        open.append(elements.count - 1)
        return
      }
      guard hadSpace else { throw Failure(description: "no space before an attribute of \(name)") }
      let attribute = try word()
      try expect("=")
      try expect("\"")
      guard attributes.updateValue(try content(until: "\""), forKey: attribute) == nil else {
        throw Failure(description: "\(attribute) twice on \(name)")
      }
      try expect("\"")
    }
  }

  private mutating func add(_ name: String, _ attributes: [String: String]) {
    elements.append(Element(name: name, attributes: attributes, parents: open))
  }

  private mutating func text() throws {
    let text = try content(until: "<")
    for index in open { elements[index].text += text }
    if open.isEmpty, text.contains(where: { !$0.isWhitespace }) {
      throw Failure(description: "text outside of the page")
    }
  }

  private mutating func content(until end: Unicode.Scalar) throws -> String {
    var text = String.UnicodeScalarView()
    while place < scalars.count, scalars[place] != end {
      let scalar = scalars[place]
      if scalar == "<" { throw Failure(description: "< inside of an attribute") }
      place += 1
      if scalar != "&" {
        text.append(scalar)
        continue
      }
      let name = String(String.UnicodeScalarView(scalars[place...].prefix { $0 != ";" }.prefix(8)))
      let known: [String: Unicode.Scalar] = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "#39": "'"]
      guard let character = known[name] else { throw Failure(description: "&\(name) is not known") }
      text.append(character)
      place += name.unicodeScalars.count + 1
    }
    return String(text)
  }

  private mutating func word() throws -> String {
    var word = String.UnicodeScalarView()
    while place < scalars.count,
      scalars[place].properties.isAlphabetic || "-:0123456789".unicodeScalars.contains(scalars[place])
    {
      word.append(scalars[place])
      place += 1
    }
    if word.isEmpty { throw Failure(description: "a name is missing at \(place)") }
    return String(word)
  }

  private mutating func skipSpaces() -> Bool {
    let start = place
    while place < scalars.count, scalars[place] == " " || scalars[place] == "\n" { place += 1 }
    return place > start
  }

  private func peek(_ scalar: Unicode.Scalar) -> Bool { place < scalars.count && scalars[place] == scalar }

  private mutating func expect(_ scalar: Unicode.Scalar) throws {
    guard peek(scalar) else { throw Failure(description: "expected \(scalar) at \(place)") }
    place += 1
  }
}
