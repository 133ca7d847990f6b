import SCRMModel

/// A number, time or value drawn from what one person did in a window: `count('purchase', days(30))`.
public struct Measure: Sendable, Hashable {
  /// How the events of the window become one value.
  public enum Function: String, Sendable, Hashable, Codable, CaseIterable {
    /// How many events: int.
    case count
    /// The sum of a field: double; 0 without events.
    ///
    /// Exact, then rounded once to the nearest double, so that it depends on no order.
    case sum
    /// Sum by number of events with the field: double; without such events there is no value.
    case average
    /// The least value of a field: double; may have no value.
    case minimum
    /// The greatest value of a field: double; may have no value.
    case maximum
    /// How many different values a field has, by 64-bit hash: int.
    case distinct
    /// The field of the earliest event that has it; may have no value.
    case first
    /// The field of the latest event that has it; may have no value.
    case last
    /// When the earliest event was: timestamp; may have no value.
    case firstTime
    /// When the latest event was: timestamp; may have no value.
    case lastTime

    /// Whether it reads a field.
    public var readsField: Bool {
      switch self {
      case .count, .firstTime, .lastTime: false
      default: true
      }
    }

    /// Whether it has a value without any event.
    public var isTotal: Bool { self == .count || self == .sum || self == .distinct }
  }

  /// How the events become one value.
  public let function: Function
  /// Which events.
  public let events: EventSelection
  /// The name of the field of `event` that is read; `nil` for functions that read none.
  public let field: String?
  /// When.
  public let window: TimeWindow

  /// Creates a measure; a field given to a function that reads none is dropped.
  public init(_ function: Function, of events: EventSelection, field: String? = nil, in window: TimeWindow) {
    self.function = function
    self.events = events
    self.field = function.readsField ? field ?? "amount" : nil
    self.window = window
  }

  /// Whether both are the same measure; names by bytes.
  public static func == (left: Measure, right: Measure) -> Bool {
    left.function == right.function && left.events == right.events && left.field.sameBytes(as: right.field)
      && left.window == right.window
  }

  /// Hashes function, events and window.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(function)
    hasher.combine(events)
    hasher.combine(window)
  }
}

extension Measure {
  /// How often something happened.
  public static func count(_ events: EventSelection, in window: TimeWindow) -> Measure {
    Measure(.count, of: events, in: window)
  }
  /// The sum of a field.
  public static func sum(_ events: EventSelection, of field: String = "amount", in window: TimeWindow) -> Measure {
    Measure(.sum, of: events, field: field, in: window)
  }
  /// The mean of a field.
  public static func average(_ events: EventSelection, of field: String = "amount", in window: TimeWindow) -> Measure {
    Measure(.average, of: events, field: field, in: window)
  }
  /// The least value of a field.
  public static func minimum(_ events: EventSelection, of field: String = "amount", in window: TimeWindow) -> Measure {
    Measure(.minimum, of: events, field: field, in: window)
  }
  /// The greatest value of a field.
  public static func maximum(_ events: EventSelection, of field: String = "amount", in window: TimeWindow) -> Measure {
    Measure(.maximum, of: events, field: field, in: window)
  }
  /// How many different values a field has.
  public static func distinct(_ events: EventSelection, of field: String, in window: TimeWindow) -> Measure {
    Measure(.distinct, of: events, field: field, in: window)
  }
  /// The field of the earliest event.
  public static func first(_ events: EventSelection, of field: String = "amount", in window: TimeWindow) -> Measure {
    Measure(.first, of: events, field: field, in: window)
  }
  /// The field of the latest event.
  public static func last(_ events: EventSelection, of field: String = "amount", in window: TimeWindow) -> Measure {
    Measure(.last, of: events, field: field, in: window)
  }
  /// When the earliest event was.
  public static func firstTime(_ events: EventSelection, in window: TimeWindow = .ever) -> Measure {
    Measure(.firstTime, of: events, in: window)
  }
  /// When the latest event was.
  public static func lastTime(_ events: EventSelection, in window: TimeWindow = .ever) -> Measure {
    Measure(.lastTime, of: events, in: window)
  }
}
