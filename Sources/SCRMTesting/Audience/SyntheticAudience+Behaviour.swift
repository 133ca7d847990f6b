import DenseData
import SCRMModel

// What people do: which kind of interaction, on which channel, addressed to whom, with which words.
extension SyntheticAudience.Deliveries.Iterator {
  private typealias Weighted = (kind: InteractionKind, weight: Int)

  // Per thousand. The many watch, some react, the few contribute.
  private static let watching: [Weighted] = [
    (.view, 510), (.click, 110), (.search, 80), (.like, 70), (.follow, 20), (.purchase, 40), (.comment, 20),
    (.message, 20), (.identify, 80), (.consent, 30), (.checkIn, 10), (.share, 10),
  ]
  private static let reacting: [Weighted] = [
    (.view, 250), (.click, 90), (.search, 50), (.like, 180), (.follow, 50), (.share, 70), (.comment, 100),
    (.message, 40), (.post, 20), (.purchase, 50), (.review, 15), (.identify, 50), (.consent, 25), (.checkIn, 10),
  ]
  private static let contributing: [Weighted] = [
    (.view, 115), (.like, 210), (.share, 150), (.comment, 250), (.post, 150), (.follow, 40), (.message, 30),
    (.purchase, 20), (.review, 5), (.identify, 20), (.consent, 10),
  ]

  private mutating func kind(of person: SyntheticPerson) -> InteractionKind {
    if incident != nil { return random.below(4) == 0 ? .message : .comment }
    let table =
      person.number < settings.few
      ? Self.contributing : person.number < settings.some ? Self.reacting : Self.watching
    var draw = random.below(1_000)
    for entry in table {
      if draw < entry.weight { return entry.kind }
      draw -= entry.weight
    }
    return .view
  }

  mutating func interaction(of person: SyntheticPerson, at occurred: Instant) -> Interaction {
    switch kind(of: person) {
    case .view: browsing(person, .view, at: occurred)
    case .click: browsing(person, .click, at: occurred)
    case .search: browsing(person, .search, at: occurred)
    case .like: social(person, .like, at: occurred)
    case .follow: social(person, .follow, at: occurred)
    case .share: social(person, .share, at: occurred)
    case .comment: social(person, .comment, at: occurred)
    case .post: social(person, .post, at: occurred)
    case .message: message(person, at: occurred)
    case .purchase: purchase(person, at: occurred)
    case .review: review(person, at: occurred)
    case .identify: identify(person, at: occurred)
    case .consent: consent(person, at: occurred)
    default: checkIn(person, at: occurred)
    }
  }

  private func key(_ source: SourceID) -> EventKey { EventKey(source, "e" + String(index)) }

  private mutating func product() -> SyntheticProduct.Item {
    SyntheticProduct.items[incident ?? random.below(SyntheticProduct.items.count)]
  }

  /// The person as the web shop or the mini program knows them.
  private mutating func visitor(_ person: SyntheticPerson) -> (party: Party, channel: String, source: SourceID) {
    if let openID = person.identifier(.shopOpenID), random.below(3) > 0 {
      let union = random.below(10) < 7 ? person.identifier(.unionID) : nil
      return (Party([openID] + (union.map { [$0] } ?? [])), "wechat_mini_program", "wechat")
    }
    let second = random.below(4) == 0 ? person.identifier(.secondVisitor) : nil
    var identifiers = [second ?? person.identifier(.visitor)].compactMap { $0 }
    // Some are signed in, so the cookie and the address stand together.
    if random.below(4) == 0, let email = person.identifier(.email) { identifiers.append(email) }
    return (Party(identifiers), "website", "web")
  }

  private mutating func browsing(
    _ person: SyntheticPerson, _ kind: InteractionKind, at occurred: Instant
  ) -> Interaction {
    let (party, channel, source) = visitor(person)
    return Interaction(
      key: key(source), kind: kind, actor: party, object: product().reference,
      context: InteractionContext(channel: channel), at: occurred, received: received)
  }

  private func publicParty(_ person: SyntheticPerson) -> Party {
    Party(person.identifier(.publicAccount).map { [$0] } ?? [], displayName: person.name)
  }

