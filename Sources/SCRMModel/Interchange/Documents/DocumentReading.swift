public import StrictJSON

/// What a document holds: interactions, parts that are valid but no interaction, and parts that were refused.
public struct DocumentReading: Sendable, Hashable, Redacted {
  /// The interactions, in the order of the document.
  public var interactions: [Interaction]
  /// What is valid but no interaction, in the order of the document.
  public var setAside: [SetAside]
  /// Why members of a batch were refused, in the order of the document; the others are read all the same.
  public var refused: [JSONError]

  /// Creates a reading.
  public init(_ interactions: [Interaction] = [], setAside: [SetAside] = [], refused: [JSONError] = []) {
    self.interactions = interactions
    self.setAside = setAside
    self.refused = refused
  }

  /// A document that is no interaction.
  init(notAnInteraction reason: String, at path: String = "") {
    self.init(setAside: [SetAside(path: path, reason: reason)])
  }

  /// Counts only.
  public var redactedDescription: String {
    "\(interactions.count) interactions, \(setAside.count) set aside, \(refused.count) refused"
  }
}
