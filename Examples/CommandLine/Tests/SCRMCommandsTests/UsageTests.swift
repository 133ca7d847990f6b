import Foundation
import Testing

struct UsageTests {
  @Test(arguments: [
    ["run"], ["run", "a.csv"], ["run", "--config", "c.json"], ["run", "a", "--config", "c", "--unknown"],
    ["run", "a", "--config", "c", "--store", "sqlite:"], ["run", "a", "--config", "c", "--store", "file:"],
    ["run", "a", "--config", "c", "--mode", "dry"], ["run", "a", "--config", "c", "--format", "xml"],
    ["run", "a", "--config", "c", "--received", "yesterday"], ["run", "-", "-", "--config", "c"],
    ["run", "a", "--config", "c", "--received", "2024-05-01T00:00:00Z", "--format", "ndjson"],
    ["run", "a", "--config", "c", "--summary", "-"], ["run", "a", "--config", "c", "--report", "-"],
    ["run", "a", "--config", "c", "--summary", "same", "--report", "same"],
    ["run", "a", "--config", "c", "--summary", "same", "--output", "same"],
    ["run", "a", "--config", "c", "--summary", "same", "--store", "file:same"], ["walk"],
  ])
  func `wrong usage gives status 64 and says what is expected`(arguments: [String]) async {
    let answer = await scrm(arguments)
    #expect(answer.status == 64, "\(arguments)")
    #expect(answer.error.contains("Usage:") && answer.output.isEmpty, "\(arguments): \(answer.error)")
  }

  @Test(arguments: [["--help"], ["run", "--help"], []])
  func `help gives status 0`(arguments: [String]) async {
    let answer = await scrm(arguments)
    #expect(answer.status == 0 && answer.output.contains("USAGE: scrm") && answer.error.isEmpty)
  }

  @Test func `the help names every option`() async {
    let answer = await scrm("run", "--help")
    for option in [
      "--config", "--format", "--store", "--mode", "--received", "--summary", "--report", "--output", "--strict",
      "--timings",
      "--explain",
    ] { #expect(answer.output.contains(option), "\(option)") }
  }

  @Test func `files that cannot be read give status 1`() async throws {
    let scratch = try Scratch()
    let config = try scratch.file("scrm.json", Posts.config)
    let noInput = await scrm("run", scratch.path("none.csv"), "--config", config)
    #expect(noInput.status == 1 && noInput.error.contains("there is no such file"))
    let folder = await scrm("run", scratch.folder.path, "--config", config)
    #expect(folder.status == 1 && folder.error.contains("cannot be read"))
    let noConfig = await scrm("run", config, "--config", scratch.path("none.json"))
    #expect(noConfig.status == 1 && noConfig.error.contains("the configuration cannot be read"))
    let noFolder = await scrm("run", config, "--config", config, "--summary", scratch.path("none/s.json"))
    #expect(noFolder.status == 1 && noFolder.error.contains("there is no folder for it"))
  }
}
