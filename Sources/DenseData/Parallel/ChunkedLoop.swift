import Dispatch
import Synchronization

/// A loop over numbered chunks of work on several threads.
///
/// Chunks are cut by the caller and do not depend on the number of threads; whoever keeps one partial result for each
/// chunk and combines them in the order of the chunks gets the same answer for any number of threads. A chunk should be
/// worth 100 µs or more.
package struct ChunkedLoop: Sendable, Hashable {
  /// How many threads take part, at least 1.
  package let threads: Int

  package init(threads: Int) { self.threads = max(1, threads) }

  /// Calls `body` once for each chunk in `0 ..< count` and returns when all are done.
  ///
  /// - Parameter body: gets the number of the worker, below `threads`, and of the chunk. No two calls with the same
  ///   worker run at the same time; calls with different ones do, so a call writes only what belongs to its chunk or its
  ///   worker.
  package func run(_ count: Int, _ body: (_ worker: Int, _ chunk: Int) -> Void) {
    let workers = min(threads, count)
    guard workers > 1 else {
      for chunk in 0..<max(count, 0) { body(0, chunk) }
      return
    }
    // Dispatch asks for a sendable closure because it cannot know that calls keep to parts of memory of their own. That is
    // what this function demands of its callers, and the only place where it is taken on trust.
    withoutActuallyEscaping(body) { body in
      let shared = unsafeBitCast(body, to: (@Sendable (Int, Int) -> Void).self)
      let next = Atomic(0)
      DispatchQueue.concurrentPerform(iterations: workers) { worker in
        while true {
          let chunk = next.wrappingAdd(1, ordering: .relaxed).oldValue
          if chunk >= count { return }
          shared(worker, chunk)
        }
      }
    }
  }
}
