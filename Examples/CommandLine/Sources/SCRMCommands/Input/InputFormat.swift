import ArgumentParser

/// The formats of interactions the tool reads.
enum InputFormat: String, Sendable, CaseIterable, ExpressibleByArgument {
  /// The SDK's own JSON Lines.
  case ndjson
  /// Comma-separated values, read by the mapping of the configuration.
  case csv
  /// JSON Lines of the Segment spec.
  case segment
}
