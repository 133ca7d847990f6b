import ArgumentParser

/// The formats of interactions the tool reads.
enum InputFormat: Sendable, Hashable, ExpressibleByArgument {
  /// The SDK's own JSON Lines.
  case ndjson
  /// Comma-separated values, read by the mapping of the configuration.
  case csv
  /// JSON Lines of the Segment spec.
  case segment
  /// JSON Lines of documents of a foreign format.
  case document(DocumentFormat)

  private static let named: [(name: String, format: InputFormat)] =
    [("ndjson", .ndjson), ("csv", .csv), ("segment", .segment)]
    + DocumentFormat.allCases.map { ($0.rawValue, .document($0)) }

  /// The names, for help.
  static let names = named.map(\.name).joined(separator: ", ")

  /// The names, for messages about a wrong one.
  static var allValueStrings: [String] { named.map(\.name) }

  init?(argument: String) {
    guard let known = Self.named.first(where: { $0.name == argument }) else { return nil }
    self = known.format
  }
}
