import Foundation
import IdentityGraph

/// Measures how many statements per second the evidence graph takes in, one by one and in commits of 1,000, with protection
/// on, and what a new statement costs against a graph of a given size.
///
/// Making the statements is not part of the time.
@main
struct EvidenceThroughput {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    let sizes = arguments.isEmpty ? [100_000, 1_000_000] : arguments.compactMap { Int($0) }
    let columns = [
      "commits", "identifiers", "statements", "seconds", "per second", "CPU seconds", "p50 ns", "p99 ns",
      "bytes per identifier",
    ]
    print(columns.joined(separator: "\t"))
    for size in sizes {
      try measure(identifiers: size, inCommits: false)
      try measure(identifiers: size, inCommits: true)
    }
  }

  private static func measure(identifiers: Int, inCommits: Bool) throws {
    var graph = EvidenceGraph()
    var people = People()
    let before = residentBytes()
    let clock = ContinuousClock()
    var taken = Duration.zero
    var processor = 0.0
    var statements = 0
    while graph.identifierCount < identifiers {
      let batch = (0..<1_000).map { _ in people.next() }
      let start = processorSeconds()
      taken += try clock.measure {
        if inCommits {
          graph.add(contentsOf: batch)
        } else {
          for statement in batch { try graph.add(statement) }
        }
      }
      processor += processorSeconds() - start
      statements += batch.count
    }
    let bytes = (residentBytes() - before) / max(graph.identifierCount, 1)
    var latencies: [Duration] = []
    for statement in (0..<20_000).map({ _ in people.next() }) {
      latencies.append(try clock.measure { try graph.add(statement) })
    }
    latencies.sort()
    let seconds = taken / .seconds(1)
    let nanoseconds = { (share: Double) in Int(latencies[Int(share * Double(latencies.count))] / .nanoseconds(1)) }
    print(
      inCommits ? "of 1000" : "of one", graph.identifierCount, statements, String(format: "%.2f", seconds),
      Int(Double(statements) / seconds),
      String(format: "%.2f", processor), nanoseconds(0.5), nanoseconds(0.99), bytes, separator: "\t")
  }

  private static func processorSeconds() -> Double { Double(clock()) / Double(CLOCKS_PER_SEC) }

  private static func residentBytes() -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS") } ?? ""
    return (line.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) } ?? 0) * 1024
  }
}

/// Made-up people with accounts on several platforms, some of whom share a telephone or go by a name.
struct People {
  private var state: UInt64 = 42
  private var count = 0

  private mutating func below(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(max(bound, 1)))
  }

  /// A statement of a new account, or, one time in three, of an account seen before.
  mutating func next() -> IdentityStatement {
    let isKnown = below(3) == 0 && count > 0
    let number = isKnown ? below(count) : count
    if !isKnown { count += 1 }
    let person = number / 2
    var claims = [
      IdentifierClaim(IdentifierKey(.wechatOpenID(app: "shop\(number % 2)"), key: "o\(number)"), .verified),
      IdentifierClaim(IdentifierKey(.phone, key: "+86139\(10_000_000 + (person % 20 == 0 ? person / 2 : person))")),
    ]
    if number % 2 == 1 { claims.append(IdentifierClaim(IdentifierKey(.email, key: "p\(person)@example.org"))) }
    let name = number % 3 == 0 ? [IdentityDescriptor(.name, "Person \(Self.letters(person % 5_000))")] : []
    return IdentityStatement(
      event: EventKey("bench", "\(number)-\(below(1 << 30))"),
      time: Instant(secondsSinceEpoch: Int64(count)) ?? .epoch, identifiers: claims, descriptors: name)
  }

  private static func letters(_ number: Int) -> String {
    String(String(number).map { Character(UnicodeScalar(UInt8(97 + ($0.wholeNumberValue ?? 0)))) })
  }
}