  /// Someone of the same region to address, mostly one of the few whom everybody follows.
  private mutating func addressee(of person: SyntheticPerson) -> SyntheticPerson? {
    let few = settings.few * 2
    let drawn = random.below(10) < 7 ? random.below(few) : random.below(settings.population)
    // People of one region stand at fixed places in every five.
    let number = drawn - drawn % 5 + (person.isChinese ? drawn % 3 : 3 + drawn % 2)
    guard number < settings.population, number != person.number else { return nil }
    return SyntheticPerson(number, seed: settings.seed)
  }

  private mutating func social(
    _ person: SyntheticPerson, _ kind: InteractionKind, at occurred: Instant
  ) -> Interaction {
    let brand = person.isChinese ? SyntheticAudience.brand : SyntheticAudience.internationalBrand
    let addressesBrand = incident != nil || random.below(10) < 3
    let other = addressesBrand ? nil : addressee(of: person)
    let isSpoken = kind == .comment || kind == .post || kind == .share
    let mood = mood(toBrand: addressesBrand)
    var interaction = Interaction(
      key: key(person.isChinese ? "weibo" : "twitter"), kind: kind, actor: publicParty(person),
      object: incident == nil ? nil : product().reference,
      target: kind == .post ? nil : other.map { publicParty($0) } ?? brand,
      text: isSpoken ? text(mood, person) : nil,
      context: InteractionContext(channel: person.isChinese ? "weibo" : "twitter"), at: occurred, received: received)
    if kind == .comment, addressesBrand, mood == .complaint || mood == .question, random.below(2) == 0 {
      interaction.context.thread = "t" + String(index)
      answer(interaction, chinese: person.isChinese)
    }
    return interaction
  }

  private mutating func mood(toBrand: Bool) -> SyntheticText.Mood {
    if incident != nil { return .complaint }
    let draw = random.below(10)
    if toBrand { return draw < 4 ? .question : draw < 7 ? .praise : .complaint }
    return draw < 6 ? .small : draw < 8 ? .praise : draw < 9 ? .question : .complaint
  }

  private mutating func text(_ mood: SyntheticText.Mood, _ person: SyntheticPerson) -> LocalizedText {
    let phrases = SyntheticText.phrases(mood, chinese: person.isChinese)
    var text = phrases[random.below(phrases.count)]
    if mood != .small, random.below(3) == 0, let name = product().reference.name {
      text += person.isChinese ? "（" + name + "）" : " (" + name + ")"
    }
    return LocalizedText(text, language: person.language)
  }

  func brandReply(to interaction: Interaction, chinese: Bool) -> Interaction {
    Interaction(
      key: EventKey(interaction.key.source, "r" + String(index)), kind: .comment,
      actor: chinese ? SyntheticAudience.brand : SyntheticAudience.internationalBrand, target: interaction.actor,
      text: LocalizedText(SyntheticText.reply(chinese: chinese), language: chinese ? "zh-Hans" : "en"),
      context: InteractionContext(
        channel: interaction.context.channel, thread: interaction.context.thread, inReplyTo: interaction.key),
      at: interaction.received, received: interaction.received)
  }

  private mutating func message(_ person: SyntheticPerson, at occurred: Instant) -> Interaction {
    let known: (Identifier, String, SourceID)? =
      person.identifier(.weCom).map { ($0, "wecom", "wecom") }
      ?? person.identifier(.serviceOpenID).map { ($0, "wechat_official_account", "wechat") }
      ?? person.identifier(.email).map { ($0, "email", "mail") }
    guard let (identifier, channel, source) = known else { return social(person, .comment, at: occurred) }
    var identifiers = [identifier]
    if person.isChinese, random.below(4) == 0, let union = person.identifier(.unionID) { identifiers.append(union) }
    return Interaction(
      key: key(source), kind: .message, actor: Party(identifiers), object: incident == nil ? nil : product().reference,
      text: text(mood(toBrand: true), person), context: InteractionContext(channel: channel), at: occurred,
      received: received)
  }

  private mutating func purchase(_ person: SyntheticPerson, at occurred: Instant) -> Interaction {
    var (party, channel, _) = visitor(person)
    // An order carries an address or a number to deliver to, and the card at the till.
    if let contact = person.identifier(random.below(2) == 0 ? .phone : .email) { party.identifiers.append(contact) }
    if random.below(3) == 0, let card = person.identifier(.loyalty) { party.identifiers = [card] }
    if channel == "website" { channel = "online_shop" }
    let item = product()
    let quantity = Int64(1 + random.below(8) / 6)
    let units = item.price * quantity * (person.isChinese ? 7 : 1)
    return Interaction(
      key: key("shop"), kind: .purchase, actor: party, object: item.reference,
      amount: Money(units: units, scale: 2, currency: person.currency), properties: ["quantity": .int(quantity)],
      context: InteractionContext(channel: channel), at: occurred, received: received)
  }

