import Foundation
import SCRMModel

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Makes a dictionary of an XML document, as a host's adapter would: texts by the names of elements, and objects where an
/// element holds others; elements of the same name become a list.
final class XMLDictionary: NSObject, XMLParserDelegate {
  private var stack: [(name: String, object: JSONObject, text: String)] = []
  private var root: JSON = .null

  static func read(_ data: Data) -> JSON {
    let reader = XMLDictionary()
    let parser = XMLParser(data: data)
    parser.delegate = reader
    return parser.parse() ? reader.root : .null
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String] = [:]
  ) { stack.append((name, JSONObject(), "")) }

  func parser(_ parser: XMLParser, foundCharacters text: String) { append(text) }

  func parser(_ parser: XMLParser, foundCDATA block: Data) { append(String(decoding: block, as: UTF8.self)) }

  private func append(_ text: String) {
    guard !stack.isEmpty else { return }
    stack[stack.count - 1].text += text
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    guard let element = stack.popLast() else { return }
    let value = element.object.count > 0 ? JSON.object(element.object) : .string(element.text)
    guard !stack.isEmpty else {
      root = value
      return
    }
    switch stack[stack.count - 1].object[name] {
    case nil: stack[stack.count - 1].object[name] = value
    case .array(let values)?: stack[stack.count - 1].object[name] = .array(values + [value])
    case .some(let first): stack[stack.count - 1].object[name] = .array([first, value])
    }
  }
}

/// The payloads of platforms in the data folder.
enum PlatformPayload {
  static func document(_ name: String) throws -> JSON? {
    guard let url = InterchangeData.file("social/platform_payloads/" + name) else { return nil }
    let data = try Data(contentsOf: url)
    return name.hasSuffix(".xml") ? XMLDictionary.read(data) : try JSON(bytes: [UInt8](data))
  }
}
