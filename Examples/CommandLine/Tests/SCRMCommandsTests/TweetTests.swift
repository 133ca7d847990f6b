import Foundation
import SocialCRM
import Testing

/// The customer support tweets through the command, by the sample configuration.
struct TweetTests {
  @Test func `the figures of the tweets, twice into one store`() async throws {
    guard let root = ProcessInfo.processInfo.environment["SCRM_DATA"] else {
      print("skipped: customer support tweets, because SCRM_DATA is not set")
      return
    }
    let scratch = try Scratch()
    let archive = URL(fileURLWithPath: root).appendingPathComponent("social/twcs_first5000.csv.gz").path
    guard let unzipped = run("/usr/bin/env", ["gunzip", "-c", archive]), unzipped.status == 0 else {
      print("skipped: customer support tweets, because gunzip or the file is missing")
      return
    }
    let table = try scratch.file("tweets.csv", unzipped.output)
    let config = try Sample.path("twcs.json")
    let store = "file:" + scratch.path("store.json")
    let first = await scrm(
      "run", "--format", "csv", table, "--config", config, "--store", store, "--summary", scratch.path("1.json"),
      "--report", scratch.path("1.html"))
    #expect(first.status == 0)
    #expect(first.error == "4965 rows: 4965 accepted, 0 duplicates, 0 refused, 0 unreadable\n")
    let summary = try scratch.json("1.json")
    #expect(summary["replies", "pairs"] == .int(2_159) && summary["replies", "negative"] == .int(0))
    #expect(summary["replies", "latencySeconds", "median"]?.number == 718)
    for (brand, median) in [("AmazonHelp", 533), ("AppleSupport", 537), ("British_Airways", 20_519.5)] {
      #expect(summary["replies", "brands", brand, "latencySeconds", "median"]?.number == median, "\(brand)")
    }
    #expect(summary["threads", "count"] == .int(1_335) && summary["threads", "largest"] == .int(130))
    let page = String(decoding: try #require(scratch.bytes("1.html")), as: UTF8.self)
    for text in [
      "2,159 replies came within 11 min 58 s", "652 questions have no reply", ">AmazonHelp</th>", "8 min 53 s",
    ] {
      #expect(page.contains(text), "\(text)")
    }
    let kept = try #require(scratch.bytes("store.json"))

    let second = await scrm("run", table, "--config", config, "--store", store, "--summary", scratch.path("2.json"))
    #expect(second.error == "4965 rows: 0 accepted, 4965 duplicates, 0 refused, 0 unreadable; nothing changed\n")
    #expect(scratch.bytes("store.json") == kept && second.output == first.output)
    let again = try scratch.json("2.json")
    for part in ["store", "replies", "threads", "segments", "tiers", "actions", "influence"] {
      #expect(summary[part] != nil && summary[part] == again[part], "\(part)")
    }
  }
}
