public import StrictJSON

/// Reads documents of one foreign format: each a JSON tree, as it came or as an adapter made it from XML.
///
/// Readers are values without state: the same document gives the same reading.
public protocol InteractionDocumentReader: Sendable {
  /// Media type under which the document is kept as the raw payload.
  var mediaType: String { get }
  /// What a document holds, in O(n).
  /// - Throws: `JSONError` with the path of what breaks the rules of the format.
  func read(_ document: JSON) throws(JSONError) -> DocumentReading
}
