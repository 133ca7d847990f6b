import Foundation
import Testing

/// The code that the documentation shows is code that the compiler has seen.
@Suite struct DocumentedCodeTests {
  private static let languages: Set<String> = ["swift", "json", "sh", "text", "sql"]

  @Test func `every Swift block stands in a compiled file`() throws {
    let compiled = try Project.compiledLines()
    let blocks = try Project.blocks().filter { $0.language == "swift" }
    #expect(blocks.count >= 40)
    #expect(compiled.count >= 10)
    for block in blocks {
      let lines = block.trimmedLines
      if compiled.values.contains(where: { $0.containsRun(lines) }) { continue }
      let agreeing = compiled.values.compactMap { $0.whyNoRun(lines) }.max() ?? 0
      let next = agreeing < lines.count ? lines[agreeing] : ""
      Issue.record("\(block.file):\(block.line): not in a compiled snippet; the first line without a match: \(next)")
    }
  }

  @Test func `every block says what it is and holds something`() throws {
    for block in try Project.blocks() {
      #expect(Self.languages.contains(block.language), "\(block.file):\(block.line): language \(block.language)")
      #expect(!block.trimmedLines.isEmpty, "\(block.file):\(block.line): empty")
    }
  }

  @Test(arguments: [("QuickTour", "Quickstart", 3), ("Identity", "IdentityExample", 4)])
  func `what a page shows is what its example prints`(page: String, example: String, count: Int) throws {
    let output = try Project.text("Examples/ExpectedOutput/\(example).txt")
    let printed = Project.trimmed(output.components(separatedBy: "\n"))
    let blocks = try Project.blocks().filter { $0.file == "Documentation/\(page).md" && $0.language == "text" }
    #expect(blocks.count >= count)
    for block in blocks { #expect(printed.containsRun(block.trimmedLines), "\(block.file):\(block.line)") }
  }

  @Test func `links between the documents lead to files`() throws {
    let documents = ["README.md", "CHANGELOG.md"] + Project.files(in: "Documentation", extension: "md")
    for document in documents {
      let folder = Project.root.appendingPathComponent(document).deletingLastPathComponent()
      for target in try links(in: Project.text(document)) {
        let path = folder.appendingPathComponent(target).path
        #expect(FileManager.default.fileExists(atPath: path), "\(document): \(target)")
      }
    }
  }

  /// The targets of links that are no web addresses, without their fragments.
  private func links(in text: String) -> [String] {
    text.components(separatedBy: "](").dropFirst().compactMap { part in
      guard let end = part.firstIndex(of: ")") else { return nil }
      let target = part[..<end].split(separator: "#", omittingEmptySubsequences: false)[0]
      return target.isEmpty || target.contains("://") ? nil : String(target)
    }
  }
}
