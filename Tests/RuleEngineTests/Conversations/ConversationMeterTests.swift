import RuleEngine
import SCRMModel
import Testing

struct ConversationMeterTests {
  @Test func `a reply is paired with its question`() {
    let result = report([
      said("q", by: "ann", to: shop),
      said("r", by: "Shop", as: .brand, answering: "q", after: 90, nanoseconds: 500_000_000),
    ])
    #expect(result.replies.latencies.seconds == [90.5])
    #expect(result.replies.answered == 1 && result.replies.open == 0)
    #expect(result.replies(of: "Shop")?.latencies.median == 90.5)
    #expect(result.threads.distribution.map(\.size) == [2])
  }

  @Test func `the order of arrival does not matter`() {
    let all = [
      said("q", by: "ann", to: shop), said("r", by: "Shop", as: .brand, answering: "q", after: 60),
      said("q2", by: "ann", to: shop, answering: "r", after: 70),
      said("r2", by: "eve", as: .staff, answering: "q2", after: 100, brand: "Shop"),
      said("gone", by: "bob", to: shop), said("gone-x", by: "bob", revision: .retracts("gone")),
    ]
    let expected = report(all)
    var generator = ConversationGenerator(seed: 1)
    for _ in 0..<50 { #expect(report(all.shuffled(using: &generator)) == expected) }
    #expect(expected.replies.latencies.seconds == [30, 60])
    #expect(expected.brands.map(\.brand) == ["Shop"])
    #expect(expected.threads.largest == 4)
  }

  @Test func `several replies to one question are several pairs and one answer`() {
    let result = report([
      said("q", by: "ann", to: shop), said("r1", by: "Shop", as: .brand, answering: "q", after: 10),
      said("r2", by: "Shop", as: .brand, answering: "q", after: 30),
    ])
    #expect(result.replies.pairs == 2 && result.replies.answered == 1 && result.replies.latencies.median == 20)
  }

  @Test func `a question without a reply is open at its brand`() {
    let result = report([
      said("q1", by: "ann", to: shop), said("q2", by: "ann", brand: "Other"),
      said("chat", by: "ann", to: Party(.handle("test"), "bob")), said("view", by: "ann", to: shop, text: nil),
    ])
    #expect(result.replies.open == 2 && result.replies.answered == 0 && result.replies.latencies.median == nil)
    #expect(result.replies(of: "Shop")?.open == 1 && result.replies(of: "Other")?.open == 1)
    #expect(result.replies(of: "Nobody") == nil)
  }

  @Test func `a negative latency is counted apart`() {
    let result = report([
      said("q", by: "ann", to: shop, after: 100), said("early", by: "Shop", as: .brand, answering: "q", after: 40),
      said("late", by: "Shop", as: .brand, answering: "q", after: 160),
    ])
    #expect(result.replies.negative == 1 && result.replies.pairs == 2 && result.replies.latencies.seconds == [60])
  }

  @Test func `only brands and staff reply, only to customers`() {
    let result = report([
      said("q", by: "ann", to: shop), said("bot", by: "bot", as: .automation, answering: "q", after: 1),
      said("friend", by: "bob", answering: "q", after: 2), said("own", by: "Shop", as: .brand),
      said("more", by: "Shop", as: .brand, answering: "own", after: 3),
      said("lost", by: "Shop", as: .brand, answering: "elsewhere", after: 4),
    ])
    #expect(result.replies.pairs == 0 && result.replies.open == 1 && result.replies.unmatched == 1)
    #expect(result.threads.distribution.map(\.size) == [1, 2, 3])
  }

  @Test func `a retracted interaction counts as absent`() {
    let question = said("q", by: "ann", to: shop)
    let reply = said("r", by: "Shop", as: .brand, answering: "q", after: 5)
    let noQuestion = report([said("x", by: "ann", revision: .retracts("q")), question, reply])
    #expect(noQuestion.replies.pairs == 0 && noQuestion.replies.unmatched == 1 && noQuestion.replies.open == 0)
    #expect(noQuestion.interactions == 1 && noQuestion.threads.count == 1)
    let noReply = report([question, reply, said("x", by: "Shop", as: .brand, revision: .retracts("r"))])
    #expect(noReply.replies.pairs == 0 && noReply.replies.open == 1)
  }

  @Test func `an edit leaves the original in its time`() {
    let result = report([
      said("q", by: "ann", to: shop), said("q-2", by: "ann", to: shop, after: 50, revision: .replaces("q")),
      said("r", by: "Shop", as: .brand, answering: "q", after: 60),
    ])
    #expect(result.replies.latencies.seconds == [60] && result.interactions == 2)
  }

  @Test func `of one key the first counts, and nothing answers itself`() {
    let result = report([
      said("q", by: "ann", to: shop), said("q", by: "ann", to: shop, after: 9), said("s", by: "ann", answering: "s"),
      said("a", by: "ann", answering: "b"), said("b", by: "bob", answering: "a"),
    ])
    #expect(result.interactions == 4)
    #expect(result.threads.distribution.map(\.size) == [1, 2] && result.threads.distribution.map(\.count) == [2, 1])
    #expect(result.threads.messages == 4)
  }

  @Test func `names are told apart by bytes`() {
    let result = report([
      said("q1", by: "ann", brand: "Café"), said("q2", by: "ann", brand: "Cafe\u{301}"),
      said("q3", by: "ann", brand: "Café"),
    ])
    #expect(result.brands.map(\.replies.open).sorted() == [1, 2])
  }

  @Test func `nothing in, nothing out`() {
    let result = report([])
    #expect(result.interactions == 0 && result.brands.isEmpty)
    #expect(result.threads.count == 0 && result.threads.largest == 0)
  }

  @Test func `a long chain and a wide thread`() {
    let chain = (0..<20_000).map { said("\($0)", by: "ann", answering: $0 == 0 ? nil : "\($0 - 1)") }
    #expect(report(chain).threads.largest == 20_000)
    let star = (0..<20_000).map { said("\($0)", by: "ann", answering: $0 == 0 ? nil : "0") }
    #expect(report(star.reversed()).threads.distribution.map(\.size) == [20_000])
  }
}
