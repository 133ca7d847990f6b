import Foundation
import SocialCRM

/// Where the interactions come from, in batches, so that a large file need not fit into memory.
struct InputSource {
  let title: String
  let batches: AnySequence<[Result<Interaction, InputError>]>
  /// Why they ended before they should have; `nil` when they did not.
  var failure: () -> (any Error)? = { nil }
}

/// A sequence cut into batches of a thousand.
struct BatchSequence<Base: Sequence>: Sequence, IteratorProtocol {
  private var base: Base.Iterator

  init(_ base: Base) { self.base = base.makeIterator() }

  mutating func next() -> [Base.Element]? {
    var batch: [Base.Element] = []
    while batch.count < 1_000, let element = base.next() { batch.append(element) }
    return batch.isEmpty ? nil : batch
  }
}

extension Quickstart {
  /// The interactions of a file; lines that cannot be read are reported and skipped.
  static func file(_ path: String) throws -> InputSource {
    let reader = LineFileReader(try FileHandle(forReadingFrom: URL(fileURLWithPath: path)))
    return InputSource(
      title: URL(fileURLWithPath: path).lastPathComponent,
      batches: AnySequence(BatchSequence(IteratorSequence(reader).lazy.joined())), failure: { reader.failure })
  }
}

/// Reads a file of lines in pieces; a piece that cannot be read ends it.
final class LineFileReader: IteratorProtocol {
  private let handle: FileHandle
  private var parser = InteractionLineParser()
  private var isAtEnd = false
  /// Why the file could not be read to its end.
  private(set) var failure: (any Error)?

  init(_ handle: FileHandle) { self.handle = handle }

  func next() -> [Result<Interaction, InputError>]? {
    if isAtEnd { return nil }
    do {
      if let data = try handle.read(upToCount: 1 << 18), !data.isEmpty {
        return parser.push([UInt8](data)).map(\.result)
      }
    } catch {
      failure = error
    }
    isAtEnd = true
    return parser.finish().map(\.result)
  }
}
