public import SCRMExpressions

/// The id of a speaker within a programme.
public struct SpeakerID: TextIdentifier {
  /// The text.
  public let rawValue: String
  /// Wraps a text.
  public init(_ rawValue: String) { self.rawValue = rawValue }
}

/// The programme of an event: where, how many, who speaks, and what happens when.
public struct EventProgramme: Sendable, Hashable, Codable {
  /// Where it takes place; `nil` online.
  public var venue: Place?
  /// How many can come; `nil` without limit.
  public var capacity: Int?
  /// The speakers.
  public var speakers: [Speaker]
  /// The items of the agenda.
  public var agenda: [AgendaItem]

  /// Creates a programme.
  public init(venue: Place? = nil, capacity: Int? = nil, speakers: [Speaker] = [], agenda: [AgendaItem] = []) {
    self.venue = venue
    self.capacity = capacity
    self.speakers = speakers
    self.agenda = agenda
  }

  /// What goes on at a time, in the order of the agenda.
  public func items(at time: Instant) -> [AgendaItem] {
    agenda.filter { $0.starts <= time && time < $0.ends }
  }

  /// The items of a speaker, in the order of the agenda.
  public func items(of speaker: SpeakerID) -> [AgendaItem] {
    agenda.filter { $0.speakers.contains(speaker) }
  }
}

/// A talk, a round, a break.
public struct AgendaItem: Sendable, Hashable, Codable {
  /// The id; interactions on site refer to it as their object.
  public var id: String
  /// The title.
  public var title: String
  /// When it begins.
  public var starts: Instant
  /// When it ends, exclusive.
  public var ends: Instant
  /// The room.
  public var room: String?
  /// Who speaks.
  public var speakers: [SpeakerID]
  /// What it is about, for tags and matching with interests.
  public var topics: [String]

  /// Creates an item.
  public init(
    id: String, title: String, starts: Instant, ends: Instant, room: String? = nil, speakers: [SpeakerID] = [],
    topics: [String] = []
  ) {
    self.id = id
    self.title = title
    self.starts = starts
    self.ends = ends
    self.room = room
    self.speakers = speakers
    self.topics = topics
  }
}

/// Someone who speaks at an event.
public struct Speaker: Sendable, Hashable, Codable, Redacted {
  /// The id.
  public var id: SpeakerID
  /// The name.
  public var name: String
  /// Position and employer, as announced.
  public var title: String?
  /// By which the channels know them.
  public var identifiers: [Identifier]

  /// Creates a speaker.
  public init(id: SpeakerID, name: String, title: String? = nil, identifiers: [Identifier] = []) {
    self.id = id
    self.name = name
    self.title = title
    self.identifiers = identifiers
  }

  /// Nothing personal.
  public var redactedDescription: String { "speaker" }
}
