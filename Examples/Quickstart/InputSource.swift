import Foundation
import SocialCRM

/// Where the interactions come from, in batches, so that a large file need not fit into memory.
struct InputSource {
  let title: String
  let batches: AnySequence<[Result<Interaction, InputError>]>
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
    let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    var parser = InteractionLineParser()
    var isAtEnd = false
    let chunks = sequence(state: ()) { _ -> [Result<Interaction, InputError>]? in
      if isAtEnd { return nil }
      guard let data = try? handle.read(upToCount: 1 << 18), !data.isEmpty else {
        isAtEnd = true
        return parser.finish().map(\.result)
      }
      return parser.push([UInt8](data)).map(\.result)
    }
    return InputSource(
      title: URL(fileURLWithPath: path).lastPathComponent, batches: AnySequence(BatchSequence(chunks.lazy.joined())))
  }
}
