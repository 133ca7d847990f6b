public import Foundation

/// Where a command writes what it has to say: standard output and standard error, or whatever a test puts in their place.
public struct Console: Sendable {
  /// Writes bytes to standard output.
  public var output: @Sendable (Data) throws -> Void
  /// Writes text to standard error.
  public var error: @Sendable (String) -> Void
  /// Reads up to so many bytes of standard input; empty or `nil` at its end.
  public var input: @Sendable (Int) throws -> Data?
  /// Whether someone watches standard error, so that progress is worth showing.
  public var isWatched: Bool

  /// Creates a console.
  public init(
    output: @escaping @Sendable (Data) throws -> Void, error: @escaping @Sendable (String) -> Void,
    input: @escaping @Sendable (Int) throws -> Data? = { _ in nil }, isWatched: Bool = false
  ) {
    self.output = output
    self.error = error
    self.input = input
    self.isWatched = isWatched
  }

  /// The console of the process.
  public static var standard: Console {
    Console(
      output: { try FileHandle.standardOutput.write(contentsOf: $0) },
      error: { try? FileHandle.standardError.write(contentsOf: Data($0.utf8)) },
      input: { try FileHandle.standardInput.read(upToCount: $0) }, isWatched: isatty(STDERR_FILENO) == 1)
  }
}
