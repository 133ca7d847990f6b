import ArgumentParser
import Foundation

extension OutputFile {
  /// Checks that results go to different files, and none to one that is read, however the paths are spelled.
  ///
  /// `-` is no file; of devices several may be written.
  /// - Throws: `ValidationError`.
  static func check(results: [String?], inputs: [String?]) throws {
    let targets = files(results)
    if Set(targets).count < targets.count { throw ValidationError("two results would go to one file") }
    if let first = Set(targets).intersection(files(inputs)).min() {
      throw ValidationError("a result would replace what is read: \(first)")
    }
  }

  private static func files(_ paths: [String?]) -> [String] {
    paths.compactMap { $0 }.filter { $0 != "-" && !$0.hasPrefix("/dev/") }
      .map { URL(fileURLWithPath: $0).standardizedFileURL.resolvingSymlinksInPath().path }
  }
}