  private mutating func review(_ person: SyntheticPerson, at occurred: Instant) -> Interaction {
    let (party, channel, _) = visitor(person)
    let isGood = random.below(4) > 0
    let rating = isGood ? 4 + random.below(2) : 1 + random.below(2)
    return Interaction(
      key: key("shop"), kind: .review, actor: party, object: product().reference,
      text: text(isGood ? .praise : .complaint, person), properties: ["rating": .int(Int64(rating))],
      context: InteractionContext(channel: channel), at: occurred, received: received)
  }

  /// States two accounts of one person together, with some facts about them: this is what joins people.
  private mutating func identify(_ person: SyntheticPerson, at occurred: Instant) -> Interaction {
    var (party, channel, source) = visitor(person)
    let others: [SyntheticPerson.Account] = [.email, .phone, .loyalty, .weCom, .publicAccount, .serviceOpenID, .handle]
    let first = random.below(others.count)
    for step in others.indices {
      guard let other = person.identifier(others[(first + step) % others.count]) else { continue }
      if !party.identifiers.contains(other) { party.identifiers.append(other) }
      break
    }
    if source == "web" { (channel, source) = ("website", "crm") }
    return Interaction(
      key: key(source), kind: .identify, actor: party,
      traits: ["name": .string(person.name), "city": .string(person.city), "interest": .string(person.interest)],
      context: InteractionContext(channel: channel, timeZone: person.timeZone), at: occurred, received: received,
      trust: 0.9)
  }

  private mutating func consent(_ person: SyntheticPerson, at occurred: Instant) -> Interaction {
    let (party, channel, source) = visitor(person)
    let decision: ConsentStatement.Decision = person.isAgreeable == (random.below(10) > 0) ? .granted : .denied
    let others: [Purpose] = [.profiling, .sharing, .analytics]
    return Interaction(
      key: key(source), kind: .consent, actor: party,
      consents: [.marketing, others[random.below(others.count)]].map {
        ConsentStatement(decision, $0, evidence: "form-2")
      },
      context: InteractionContext(channel: channel), at: occurred, received: received)
  }

  private mutating func checkIn(_ person: SyntheticPerson, at occurred: Instant) -> Interaction {
    let seen = [SyntheticPerson.Account.phone, .loyalty, .email].compactMap { person.identifier($0) }
    let identifiers = (seen.isEmpty ? [person.identifier(.visitor)].compactMap { $0 } : Array(seen.prefix(2))).map {
      Identifier($0.namespace, $0.value, .inPerson)
    }
    let north = person.isChinese ? 31.2304 : person.isEuropean ? 52.5200 : 42.3601
    let east = person.isChinese ? 121.4737 : person.isEuropean ? 13.4050 : -71.0589
    return Interaction(
      key: key("shop"), kind: .checkIn, actor: Party(identifiers),
      place: Place(latitude: north, longitude: east, accuracy: 50, name: person.city + " store"),
      context: InteractionContext(channel: "shop"), at: occurred, received: received)
  }

  // MARK: Revisions

  func takingBack(_ earlier: Interaction) -> Interaction {
    Interaction(
      key: EventKey(earlier.key.source, "u" + String(index)), kind: .retract, actor: earlier.actor,
      context: InteractionContext(channel: earlier.context.channel), revision: .retracts(earlier.key.id), at: received,
      received: received)
  }

  mutating func editing(_ earlier: Interaction, by person: SyntheticPerson) -> Interaction {
    var edited = earlier
    edited.key = EventKey(earlier.key.source, "d" + String(index))
    edited.text = text(random.below(2) == 0 ? .praise : .complaint, person)
    edited.revision = .replaces(earlier.key.id)
    edited.occurred = received
    edited.received = received
    return edited
  }

  func refunding(_ earlier: Interaction) -> Interaction {
    var refund = earlier
    refund.key = EventKey(earlier.key.source, "f" + String(index))
    refund.kind = .refund
    refund.occurred = received
    refund.received = received
    return refund
  }
}
