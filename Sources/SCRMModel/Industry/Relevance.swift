/// How much an industry wants something.
public enum Relevance: String, Sendable, Hashable, Codable, CaseIterable {
  /// Without it the picture is incomplete.
  case required
  /// Wanted where it is known.
  case useful
  /// Not wanted.
  case irrelevant
}

/// What is required, useful and irrelevant among subjects of one type, such as attribute groups.
///
/// Each subject is in one of the three lists at most; the lists are sorted.
public struct Relevances<Subject: Sendable & Hashable & Comparable & Codable>: Sendable, Hashable, Codable {
  /// The required subjects.
  public private(set) var required: [Subject] = []
  /// The useful subjects.
  public private(set) var useful: [Subject] = []
  /// The irrelevant subjects.
  public private(set) var irrelevant: [Subject] = []

  /// Creates the lists; a subject named twice goes where it is more wanted.
  public init(required: [Subject] = [], useful: [Subject] = [], irrelevant: [Subject] = []) {
    for subject in irrelevant { self[subject] = .irrelevant }
    for subject in useful { self[subject] = .useful }
    for subject in required { self[subject] = .required }
  }

  /// The relevance of a subject; `nil` when nothing is said about it, and assigning `nil` makes it so.
  ///
  /// O(n).
  public subscript(subject: Subject) -> Relevance? {
    get {
      if required.contains(subject) { return .required }
      if useful.contains(subject) { return .useful }
      return irrelevant.contains(subject) ? .irrelevant : nil
    }
    set {
      required.removeAll { $0 == subject }
      useful.removeAll { $0 == subject }
      irrelevant.removeAll { $0 == subject }
      switch newValue {
      case .required?: Self.insert(subject, into: &required)
      case .useful?: Self.insert(subject, into: &useful)
      case .irrelevant?: Self.insert(subject, into: &irrelevant)
      case nil: break
      }
    }
  }

  private enum CodingKeys: String, CodingKey { case required, useful, irrelevant }

  /// Reads the lists in any order.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      required: try container.decodeIfPresent([Subject].self, forKey: .required) ?? [],
      useful: try container.decodeIfPresent([Subject].self, forKey: .useful) ?? [],
      irrelevant: try container.decodeIfPresent([Subject].self, forKey: .irrelevant) ?? [])
  }

  private static func insert(_ subject: Subject, into list: inout [Subject]) {
    list.insert(subject, at: list.firstIndex { subject < $0 } ?? list.endIndex)
  }
}
