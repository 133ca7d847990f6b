import Foundation
import Testing

/// A block of code in prose: in a Markdown file or in the documentation comment of a source file.
struct CodeBlock: Sendable, CustomTestStringConvertible {
  var file: String
  /// The line of the opening fence, from 1.
  var line: Int
  /// What stands behind the fence, such as `swift`.
  var language: String
  /// The lines with their indentation, but without the marks of a comment.
  var lines: [String]

  /// Without white space at the ends, without blank lines.
  var trimmedLines: [String] { Project.trimmed(lines) }

  var testDescription: String { "\(file):\(line)" }

  /// The blocks of a Markdown text.
  static func blocks(in text: String, file: String) -> [CodeBlock] {
    var blocks: [CodeBlock] = []
    var open: CodeBlock?
    for (index, line) in text.components(separatedBy: "\n").enumerated() {
      let trimmed = line.trimmingCharacters(in: .whitespaces)
      if trimmed.hasPrefix("```") {
        if let block = open {
          blocks.append(block)
          open = nil
        } else {
          open = CodeBlock(file: file, line: index + 1, language: String(trimmed.dropFirst(3)), lines: [])
        }
      } else {
        open?.lines.append(line)
      }
    }
    return blocks
  }

  /// The blocks in the documentation comments of a Swift text.
  static func blocksOfComments(in text: String, file: String) -> [CodeBlock] {
    let comments = text.components(separatedBy: "\n").map { line in
      let trimmed = line.trimmingCharacters(in: .whitespaces)
      return trimmed.hasPrefix("///") ? String(trimmed.dropFirst(3)) : ""
    }
    return blocks(in: comments.joined(separator: "\n"), file: file)
  }
}

/// The files of the package, found from the place of this file.
enum Project {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  /// The paths of the files below a folder, relative to the package, in byte order.
  static func files(in folder: String, extension name: String) -> [String] {
    let start = root.appendingPathComponent(folder).path
    return (FileManager.default.enumerator(atPath: start)?.compactMap { $0 as? String } ?? [])
      .filter { $0.hasSuffix("." + name) && !$0.contains(".build") }.map { folder + "/" + $0 }.sorted()
  }

  /// Lines without white space at the ends, without blank ones.
  static func trimmed(_ lines: [String]) -> [String] {
    lines.map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
  }

  /// Every block of the prose: README, Documentation, the catalogues and the comments of the sources.
  static func blocks() throws -> [CodeBlock] {
    let prose = ["README.md"] + files(in: "Documentation", extension: "md") + files(in: "Sources", extension: "md")
    var blocks = try prose.flatMap { CodeBlock.blocks(in: try text($0), file: $0) }
    for path in files(in: "Sources", extension: "swift") {
      blocks += CodeBlock.blocksOfComments(in: try text(path), file: path)
    }
    return blocks
  }

  /// The compiled lines a block may be found in, by file: the snippets and the examples of the root package.
  static func compiledLines() throws -> [String: [String]] {
    var compiled: [String: [String]] = [:]
    let examples = ["Quickstart"] + ["Model", "Identity", "Segmentation", "Influence", "Rule"].map { $0 + "Example" }
    let folders = ["Tests/DocumentationTests/Snippets"] + examples.map { "Examples/" + $0 }
    for path in folders.flatMap({ files(in: $0, extension: "swift") }) {
      compiled[path] = trimmed(try text(path).components(separatedBy: "\n"))
    }
    return compiled
  }
}

extension Array where Element: Equatable {
  /// Whether the elements of `part` stand in the array one behind the other.
  func containsRun(_ part: [Element]) -> Bool { whyNoRun(part) == nil }

  /// The index in `part` up to which the longest run agrees; `nil` when all of it is found.
  func whyNoRun(_ part: [Element]) -> Int? {
    var longest = 0
    for start in indices {
      var length = 0
      while length < part.count, start + length < count, self[start + length] == part[length] { length += 1 }
      if length == part.count { return nil }
      longest = Swift.max(longest, length)
    }
    return longest
  }
}
