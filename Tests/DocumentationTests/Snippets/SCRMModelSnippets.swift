import SCRMModel

// `Interaction`
func interactionSnippet(sent: Instant, now: Instant) -> Interaction {
  let like = Interaction(
    key: EventKey("weibo", "4812"), kind: .like, actor: Party(.weibo, "1001"), at: sent, received: now)
  return like
}

// `ChannelRegistry`
func channelsSnippet() -> ChannelRegistry {
  var channels = ChannelRegistry.standard
  channels["xuebang"] = Channel(
    id: "xuebang", name: DisplayName(zh: "学邦", en: "Xuebang"), platformClass: .partner)
  channels["weibo"]?.platformClass = .promotion
  return channels
}

// `Interest`
func interestSnippet(june1: Instant, july1: Instant) {
  var running = Interest("running", halfLife: .days(30))
  running.reinforce(at: june1)
  running.reinforce(at: july1)  // 30 days later
  print(running.strength(at: july1))  // 1.5
}

// `CollectionPolicy`
func collectionSnippet() -> CollectionPolicy {
  var policy = CollectionPolicy(profile: .standard(for: .finance))
  print(policy.usability(of: "music", for: .marketing).isUsable)  // false: taste is irrelevant in finance
  print(policy.usability(of: "income", for: .marketing).isUsable)  // true: required
  policy.rules.append(.init(group: .income, purpose: .sharing, relevance: .irrelevant))
  return policy
}

// `SegmentSpec`
func segmentSpecSnippet(now: Instant) throws {
  let defaults = SegmentDefaults(source: "web", received: now)
  let json = try JSON(text: #"{"type":"track","event":"Order Completed","userId":"7","properties":{"revenue":25.0}}"#)
  let order = try SegmentSpec.interaction(from: json, defaults: defaults)
  print(order.kind, order.amount?.description ?? "")  // purchase 25.0 USD
  print(SegmentSpec.message(from: order).text)  // the message, with its members in another order
}

// `LineSplitter`
func splitterSnippet() -> [InputLine] {
  var splitter = LineSplitter()
  let first = splitter.push(Array("a\r\nb".utf8))  // line 1: a
  let last = splitter.finish()  // line 2: b
  return first + last
}

// `CSVMapping`
func csvMappingSnippet() -> CSVMapping {
  let mapping = CSVMapping(
    source: "shop", id: "order_no", kind: .constant("purchase"),
    actor: .init([.init(column: "member", namespace: .loyalty("club"))]),
    time: .init(column: "paid_at", format: .pattern("yyyy-MM-dd HH:mm:ss"), offset: 28_800),
    amount: .init(column: "total", currency: .constant("CNY")))
  return mapping
}

// Documentation/Interchange.md
func interchangeSnippet(
  chunks: [[UInt8]], now: Instant, keep: (Interaction) -> Void, log: (InputError) -> Void
) -> [ParsedInteraction] {
  var parser = SegmentParser(defaults: SegmentDefaults(source: "web", received: now))
  for chunk in chunks {
    for parsed in parser.push(chunk) {
      switch parsed.result {
      case .success(let interaction): keep(interaction)
      case .failure(let error): log(error)  // line 12, column userId: expected a string, found a number
      }
    }
  }
  let last = parser.finish()
  return last
}

// README.md
func parsingSnippet(bytes: [UInt8]) {
  var parser = InteractionLineParser()
  for line in parser.parse(bytes) {
    switch line.result {
    case .success(let interaction): print(interaction)  // comment weibo/c-9
    case .failure(let error): print(error)  // line 2, column at: not an RFC 3339 date-time such as …
    }
  }
}

// The catalogue.
func moneySnippet() throws {
  let price = try Money("199.90", currency: "CNY")
  print(try price.adding(price))  // 399.80 CNY
}

// The catalogue.
func consentSnippet(account: AccountID, morning: Instant) {
  var consents = ConsentLedger()
  consents.add(
    ConsentRecord(
      statement: ConsentStatement(.denied, .marketing, evidence: "form-2"), account: account, time: morning,
      event: EventKey("web", "consent-2")))
  let answer = consents.decide(.marketing, channel: "email", at: morning)
  print(answer.isAllowed, answer.reason)  // false consent for marketing was refused at … by web/consent-2
}

// `FactSchema`
func factSchemaSnippet() throws -> ExpressionProgram {
  let schema = try FactSchema([
    Fact("person.city", .string), Fact("tags", .list(.string), .tag), Fact("influence.score", .double, .influence),
  ])
  let program = try schema.environment().compile("person.city == '上海' && influence.score > 50.0")
  return program
}
