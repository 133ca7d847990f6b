import Foundation
import Testing

/// Where results go.
struct OutputTests {
  private func core(_ arguments: String...) async -> Answer {
    await scrm(["graph", "core", "--edges", "-"] + arguments, input: Array("1 2\n".utf8))
  }

  @Test func `a file that was there is emptied first, links to it stay`() async throws {
    let scratch = try Scratch()
    let file = try scratch.file("o.csv", String(repeating: "old ", count: 100))
    let (link, other) = (scratch.path("link.csv"), scratch.path("other.csv"))
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: file)
    try FileManager.default.linkItem(atPath: file, toPath: other)
    let answer = await core("--output", link)
    #expect(answer.status == 0)
    for name in ["o.csv", "link.csv", "other.csv"] {
      #expect(scratch.bytes(name) == Array("node,value\n1,1\n2,1\n".utf8), "\(name)")
    }
    let timed = await core("--timings", link, "--output", scratch.path("p.csv"))
    let figures = try scratch.json("o.csv")
    #expect(timed.status == 0 && figures["seconds"] != nil)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == file)
  }

  @Test func `no two results go to one file, nor one to what is read, however that is spelled`() async throws {
    let scratch = try Scratch()
    let file = try scratch.file("e.csv", "left,right\n1,2\n")
    let link = scratch.path("link.csv")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: file)
    let spelled = scratch.path("./e.csv")
    let other = scratch.path("o.json")
    for arguments in [
      ["graph", "core", "--edges", file, "--output", spelled], ["graph", "core", "--edges", file, "--timings", link],
      ["graph", "core", "--edges", "-", "--output", link, "--timings", file],
      ["stitch", "--edges", file, "--clusters", link], ["run", file, "--config", other, "--output", link],
      ["run", link, "--config", other, "--summary", file], ["run", link, "--config", other, "--store", "file:\(file)"],
      [
        "segment", "--profiles", file, "--interactions", "-", "--definitions", other, "--as-of", "2025-06-15T00:00:00Z",
        "--output", spelled,
      ],
      ["rules", "run", "--rules", other, "--interactions", file, "--actions", spelled],
    ] {
      let answer = await scrm(arguments)
      #expect(answer.status == 64 && answer.error.contains("result"), "\(arguments) \(answer.error)")
      #expect(scratch.bytes("e.csv") == Array("left,right\n1,2\n".utf8))
    }
  }

  @Test func `a device is written to and not replaced`() async throws {
    func isDevice(_ path: String) -> Bool {
      let type = (try? FileManager.default.attributesOfItem(atPath: path))?[.type] as? FileAttributeType
      return type == .typeCharacterSpecial
    }
    guard isDevice("/dev/null") else { return }
    let nowhere = await core("--output", "/dev/null")
    #expect(nowhere.status == 0 && nowhere.output.isEmpty && isDevice("/dev/null"))
    guard isDevice("/dev/full") else { return }
    for option in ["--output", "--timings"] {
      let full = await core(option, "/dev/full")
      #expect(full.status == 1 && full.error.contains("scrm: /dev/full: cannot be written"), "\(full.error)")
    }
    #expect(isDevice("/dev/full"))
  }
}
